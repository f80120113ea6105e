package org.tradesuite.runsheet;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one application in the order in which a business date is worked off.
 *
 * @param application the application's name, which is also its database schema: {@code settlement}
 * @param zone the zone in which cut-offs and schedules are read, and in which "today" becomes a business date
 * @param lines the jobs, in order; names are unique and each has a {@code Job} bean of the same name
 */
public record RunSheet(String application, ZoneId zone, List<Line> lines) {

    private static final Pattern SCHEMA = Pattern.compile("[a-z][a-z0-9_]{0,30}");
    private static final Pattern JOB = Pattern.compile("[a-z][a-z0-9-]{0,60}");

    public RunSheet {
        if (!SCHEMA.matcher(application).matches()) {
            throw new IllegalArgumentException(
                    "application names a schema and must be lower case letters, digits and _: " + application);
        }
        lines = List.copyOf(lines);
        Map<String, Line> byName = new LinkedHashMap<>();
        for (Line line : lines) {
            if (byName.put(line.job(), line) != null) {
                throw new IllegalArgumentException("job " + line.job() + " is on the run sheet twice");
            }
        }
    }

    public static RunSheet of(String application, ZoneId zone, Line... lines) {
        return new RunSheet(application, zone, List.of(lines));
    }

    /** The line of a job, empty when this application has no such job. */
    public Optional<Line> line(String job) {
        return lines.stream().filter(line -> line.job().equals(job)).findFirst();
    }

    /**
     * One job of the sheet.
     *
     * @param job the name of the {@code Job} bean
     * @param title what a clerk calls it
     * @param after what must have happened for the same business date before this job may start
     * @param cron Quartz cron expression in the sheet's zone; null when it is started by hand only. The setting
     *     {@code tradesuite.runsheet.cron.<job>} wins over it ({@code -} switches it off)
     * @param cutOff time on the business date by which the job is expected to have ended; a scheduled start waits for
     *     its prerequisites until then, and a run that ends later is shown as late
     * @param repeats true for a job that sweeps what has arrived since it last ran, and so may run any number of times
     *     for one business date
     * @param intraday true for a job that looks at a date while it is still open: the date is worked off without it,
     *     and it tells nobody that it was
     */
    public record Line(
            String job,
            String title,
            List<Prerequisite> after,
            @Nullable String cron,
            @Nullable LocalTime cutOff,
            boolean repeats,
            boolean intraday) {

        public Line {
            if (!JOB.matcher(job).matches()) {
                throw new IllegalArgumentException("a job's name is lower case words joined by hyphens: " + job);
            }
            after = List.copyOf(after);
        }

        public static Line of(String job, String title) {
            return new Line(job, title, List.of(), null, null, false, false);
        }

        public Line after(Prerequisite... prerequisites) {
            return new Line(job, title, List.of(prerequisites), cron, cutOff, repeats, intraday);
        }

        public Line cron(String expression) {
            return new Line(job, title, after, expression, cutOff, repeats, intraday);
        }

        public Line cutOff(LocalTime time) {
            return new Line(job, title, after, cron, time, repeats, intraday);
        }

        public Line repeating() {
            return new Line(job, title, after, cron, cutOff, true, intraday);
        }

        public Line withinTheDay() {
            return new Line(job, title, after, cron, cutOff, true, true);
        }
    }
}
