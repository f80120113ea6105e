package org.tradesuite.reconciliation.breaks;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Transactional;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.web.ProblemException;

/** What people do to breaks, and the rules for it. Each call is one transaction with its event in the journal. */
public class BreakDesk {

    private final Breaks breaks;
    private final DeskJournal journal;
    private final Clock clock;

    BreakDesk(Breaks breaks, DeskJournal journal, Clock clock) {
        this.breaks = breaks;
        this.journal = journal;
        this.clock = clock;
    }

    @Transactional
    public void comment(String breakId, String author, String text) {
        var found = find(breakId);
        var now = now();
        found.comment(author, text, now);
        record(found, "BreakCommented", author, text, now);
    }

    @Transactional
    public void give(String breakId, String owner, String by) {
        var found = findOpen(breakId);
        var now = now();
        found.give(owner);
        record(found, "BreakGiven", by, null, now);
    }

    /**
     * Closes a break that is not material at once. One that is, or whose size is not known, is closed when a second person asks for
     * the same; until then it is CLOSING.
     */
    @Transactional
    public void close(String breakId, String by, String resolution, String reason) {
        var found = findOpen(breakId);
        var now = now();
        var asked = found.closingAskedBy();
        if (!found.material()) {
            found.close(by, resolution, reason, now);
            record(found, "BreakClosed", by, reason, now);
        } else if (found.status() != Break.Status.CLOSING || asked == null || !resolution.equals(found.resolution())) {
            found.askToClose(by, resolution, reason);
            record(found, "BreakClosingAsked", by, reason, now);
        } else if (asked.equals(by)) {
            throw new ProblemException(
                    ProblemCode.MAKER_IS_CHECKER,
                    "You asked for break " + breakId
                            + " to be closed yourself. Somebody else has to agree by closing it"
                            + " with the same resolution.");
        } else {
            found.close(by, resolution, reason, now);
            record(found, "BreakClosed", by, reason, now);
        }
    }

    private void record(Break changed, String event, String actor, @Nullable String reason, Instant at) {
        journal.append(
                "break/" + changed.id(),
                changed.nextStreamVersion(),
                event,
                actor,
                reason,
                at,
                journal.payload()
                        .put("status", changed.status().name())
                        .put("owner", changed.owner())
                        .put("resolution", changed.resolution()));
    }

    private Break find(String breakId) {
        journal.begin();
        return breaks.findForChange(number(breakId)).orElseThrow(() -> unknown(breakId));
    }

    private Break findOpen(String breakId) {
        var found = find(breakId);
        if (found.status().over()) {
            throw new ProblemException(
                    ProblemCode.BREAK_CLOSED,
                    "Break " + breakId + " is " + found.status() + ". If it is found again it opens by itself.");
        }
        return found;
    }

    /** The number that a break goes by. */
    public static long number(String breakId) {
        if (!breakId.matches("[0-9]{1,18}")) {
            throw unknown(breakId);
        }
        return Long.parseLong(breakId);
    }

    public static ProblemException unknown(String breakId) {
        return ProblemException.notFound("There is no break " + breakId + ". Look it up with GET /breaks.");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
