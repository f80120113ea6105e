package org.tradesuite.runsheet;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which business dates the application has opened and closed. A date opens with its first run, is closing once a job
 * of the sheet has finished for it, and is closed when every job has; those within the day do not count. What arrives
 * for a closed date belongs to the next one.
 */
public final class BusinessDays {

    /** Where a business date stands. */
    public enum Status {
        OPEN,
        CLOSING,
        CLOSED
    }

    private static final String OPEN = """
        insert into ${schema}.business_day (business_date, status, opened_at)
        values (:businessDate, 'OPEN', :at)
        on conflict (business_date) do nothing
        """;
    private static final String MOVE_ON = """
        update ${schema}.business_day d
           set status = case when f.finished >= :jobs then 'CLOSED'
                             when f.finished > 0 then 'CLOSING' else 'OPEN' end,
               closed_at = case when f.finished >= :jobs then coalesce(d.closed_at, :at) end
          from (select count(distinct job) as finished
                  from ${schema}_api.job_run
                 where business_date = :businessDate and status = 'COMPLETED' and job = any(:names)) f
         where d.business_date = :businessDate
        """;
    private static final String STATUS =
            "select status from ${schema}.business_day where business_date = :businessDate";

    private final JdbcClient jdbc;
    private final RunSheet sheet;

    BusinessDays(JdbcClient jdbc, RunSheet sheet) {
        this.jdbc = jdbc;
        this.sheet = sheet;
    }

    /** Empty for a date on which nothing has run. */
    public Optional<Status> status(LocalDate businessDate) {
        return sql(STATUS)
                .param("businessDate", businessDate)
                .query(String.class)
                .optional()
                .map(Status::valueOf);
    }

    void open(LocalDate businessDate, Instant at) {
        sql(OPEN)
                .param("businessDate", businessDate)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    void finishedOneMore(LocalDate businessDate, Instant at) {
        var jobs = sheet.lines().stream()
                .filter(line -> !line.intraday())
                .map(RunSheet.Line::job)
                .toArray(String[]::new);
        sql(MOVE_ON)
                .param("businessDate", businessDate)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("jobs", jobs.length)
                .param("names", jobs)
                .update();
    }

    private JdbcClient.StatementSpec sql(String statement) {
        return jdbc.sql(statement.replace("${schema}", sheet.application()));
    }
}
