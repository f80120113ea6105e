package org.tradesuite.runsheet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.transaction.support.TransactionTemplate;
import org.tradesuite.runsheet.RunAnswer.Accepted;
import org.tradesuite.runsheet.RunAnswer.Refusal;
import org.tradesuite.runsheet.RunAnswer.Refused;

/**
 * Starts, stops and restarts the jobs of the run sheet and shows what became of them. Whoever asks, a person over
 * HTTP or the schedule, is judged here and nowhere else; every run that is let through is executed ({@link
 * RunExecution}) by a Quartz trigger of its own. Safe for concurrent use, also by several processes on one database.
 */
public final class JobBoard {

    private static final Logger LOG = LoggerFactory.getLogger(JobBoard.class);

    private final RunSheet sheet;
    private final RunStore store;
    private final RunLocks locks;
    private final RunJournal journal;
    private final Prerequisites prerequisites;
    private final BusinessDays days;
    private final Schedule schedule;
    private final RunCreation creation;
    private final JobRepository repository;
    private final KnownJobs jobs;
    private final RunExecution execution;
    private final TransactionTemplate transaction;
    private final Clock clock;

    JobBoard(
            RunSheet sheet,
            RunStore store,
            RunLocks locks,
            RunJournal journal,
            Prerequisites prerequisites,
            BusinessDays days,
            Schedule schedule,
            RunCreation creation,
            JobOperator operator,
            JobRepository repository,
            Map<String, Job> jobs,
            TransactionTemplate transaction,
            Clock clock) {
        this.sheet = sheet;
        this.store = store;
        this.locks = locks;
        this.journal = journal;
        this.prerequisites = prerequisites;
        this.days = days;
        this.schedule = schedule;
        this.creation = creation;
        this.repository = repository;
        this.jobs = new KnownJobs(repository, jobs);
        this.transaction = transaction;
        this.clock = clock;
        this.execution =
                new RunExecution(store, locks, journal, days, schedule, operator, this.jobs, transaction, clock);
    }

    public RunSheet sheet() {
        return sheet;
    }

    /** Starts a job for a business date for the first time, or, when it is a repeating job, for the next time. */
    public RunAnswer start(String job, LocalDate businessDate, String by, @Nullable String reason) {
        return start(job, businessDate, 1, Origin.HAND, by, reason);
    }

    /**
     * Starts a job for a business date.
     *
     * @param sequence 1 for the ordinary run; a repeating job then takes the next free one. A higher one asks for that
     *     very run of the date: of a job that does not repeat, this is an approved re-run and needs a reason
     */
    public RunAnswer start(
            String job, LocalDate businessDate, long sequence, Origin origin, String by, @Nullable String reason) {
        Optional<RunSheet.Line> line = sheet.line(job);
        if (line.isEmpty()) {
            return unknownJob(job);
        }
        RunAnswer answer;
        try (RunLocks.Held _ = locks.judging(job)) {
            answer = judged(line.get(), businessDate, sequence, origin, by, reason);
        }
        if (answer instanceof Refused refused) {
            store.refused(job, businessDate, origin, by, now(), refused);
        }
        return answer;
    }

    private RunAnswer judged(
            RunSheet.Line line, LocalDate businessDate, long asked, Origin origin, String by, @Nullable String reason) {
        List<Run> earlier = store.ofDate(line.job(), businessDate, now());
        long sequence = asked;
        if (!earlier.isEmpty()) {
            Run last = earlier.getFirst();
            String name = "run " + last.number() + " of " + line.job() + " for " + businessDate;
            if (last.live()) {
                return new Refused(
                        Refusal.ALREADY_RUNNING,
                        name + " has not ended. Wait for it, or stop it with POST /runs/" + last.number() + "/stop.");
            }
            if (last.restartable()) {
                return new Refused(
                        Refusal.RESTART_INSTEAD,
                        name + " is " + last.status() + ". Restart it with POST /runs/" + last.number() + "/restart.");
            }
            long next = last.sequence() + 1;
            if (line.repeats() && asked == 1) {
                sequence = next;
            } else if (asked != next) {
                return new Refused(
                        Refusal.ALREADY_FINISHED,
                        name + " has finished. To work the date again, ask for run " + next
                                + " of it and say why; its result replaces the earlier one.");
            } else if (!line.repeats() && (reason == null || reason.isBlank())) {
                return new Refused(
                        Refusal.REASON_MISSING, name + " has finished. Working the date again needs a reason.");
            }
        } else if (asked != 1) {
            return new Refused(
                    Refusal.PREREQUISITE_MISSING,
                    line.job() + " has not run for " + businessDate + " yet; its first run is run 1.");
        }
        List<Prerequisite> missing = prerequisites.missing(line, businessDate);
        if (!missing.isEmpty()) {
            return new Refused(
                    Refusal.PREREQUISITE_MISSING,
                    line.job() + " for " + businessDate + " waits for "
                            + missing.stream().map(Object::toString).collect(Collectors.joining(" and for "))
                            + ". Start it when that has happened.");
        }
        return new Accepted(create(line.job(), businessDate, sequence, origin, by, reason));
    }

    private Run create(
            String job, LocalDate businessDate, long sequence, Origin origin, String by, @Nullable String reason) {
        try {
            JobExecution first = creation.start(jobs.of(job), RunParameters.of(businessDate, sequence));
            return release(first, "RunStarted", origin, by, reason);
        } catch (JobExecutionException e) {
            throw new IllegalStateException(
                    "the job repository contradicts the job board about " + job + " for " + businessDate, e);
        }
    }

    /** The run exists; from here its record, its trigger and its event are one transaction. */
    private Run release(JobExecution created, String event, Origin origin, String by, @Nullable String reason) {
        Instant at = now();
        LocalDate businessDate = RunParameters.businessDate(created.getJobParameters());
        return requireResult(transaction.execute(status -> {
            long number = created.getId();
            store.record(
                    number,
                    created.getJobInstance().getJobName(),
                    businessDate,
                    RunParameters.sequence(created.getJobParameters()),
                    origin,
                    by,
                    reason,
                    at);
            days.open(businessDate, at);
            Run run = store.run(number, at).orElseThrow();
            journal.runEvent(event, run, store.nextJournalVersion(number), by, reason, at);
            schedule.fire(run);
            return run;
        }));
    }

    /** Goes on with the last run of its date where it left off; the answer is a new run. */
    public RunAnswer restart(long number, Origin origin, String by, @Nullable String reason) {
        Optional<Run> found = run(number);
        if (found.isEmpty()) {
            return unknownRun(number);
        }
        Run run = found.get();
        try (RunLocks.Held _ = locks.judging(run.job())) {
            if (execution.abandoned(run)) {
                execution.recover(run);
                run = run(number).orElseThrow();
            }
            Run last = store.ofDate(run.job(), run.businessDate(), now()).getFirst();
            if (last.number() != number) {
                return new Refused(
                        Refusal.NOT_RESTARTABLE,
                        "run " + number + " was followed by run " + last.number() + ", which is " + last.status()
                                + ". Look there.");
            }
            if (run.live()) {
                return new Refused(
                        Refusal.ALREADY_RUNNING,
                        "run " + number + " has not ended. Stop it with POST /runs/" + number + "/stop first.");
            }
            if (!run.restartable()) {
                return new Refused(
                        Refusal.NOT_RESTARTABLE, "run " + number + " is " + run.status() + "; nothing is left to do.");
            }
            JobExecution failed = jobs.execution(number);
            JobExecution again = creation.start(jobs.of(run.job()), failed.getJobParameters());
            return new Accepted(release(again, "RunRestarted", origin, by, reason));
        } catch (JobExecutionException e) {
            throw new IllegalStateException("the job repository contradicts the job board about run " + number, e);
        }
    }

    /** Asks a run to stop; it does so at the end of its current chunk or step. */
    public RunAnswer stop(long number, String by) {
        Optional<Run> found = run(number);
        if (found.isEmpty()) {
            return unknownRun(number);
        }
        Run run = found.get();
        try (RunLocks.Held _ = locks.judging(run.job())) {
            if (!run.live()) {
                return new Refused(Refusal.NOT_RUNNING, "run " + number + " is " + run.status() + ".");
            }
            if (execution.abandoned(run)) {
                execution.recover(run);
            } else if (run.status() != BatchStatus.STOPPING) {
                JobExecution running = jobs.execution(number);
                if (!running.getStatus().isRunning()) {
                    return new Refused(Refusal.NOT_RUNNING, "run " + number + " has just ended.");
                }
                askToStop(running);
            }
            Instant at = now();
            return requireResult(transaction.execute(status -> {
                store.stopAsked(number, by);
                Run stopping = run(number).orElseThrow();
                journal.runEvent("RunStopRequested", stopping, store.nextJournalVersion(number), by, null, at);
                return new Accepted(stopping);
            }));
        }
    }

    /**
     * The run reads this state between two chunks. JobOperator.stop would also give the run an end, and so call it
     * STOPPED while its step still works.
     */
    private void askToStop(JobExecution running) {
        running.setStatus(BatchStatus.STOPPING);
        repository.update(running);
    }

    /** One run with all its steps, empty when the number is unknown here. */
    public Optional<Run> run(long number) {
        return store.run(number, now()).map(jobs::withEveryStep);
    }

    /** The attempts of a job for a date, newest first. */
    public List<Run> runs(String job, LocalDate businessDate) {
        return store.ofDate(job, businessDate, now());
    }

    /**
     * The history of a job, newest first.
     *
     * @param before only runs with a lower number than this
     */
    public List<Run> history(String job, @Nullable LocalDate businessDate, long before, int limit) {
        return store.page(job, businessDate, before, limit, now());
    }

    /** The last run of a job whatever its date, with its steps unless it is finished; null when it never ran. */
    public @Nullable Run lastRun(String job) {
        List<Run> runs = history(job, null, Long.MAX_VALUE, 1);
        if (runs.isEmpty()) {
            return null;
        }
        Run last = runs.getFirst();
        return last.status() == BatchStatus.COMPLETED ? last : jobs.withEveryStep(store.withSteps(last));
    }

    /** When the schedule starts the job next, by the machine's clock; null when it is started by hand only. */
    public @Nullable Instant nextFireTime(String job) {
        return schedule.nextFireTime(job);
    }

    /** What the schedule does when it fires: a start like any other, or, until the cut-off, another try later. */
    void startByCron(String job, LocalDate businessDate, Duration askAgain) {
        RunAnswer answer = start(job, businessDate, 1, Origin.CRON, "quartz", null);
        if (answer instanceof Refused refused) {
            boolean waits = refused.code() == Refusal.PREREQUISITE_MISSING && beforeCutOff(job, businessDate);
            LOG.warn(
                    "scheduled start of {} for {} refused{}: {}",
                    job,
                    businessDate,
                    waits ? ", will be asked for again" : "",
                    refused.detail());
            if (waits) {
                schedule.askAgain(job, businessDate, askAgain);
            }
        }
    }

    private boolean beforeCutOff(String job, LocalDate businessDate) {
        return sheet.line(job)
                .map(RunSheet.Line::cutOff)
                .map(cutOff -> now().isBefore(
                                businessDate.atTime(cutOff).atZone(sheet.zone()).toInstant()))
                .orElse(false);
    }

    /** Executes a run in the calling thread; called by the run's trigger. Does nothing if it is not waiting. */
    void execute(long number) {
        execution.execute(number);
    }

    /**
     * Puts in order what a process left behind when it died: runs recorded as running that nobody executes become
     * FAILED and can be restarted.
     *
     * @return the runs that were put in order
     */
    List<Run> recoverAbandoned() {
        return execution.recoverAbandoned();
    }

    private Refused unknownJob(String job) {
        return new Refused(
                Refusal.UNKNOWN_JOB,
                "there is no job " + job + " here. The jobs of " + sheet.application() + ": "
                        + sheet.lines().stream().map(RunSheet.Line::job).collect(Collectors.joining(", ")) + ".");
    }

    private static Refused unknownRun(long number) {
        return new Refused(
                Refusal.UNKNOWN_RUN, "there is no run " + number + " here. Look it up with GET /jobs/{job}/runs.");
    }

    private static <T> T requireResult(@Nullable T result) {
        if (result == null) {
            throw new IllegalStateException("a transaction without a result");
        }
        return result;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
