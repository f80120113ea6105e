package org.tradesuite.runsheet;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;

/**
 * One attempt of a job for a business date.
 *
 * @param number identifies the run within its application; a restart is a new run
 * @param sequence 1 for the first time the date is worked, counting on with every approved re-run and every sweep
 * @param status Spring Batch's own state; FAILED and STOPPED runs can be restarted
 * @param detail why it failed or stopped; null while all is well
 * @param late true when it ended, or still runs, after the job's cut-off
 * @param done rows written so far, over all steps, those of earlier attempts that were completed too
 * @param total rows there are in all; null until every step has ended or has said so with {@link Progress}
 * @param refused rows put in quarantine so far
 * @param steps every step of the job in order, those not reached yet as STARTING, those that an earlier attempt finished
 *     as it left them; empty in listings
 */
public record Run(
        long number,
        String job,
        LocalDate businessDate,
        long sequence,
        BatchStatus status,
        Origin origin,
        String requestedBy,
        @Nullable String reason,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String detail,
        boolean late,
        long done,
        @Nullable Long total,
        long refused,
        List<Step> steps) {

    public Run {
        steps = List.copyOf(steps);
    }

    /** The same run with these steps. */
    Run with(@Nullable Long rows, List<Step> itsSteps) {
        return new Run(
                number,
                job,
                businessDate,
                sequence,
                status,
                origin,
                requestedBy,
                reason,
                startedAt,
                endedAt,
                detail,
                late,
                done,
                rows,
                refused,
                itsSteps);
    }

    /** The step at work; null while none is. */
    public @Nullable Step working() {
        return steps.stream()
                .filter(step -> step.status() == BatchStatus.STARTED)
                .findFirst()
                .orElse(null);
    }

    /** A run that has not ended. */
    public boolean live() {
        return status == BatchStatus.STARTING || status == BatchStatus.STARTED || status == BatchStatus.STOPPING;
    }

    /** A run that ended short of its goal and goes on from there when restarted. */
    public boolean restartable() {
        return status == BatchStatus.STOPPED || status == BatchStatus.FAILED || status == BatchStatus.UNKNOWN;
    }

    /**
     * How far a step has come.
     *
     * @param read rows read so far
     * @param written rows written so far
     * @param refused rows skipped; each is in quarantine
     * @param writtenPerSecond rows per second of the machine's own time since the step began
     * @param total rows it has to handle; null while it has not said so
     * @param startedAt by the business clock; null while it has not begun
     * @param endedAt by the business clock; null while it has not ended
     * @param detail why it ended when it did not complete
     */
    public record Step(
            String name,
            BatchStatus status,
            long read,
            long written,
            long refused,
            double writtenPerSecond,
            @Nullable Long total,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String detail) {

        static Step notReached(String name) {
            return new Step(name, BatchStatus.STARTING, 0, 0, 0, 0, null, null, null, null);
        }

        Step of(@Nullable Long rows) {
            return new Step(name, status, read, written, refused, writtenPerSecond, rows, startedAt, endedAt, detail);
        }

        /** About how long it will still take at this rate; null unless it works and knows how much there is. */
        @Nullable
        Duration left() {
            return status != BatchStatus.STARTED || total == null || writtenPerSecond <= 0
                    ? null
                    : Duration.ofMillis(Math.round(Math.max(0, total - written - refused) * 1000 / writtenPerSecond));
        }

        /** From 0 to 1; a step at work that does not know how many rows it has counts as not begun. */
        double progress() {
            if (status == BatchStatus.COMPLETED) {
                return 1;
            }
            return total == null || total == 0 ? 0 : Math.min(1, (double) (written + refused) / total);
        }
    }

    /**
     * How much of the run is done, from 0 to 1: every step is an equal part of it, the rows are equal parts of a step.
     * Null in listings, where the steps of a run that did not complete are not known.
     */
    public @Nullable Double progress() {
        if (status == BatchStatus.COMPLETED) {
            return 1.0;
        }
        return steps.isEmpty()
                ? null
                : Double.valueOf(steps.stream().mapToDouble(Step::progress).sum() / steps.size());
    }
}
