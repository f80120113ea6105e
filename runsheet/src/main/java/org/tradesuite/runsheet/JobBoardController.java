package org.tradesuite.runsheet;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.openapi.jobs.api.JobsApi;
import org.tradesuite.openapi.jobs.model.Job;
import org.tradesuite.openapi.jobs.model.Jobs;
import org.tradesuite.openapi.jobs.model.RunPage;
import org.tradesuite.openapi.jobs.model.RunRequest;
import org.tradesuite.openapi.jobs.model.RunStatus;
import org.tradesuite.openapi.jobs.model.Step;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.runsheet.RunAnswer.Accepted;
import org.tradesuite.runsheet.RunAnswer.Refused;
import org.tradesuite.web.Cursor;
import org.tradesuite.web.Page;
import org.tradesuite.web.ProblemException;

/** The job board over HTTP, as jobs.yaml says. */
@RestController
@ConditionalOnWebApplication
class JobBoardController implements JobsApi {

    private static final String MAY_RUN_JOBS = "hasAnyRole('OPERATIONS', 'ADMINISTRATOR')";

    private final JobBoard board;

    JobBoardController(JobBoard board) {
        this.board = board;
    }

    @Override
    public ResponseEntity<Jobs> listJobs() {
        return ResponseEntity.ok(
                new Jobs(board.sheet().lines().stream().map(this::toJob).toList()));
    }

    @Override
    @PreAuthorize(MAY_RUN_JOBS)
    public ResponseEntity<org.tradesuite.openapi.jobs.model.Run> startRun(String job, RunRequest request) {
        return started(board.start(
                job, request.getBusinessDate(), request.getRun(), Origin.HAND, SignedIn.name(), request.getReason()));
    }

    @Override
    public ResponseEntity<RunPage> listRuns(
            String job, @Nullable LocalDate businessDate, @Nullable String cursor, Integer limit) {
        if (board.sheet().line(job).isEmpty()) {
            throw ProblemException.notFound("There is no job " + job + " here. GET /jobs lists them.");
        }
        Page<Run> page = Page.of(
                board.history(job, businessDate, before(cursor), limit + 1),
                limit,
                run -> Cursor.of(Long.toString(run.number())));
        return ResponseEntity.ok(
                new RunPage(page.items().stream().map(JobBoardController::toRun).toList())
                        .nextCursor(page.nextCursor()));
    }

    @Override
    public ResponseEntity<org.tradesuite.openapi.jobs.model.Run> getRun(String runId) {
        Optional<Run> run = board.run(Long.parseLong(runId));
        return ResponseEntity.ok(toRun(run.orElseThrow(() -> ProblemException.notFound(
                "There is no run " + runId + " here. Look it up with GET /jobs/{job}/runs."))));
    }

    @Override
    @PreAuthorize(MAY_RUN_JOBS)
    public ResponseEntity<org.tradesuite.openapi.jobs.model.Run> stopRun(String runId) {
        return started(board.stop(Long.parseLong(runId), SignedIn.name()));
    }

    @Override
    @PreAuthorize(MAY_RUN_JOBS)
    public ResponseEntity<org.tradesuite.openapi.jobs.model.Run> restartRun(String runId) {
        return started(board.restart(Long.parseLong(runId), Origin.HAND, SignedIn.name(), null));
    }

    private static ResponseEntity<org.tradesuite.openapi.jobs.model.Run> started(RunAnswer answer) {
        return switch (answer) {
            case Accepted accepted -> ResponseEntity.status(HttpStatus.ACCEPTED).body(toRun(accepted.run()));
            case Refused refused -> throw new ProblemException(code(refused.code()), sentence(refused.detail()));
        };
    }

    private static ProblemCode code(RunAnswer.Refusal refusal) {
        return switch (refusal) {
            case UNKNOWN_JOB, UNKNOWN_RUN -> ProblemCode.NOT_FOUND;
            case ALREADY_RUNNING -> ProblemCode.JOB_ALREADY_RUNNING;
            case ALREADY_FINISHED -> ProblemCode.JOB_ALREADY_COMPLETED;
            case RESTART_INSTEAD, PREREQUISITE_MISSING -> ProblemCode.CONFLICT;
            case REASON_MISSING -> ProblemCode.JOB_PARAMETERS_INVALID;
            case NOT_RUNNING -> ProblemCode.JOB_NOT_RUNNING;
            case NOT_RESTARTABLE -> ProblemCode.JOB_NOT_RESTARTABLE;
        };
    }

    private static String sentence(String detail) {
        return Character.toUpperCase(detail.charAt(0)) + detail.substring(1);
    }

    static long before(@Nullable String cursor) {
        return Cursor.parse(cursor, 1)
                .map(at -> {
                    try {
                        return Long.parseLong(at.keys().getFirst());
                    } catch (NumberFormatException e) {
                        throw ProblemException.inField(
                                "cursor",
                                ProblemCode.INVALID_CURSOR,
                                "The cursor is not one that this list gave out. Start again without it.");
                    }
                })
                .orElse(Long.MAX_VALUE);
    }

    private Job toJob(RunSheet.Line line) {
        Job job = new Job(line.job(), line.title());
        if (line.cutOff() != null) {
            job.cutOff(line.cutOff().toString());
        }
        job.nextFireAt(board.nextFireTime(line.job()));
        Run last = board.lastRun(line.job());
        if (last != null) {
            job.lastRun(toRun(last));
        }
        return job;
    }

    private static org.tradesuite.openapi.jobs.model.Run toRun(Run run) {
        List<Step> steps = run.steps().stream()
                .map(step -> new Step(step.name(), status(step.status()), step.read(), step.written(), step.refused())
                        .total(step.total())
                        .rowsPerSecond(rate(step))
                        .secondsLeft(seconds(step.left()))
                        .startedAt(step.startedAt())
                        .endedAt(step.endedAt())
                        .exit(step.detail()))
                .toList();
        Run.Step working = run.live() ? run.working() : null;
        return new org.tradesuite.openapi.jobs.model.Run(
                        Long.toString(run.number()),
                        run.job(),
                        run.businessDate(),
                        status(run.status()),
                        run.done(),
                        run.refused(),
                        steps)
                .run(Math.toIntExact(run.sequence()))
                .startedBy(run.requestedBy())
                .startedAt(run.startedAt())
                .endedAt(run.endedAt())
                .reason(run.reason())
                .exit(run.detail())
                .itemsTotal(run.total())
                .progress(run.progress())
                .rowsPerSecond(working == null ? null : rate(working))
                .secondsLeft(working == null ? null : seconds(working.left()));
    }

    private static @Nullable Double rate(Run.Step step) {
        return step.writtenPerSecond() > 0 ? Double.valueOf(Math.rint(step.writtenPerSecond())) : null;
    }

    private static @Nullable Long seconds(@Nullable Duration left) {
        return left == null ? null : Long.valueOf(left.toSeconds() + (left.toMillisPart() > 0 ? 1 : 0));
    }

    private static RunStatus status(BatchStatus status) {
        return RunStatus.valueOf(status.name());
    }
}
