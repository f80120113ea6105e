package org.tradesuite.runsheet;

import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks up, in the published views of the applications concerned, what a job still has to wait for. */
final class Prerequisites {

    /** The latest sequence counts: while an approved re-run is under way its predecessor's result is not relied on. */
    private static final String JOB_FINISHED = """
        select coalesce((select status = 'COMPLETED'
                           from ${application}_api.job_run
                          where job = :job and business_date = :businessDate
                          order by run_id desc limit 1), false)
        """;

    private static final String DAY = """
        select exists (select 1
                         from ${application}_api.business_day
                        where business_date = :businessDate and status = :status)
        """;

    private final JdbcClient jdbc;

    Prerequisites(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Prerequisite> missing(RunSheet.Line line, LocalDate businessDate) {
        return line.after().stream()
                .filter(prerequisite -> !met(prerequisite, businessDate))
                .toList();
    }

    private boolean met(Prerequisite prerequisite, LocalDate businessDate) {
        return switch (prerequisite) {
            case Prerequisite.JobFinished finished ->
                jdbc.sql(JOB_FINISHED.replace("${application}", finished.application()))
                        .param("job", finished.job())
                        .param("businessDate", businessDate)
                        .query(Boolean.class)
                        .single();
            case Prerequisite.DayClosed closed -> day(closed.application(), businessDate, BusinessDays.Status.CLOSED);
            case Prerequisite.DayOpen open -> day(open.application(), businessDate, BusinessDays.Status.OPEN);
        };
    }

    private boolean day(String application, LocalDate businessDate, BusinessDays.Status status) {
        return jdbc.sql(DAY.replace("${application}", application))
                .param("businessDate", businessDate)
                .param("status", status.name())
                .query(Boolean.class)
                .single();
    }
}
