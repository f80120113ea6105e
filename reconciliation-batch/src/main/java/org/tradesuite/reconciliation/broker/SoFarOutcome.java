package org.tradesuite.reconciliation.broker;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.tradesuite.reconciliation.match.Book;
import org.tradesuite.reconciliation.match.Items;
import org.tradesuite.reconciliation.match.Outcome;
import org.tradesuite.reconciliation.match.Pass;

/**
 * What differs while both sides still move. What a pair says differently is told. What is alone on one side is told only if
 * the other side is known to have been further than that for long enough; what was told before stays told until it is alone
 * no more. Each difference is the same one that the end of the day would name.
 */
final class SoFarOutcome implements Outcome {

    /**
     * How far both sides are.
     *
     * @param margin by which the other side has to be further
     * @param read when our executions were read
     * @param complete whether all that the broker has sent is here: else nothing follows from what is not in it
     * @param open keys of the breaks of the date that are open
     */
    record Progress(Duration margin, CopyTimes theirs, Instant read, boolean complete, Set<String> open) {

        Progress {
            open = Set.copyOf(open);
        }

        private boolean theyAreBeyond(Instant executed, String execution) {
            var reached = theirs.reached();
            var changed = theirs.changed(execution);
            return complete
                    && reached != null
                    && executed.plus(margin).isBefore(reached)
                    // Taken back or corrected there a moment ago, which reaches us by another way.
                    && (changed == null || weAreBeyond(changed));
        }

        private boolean weAreBeyond(Instant executed) {
            return executed.plus(margin).isBefore(read);
        }
    }

    private final BrokerOutcome outcome;
    private final Progress progress;
    private final BreakSink told;
    private final LongAdder waiting;
    private final List<FoundBreaks.Found> found = new ArrayList<>();

    /** @param waiting counts what is alone and not told yet */
    SoFarOutcome(BrokerOutcome.Run run, Progress progress, BreakSink told, LongAdder waiting) {
        this.outcome = new BrokerOutcome(run.to(found::add));
        this.progress = progress;
        this.told = told;
        this.waiting = waiting;
    }

    @Override
    public void matched(Pass pass, Items ours, Items theirs) {
        // One row for several of ours says nothing of each but the quantity, which adds up.
        if (ours.size() == 1) {
            outcome.decided(ours, theirs);
            found.forEach(told::add);
            found.clear();
        }
    }

    @Override
    public void proposed(Pass pass, Items ours, Items theirs) {
        throw new IllegalStateException("Nothing is proposed before the day is over.");
    }

    @Override
    public void left(Book book, Items items) {
        if (book == Book.OURS) {
            for (var each = 0; each < items.size(); each++) {
                var ours = items.at(each);
                var executed = CopyTimes.ofMicros(ours.place());
                var execution = String.valueOf(ours.text(TradeColumns.REFERENCE));
                outcome.left(book, Items.copyOf(ours));
                alone(progress.theyAreBeyond(executed, execution));
            }
        } else {
            outcome.left(book, items);
            for (var theirs : List.copyOf(found)) {
                found.clear();
                found.add(theirs);
                var line = theirs.line();
                alone(line != null && progress.weAreBeyond(progress.theirs().executed(line)));
            }
        }
    }

    private void alone(boolean longEnough) {
        for (var each : found) {
            if (longEnough || progress.open().contains(LeftToExplain.key(each.key()))) {
                told.add(each);
            } else {
                waiting.increment();
            }
        }
        found.clear();
    }
}
