package org.tradesuite.runsheet;

import java.time.Duration;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Says how far a step has come that works in one transaction, while it works: its rows are seen by nobody before it ends.
 * What it says is written in a transaction of its own, about twice a second.
 */
public final class StepMeter {

    private static final long TELL_EACH_NANOS = Duration.ofMillis(500).toNanos();
    private static final String TELL = """
        update ${schema}.run_step set rows_done = :done, rows_total = :total, rows_per_second = :rate
        where run_id = :run and step_name = :step
        """;

    private final JdbcClient jdbc;
    private final String tell;
    private final TransactionTemplate apart;

    StepMeter(JdbcClient jdbc, String schema, TransactionTemplate apart) {
        this.jdbc = jdbc;
        this.tell = TELL.replace("${schema}", schema);
        this.apart = apart;
    }

    /** The meter of one attempt of a step; for one thread. */
    public Reading of(ChunkContext context) {
        var step = Progress.step(context);
        return new Reading(step.getJobExecutionId(), step.getStepName());
    }

    /** What is shown of a step while it works. */
    public final class Reading {

        private final long run;
        private final String step;
        private final long begun = System.nanoTime();
        private long told = begun;

        private Reading(long run, String step) {
            this.run = run;
            this.step = step;
        }

        /**
         * @param rows done so far
         * @param total rows there are, as far as the step can tell by now; 0 while it cannot
         */
        public void done(long rows, long total) {
            var now = System.nanoTime();
            if (now - told < TELL_EACH_NANOS) {
                return;
            }
            told = now;
            apart.executeWithoutResult(status -> jdbc.sql(tell)
                    .param("done", rows)
                    .param("total", total == 0 ? null : Math.max(rows, total))
                    .param("rate", rows * 1e9 / (now - begun))
                    .param("run", run)
                    .param("step", step)
                    .update());
        }
    }
}
