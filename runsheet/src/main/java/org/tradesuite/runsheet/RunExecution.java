package org.tradesuite.runsheet;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Executes the runs that the {@link JobBoard} let through, notes how they ended, and puts in order those whose process
 * died before it could. Safe for concurrent use, also by several processes on one database.
 */
final class RunExecution {

    private static final Logger LOG = LoggerFactory.getLogger(RunExecution.class);

    private final RunStore store;
    private final RunLocks locks;
    private final RunJournal journal;
    private final BusinessDays days;
    private final Schedule schedule;
    private final JobOperator operator;
    private final KnownJobs jobs;
    private final TransactionTemplate transaction;
    private final Clock clock;

    RunExecution(
            RunStore store,
            RunLocks locks,
            RunJournal journal,
            BusinessDays days,
            Schedule schedule,
            JobOperator operator,
            KnownJobs jobs,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.locks = locks;
        this.journal = journal;
        this.days = days;
        this.schedule = schedule;
        this.operator = operator;
        this.jobs = jobs;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Executes a run in the calling thread; called by the run's trigger. Does nothing if it is not waiting. */
    void execute(long number) {
        Optional<RunLocks.Held> held = locks.tryRun(number);
        if (held.isEmpty()) {
            LOG.warn("run {} is executed elsewhere", number);
            return;
        }
        try (RunLocks.Held _ = held.get()) {
            JobExecution execution = jobs.execution(number);
            BatchStatus status = execution.getStatus();
            if (status != BatchStatus.STARTING && status != BatchStatus.STOPPING) {
                LOG.warn("run {} is {} and is not executed again", number, status);
                return;
            }
            store.begun(number, now());
            jobs.of(execution.getJobInstance().getJobName()).execute(execution);
            noteEnd(number, causes(execution));
        } catch (JobExecutionException e) {
            throw new IllegalStateException("run " + number + " was interrupted", e);
        }
    }

    private void noteEnd(long number, @Nullable String detail) {
        Instant at = now();
        transaction.executeWithoutResult(status -> {
            if (store.ended(number, at, detail)) {
                Run run = store.run(number, at).orElseThrow();
                journal.runEvent(
                        "RunEnded", run, store.nextJournalVersion(number), run.requestedBy(), run.reason(), at);
                if (run.status() == BatchStatus.COMPLETED) {
                    days.finishedOneMore(run.businessDate(), at);
                }
            }
        });
    }

    /** What went wrong at the bottom of each failure: what a person can act on. */
    private static @Nullable String causes(JobExecution execution) {
        String causes = execution.getAllFailureExceptions().stream()
                .map(RunExecution::rootMessage)
                .distinct()
                .collect(Collectors.joining("; "));
        return causes.isEmpty() ? null : causes;
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        String message = root.getMessage();
        return message == null || message.isBlank() ? root.getClass().getSimpleName() : message;
    }

    /**
     * Puts in order what a process left behind when it died: runs recorded as running that nobody executes become
     * FAILED and can be restarted.
     *
     * @return the runs that were put in order
     */
    List<Run> recoverAbandoned() {
        for (Run run : store.endedUnnoticed(now())) {
            try (RunLocks.Held _ = locks.judging(run.job())) {
                if (!locks.runIsAlive(run.number())) {
                    recordIfMissing(run);
                    noteEnd(run.number(), null);
                }
            }
        }
        List<Run> recovered = new ArrayList<>();
        for (Run run : store.live(now())) {
            try (RunLocks.Held _ = locks.judging(run.job())) {
                Run current = store.run(run.number(), now()).orElseThrow();
                if (abandoned(current)) {
                    recover(current);
                    recovered.add(store.run(run.number(), now()).orElseThrow());
                }
            }
        }
        return recovered;
    }

    /** Nobody executes it and nothing will. */
    boolean abandoned(Run run) {
        return run.live() && !schedule.willFire(run.number()) && !locks.runIsAlive(run.number());
    }

    void recover(Run run) {
        LOG.warn("run {} of {} for {} was left behind {}", run.number(), run.job(), run.businessDate(), run.status());
        JobExecution execution = jobs.execution(run.number());
        boolean died = execution.getStatus().isRunning();
        if (died) {
            operator.recover(execution);
        }
        recordIfMissing(run);
        noteEnd(run.number(), died ? "The process that executed it died." : null);
    }

    /** The process died between creating the run and recording who asked for it. */
    private void recordIfMissing(Run run) {
        store.record(
                run.number(),
                run.job(),
                run.businessDate(),
                run.sequence(),
                run.origin(),
                run.requestedBy(),
                run.reason(),
                now());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
