package org.tradesuite.suite.day;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Objects;
import org.springframework.web.client.RestClientResponseException;
import org.tradesuite.openapi.jobs.client.api.JobsApi;
import org.tradesuite.openapi.jobs.model.Run;
import org.tradesuite.openapi.jobs.model.RunRequest;
import org.tradesuite.openapi.jobs.model.RunStatus;
import org.tradesuite.suite.door.FrontDoor;

/**
 * The operations clerk: starts the end of day's jobs on the job board, one after the other, and waits for each. A job
 * that an earlier start of the day finished is left alone; one that was broken off is restarted where it stood.
 */
public final class Clerk {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final FrontDoor door;

    public Clerk(FrontDoor door) {
        this.door = door;
    }

    /** Runs the job for the date and answers with its finished run; {@code run} counts the runs of one day from 1. */
    public Run complete(String application, String job, LocalDate date, int run) throws InterruptedException {
        var jobs = door.jobs(application);
        var started = start(jobs, job, date, run);
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var now = jobs.getRun(started.getRunId());
            if (now.getStatus() == RunStatus.COMPLETED) return now;
            if (now.getStatus() == RunStatus.FAILED || now.getStatus() == RunStatus.ABANDONED)
                throw new IllegalStateException("%s for %s failed: %s".formatted(job, date, now.getExit()));
            if (System.nanoTime() > deadline)
                throw new IllegalStateException("%s for %s is still %s after %d minutes"
                        .formatted(job, date, now.getStatus(), PATIENCE.toMinutes()));
            Thread.sleep(100);
        }
    }

    private static Run start(JobsApi jobs, String job, LocalDate date, int run) {
        var earlier = jobs.listRuns(job, date, null, 100).getItems().stream()
                .filter(each -> Objects.requireNonNullElse(each.getRun(), 1) == run)
                .findFirst();
        if (earlier.isPresent()) {
            return switch (earlier.get().getStatus()) {
                case FAILED, STOPPED -> jobs.restartRun(earlier.get().getRunId());
                case COMPLETED, STARTING, STARTED, STOPPING, ABANDONED, UNKNOWN -> earlier.get();
            };
        }
        var request = new RunRequest(date).run(run);
        if (run > 1) request.reason("The custodian answers again on each settlement date.");
        try {
            return jobs.startRun(job, request);
        } catch (RestClientResponseException e) {
            throw new IllegalStateException(
                    "%s for %s could not start: %s".formatted(job, date, e.getResponseBodyAsString()), e);
        }
    }
}
