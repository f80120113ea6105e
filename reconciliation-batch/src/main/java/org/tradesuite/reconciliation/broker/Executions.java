package org.tradesuite.reconciliation.broker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.broker.ExecutionMessage.Kind;

/**
 * Which executions of a drop copy count, whatever order its messages stand in: one that was sent again counts once; what
 * was busted is gone, with all that corrected it; of what was corrected the last counts. What cannot be told is not
 * guessed: two different executions under one ExecID, two corrections of the same, a bust or a correction of an execution
 * that is not there.
 */
final class Executions {

    /** What becomes of a message. */
    sealed interface Verdict {
        /** It is a row. */
        record Counts() implements Verdict {}

        /** It is none, and what it says is done: sent again, busted, corrected, or a bust itself. */
        record Done() implements Verdict {}

        /** It cannot be told what it means. */
        record Held(String errorClass, String reason) implements Verdict {}
    }

    /** More than a broker executes for one firm in a day; they are held while the file is read. */
    static final int MOST = 2_000_000;

    private static final Verdict COUNTS = new Verdict.Counts();
    private static final Verdict DONE = new Verdict.Done();

    private static final class One {
        private final int number;
        private final ExecutionMessage said;
        private boolean ambiguous;
        private boolean gone;
        private @Nullable Verdict held;

        private One(int number, ExecutionMessage said) {
            this.number = number;
            this.said = said;
        }
    }

    private final Map<String, One> byId = new HashMap<>();
    private final List<One> changes = new ArrayList<>();
    private final Map<String, List<One>> corrections = new HashMap<>();
    private int repeated;

    /** Takes one in, by the number of its message; false if there are too many. */
    boolean add(int number, ExecutionMessage said) {
        var known = byId.get(said.id());
        if (known != null) {
            if (known.said.says() == said.says()
                    && String.valueOf(known.said.about()).equals(String.valueOf(said.about()))) {
                repeated++;
            } else {
                known.ambiguous = true;
            }
            return true;
        }
        var one = new One(number, said);
        byId.put(said.id(), one);
        said.otherIds().forEach(other -> byId.putIfAbsent(other, one));
        if (said.kind() != Kind.TRADE) {
            changes.add(one);
        }
        return byId.size() <= MOST;
    }

    /** To be called when all are in. */
    void settle() {
        for (var change : changes) {
            var about = target(change);
            if (about == null) {
                change.held = new Verdict.Held(
                        "EXECUTION_UNKNOWN",
                        "It " + (change.said.kind() == Kind.BUST ? "takes back" : "corrects") + " execution "
                                + change.said.about() + ", which this drop copy does not have: ask the broker for all"
                                + " of the date, or, if it is of an earlier date, put our trade right by hand.");
            } else if (!change.ambiguous && change.said.kind() == Kind.CORRECTION) {
                corrections
                        .computeIfAbsent(about.said.id(), none -> new ArrayList<>(1))
                        .add(change);
            }
        }
        for (var change : changes) {
            var about = target(change);
            if (about != null && !change.ambiguous && change.said.kind() == Kind.BUST) {
                bust(about);
            }
        }
        corrections.forEach(this::correct);
    }

    private @Nullable One target(One change) {
        var about = change.said.about();
        var target = about == null ? null : byId.get(about);
        return target == change ? null : target;
    }

    /** With it goes what corrected it; a circle of corrections ends where it began. */
    private void bust(One one) {
        if (!one.gone) {
            one.gone = true;
            corrections.getOrDefault(one.said.id(), List.of()).forEach(this::bust);
        }
    }

    private void correct(String id, List<One> by) {
        var left = by.stream().filter(each -> !each.gone).toList();
        if (left.size() > 1) {
            var names = String.join(
                    " and ", left.stream().map(each -> each.said.id()).sorted().toList());
            left.forEach(each -> each.held = new Verdict.Held(
                    "CORRECTIONS_DIFFER",
                    names + " both correct execution " + id + ": ask the broker which counts, and release that one."));
        }
        var corrected = byId.get(id);
        if (corrected != null) {
            corrected.gone = true;
        }
    }

    /** What becomes of the message with that number. */
    Verdict of(int number, ExecutionMessage said) {
        var one = byId.get(said.id());
        if (one == null) {
            throw new IllegalStateException("Execution " + said.id() + " was not there when the log was read first.");
        }
        if (one.ambiguous) {
            return new Verdict.Held(
                    "EXECUTIONS_DIFFER",
                    "The id " + said.id() + " stands for executions that are not the same: ask the broker which"
                            + " counts, and release that one.");
        }
        if (one.number != number) {
            return DONE;
        }
        if (one.held != null) {
            return one.held;
        }
        return one.gone || said.kind() == Kind.BUST ? DONE : COUNTS;
    }

    /** How many executions were taken back or corrected. */
    int changes() {
        return changes.size();
    }

    /** How many messages say again what another has said. */
    int repeated() {
        return repeated;
    }
}
