package org.tradesuite.runsheet;

/** What the job board says when asked to start, stop or restart a run. */
public sealed interface RunAnswer {

    /** It was done; the run as it stands now. */
    record Accepted(Run run) implements RunAnswer {}

    /**
     * It was not done.
     *
     * @param detail what stands against it and what to do, for a person to read
     */
    record Refused(Refusal code, String detail) implements RunAnswer {}

    /** Why the job board refuses. */
    enum Refusal {
        /** No job of that name is on this application's run sheet. */
        UNKNOWN_JOB,
        /** No run of that number is known. */
        UNKNOWN_RUN,
        /** A run of the job for that date has not ended. */
        ALREADY_RUNNING,
        /** The job has finished for that date. */
        ALREADY_FINISHED,
        /** The last run for that date failed or was stopped: it is restarted, not started again. */
        RESTART_INSTEAD,
        /** Something the job builds on has not happened for that date. */
        PREREQUISITE_MISSING,
        /** A re-run of a finished date needs a reason. */
        REASON_MISSING,
        /** The run has ended. */
        NOT_RUNNING,
        /** The run is not the last one of its date, or finished. */
        NOT_RESTARTABLE
    }
}
