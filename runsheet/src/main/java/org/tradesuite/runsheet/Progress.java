package org.tradesuite.runsheet;

import java.util.function.LongSupplier;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;

/** What a step tells the job board about its own progress. Chunk steps count rows by themselves; tasklets say so. */
public final class Progress {

    static final String TOTAL = "rows.total";

    private Progress() {}

    /**
     * How many rows the step has to handle, for a tasklet that works them off in several transactions.
     *
     * @param rows asked for once in an attempt, in the first of the transactions
     */
    public static void expect(ChunkContext context, LongSupplier rows) {
        var known = step(context).getExecutionContext();
        if (!known.containsKey(TOTAL)) {
            known.putLong(TOTAL, rows.getAsLong());
        }
    }

    /** A restarted step begins with the memory of the last attempt, but has only the rest to do. */
    static void forget(StepExecution step) {
        step.getExecutionContext().remove(TOTAL);
    }

    /** A tasklet has moved that many rows: each was read and written. */
    public static void moved(StepContribution contribution, long rows) {
        read(contribution, rows);
        contribution.incrementWriteCount(rows);
    }

    /** A tasklet has put that many rows in quarantine. */
    public static void refused(StepContribution contribution, long rows) {
        read(contribution, rows);
        contribution.incrementReadSkipCount(rows);
    }

    /** A tasklet has read that many rows and has left them out by rule. */
    public static void filtered(StepContribution contribution, long rows) {
        read(contribution, rows);
        contribution.incrementFilterCount(rows);
    }

    /** The contribution counts reads one by one only; a tasklet reads a whole file or table at once. */
    private static void read(StepContribution contribution, long rows) {
        StepExecution step = contribution.getStepExecution();
        step.setReadCount(step.getReadCount() + rows);
    }

    public static StepExecution step(ChunkContext context) {
        return context.getStepContext().getStepExecution();
    }
}
