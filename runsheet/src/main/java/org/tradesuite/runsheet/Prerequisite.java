package org.tradesuite.runsheet;

import java.util.regex.Pattern;

/** What must have happened for a business date before a job may start for it. */
public sealed interface Prerequisite {

    /**
     * A job has finished for the same business date.
     *
     * @param application whose job it is; another application's is read from its published view {@code job_run}
     * @param job the job's name there
     */
    record JobFinished(String application, String job) implements Prerequisite {
        public JobFinished {
            requireSchema(application);
        }

        @Override
        public String toString() {
            return "job " + job + " of " + application + " to finish";
        }
    }

    /** An application has closed the business date, as its published view {@code business_day} says. */
    record DayClosed(String application) implements Prerequisite {
        public DayClosed {
            requireSchema(application);
        }

        @Override
        public String toString() {
            return application + " to close the business date";
        }
    }

    /** An application has opened the business date and not begun to close it, as its published view {@code business_day} says. */
    record DayOpen(String application) implements Prerequisite {
        public DayOpen {
            requireSchema(application);
        }

        @Override
        public String toString() {
            return application + " to have the business date open (one that is closed stays closed)";
        }
    }

    private static void requireSchema(String application) {
        if (!Pattern.matches("[a-z][a-z0-9_]{0,30}", application)) {
            throw new IllegalArgumentException("an application is named as its schema is: " + application);
        }
    }

    static Prerequisite jobFinished(String application, String job) {
        return new JobFinished(application, job);
    }

    static Prerequisite dayClosed(String application) {
        return new DayClosed(application);
    }

    static Prerequisite dayOpen(String application) {
        return new DayOpen(application);
    }
}
