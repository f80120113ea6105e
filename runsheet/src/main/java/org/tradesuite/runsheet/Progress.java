package org.tradesuite.runsheet;

import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;

/** What a step tells the job board about its own progress. Chunk steps count rows by themselves; tasklets say so. */
public final class Progress {

    static final String TOTAL = "rows.total";

    private Progress() {}

    /** How many rows the step has to write in all, where that is known beforehand. */
    public static void expect(StepExecution step, long rows) {
        step.getExecutionContext().putLong(TOTAL, rows);
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
