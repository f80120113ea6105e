package org.tradesuite.runsheet;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.AbstractStep;
import org.springframework.batch.core.step.ListableStepLocator;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes down when each step begins and ends, by the business clock. */
final class StepTimes implements StepExecutionListener {

    private static final String BEGUN = """
        insert into ${schema}.run_step (run_id, step_name, started_at) values (:run, :step, :at)
        on conflict (run_id, step_name) do update set started_at = excluded.started_at, ended_at = null,
            rows_done = null, rows_total = null, rows_per_second = null
        """;
    private static final String ENDED =
            "update ${schema}.run_step set ended_at = :at where run_id = :run and step_name = :step";

    private final JdbcClient jdbc;
    private final String schema;
    private final Clock clock;

    StepTimes(JdbcClient jdbc, String schema, Clock clock) {
        this.jdbc = jdbc;
        this.schema = schema;
        this.clock = clock;
    }

    /** From now on the steps of this job are timed. */
    void watch(Job job) {
        if (job instanceof ListableStepLocator steps) {
            for (String name : steps.getStepNames()) {
                if (steps.getStep(name) instanceof AbstractStep step) {
                    step.registerStepExecutionListener(this);
                }
            }
        }
    }

    @Override
    public void beforeStep(StepExecution step) {
        Progress.forget(step);
        write(BEGUN, step);
    }

    @Override
    public ExitStatus afterStep(StepExecution step) {
        write(ENDED, step);
        return step.getExitStatus();
    }

    private void write(String statement, StepExecution step) {
        OffsetDateTime at = clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
        jdbc.sql(statement.replace("${schema}", schema))
                .param("run", step.getJobExecutionId())
                .param("step", step.getStepName())
                .param("at", at)
                .update();
    }
}
