package org.tradesuite.runsheet;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is written down about runs beside Spring Batch's own tables: who asked, why, and when by the business clock. */
final class RunStore {

    private static final String RECORD = """
        insert into ${schema}.run
               (run_id, job, business_date, sequence, origin, requested_by, reason, requested_at, journal_version)
        values (:run, :job, :businessDate, :sequence, :origin, :by, :reason, :at, 0)
        on conflict (run_id) do nothing
        """;
    private static final String BEGUN = "update ${schema}.run set started_at = :at where run_id = :run";
    private static final String ENDED =
            "update ${schema}.run set ended_at = :at, detail = :detail where run_id = :run and ended_at is null";
    private static final String STOP_ASKED = "update ${schema}.run set stop_requested_by = :by where run_id = :run";
    private static final String NEXT_VERSION = """
        update ${schema}.run set journal_version = journal_version + 1
         where run_id = :run returning journal_version
        """;
    private static final String REFUSED_START = """
        insert into ${schema}.refused_start
               (job, business_date, origin, requested_by, refused_at, code, detail)
        values (:job, :businessDate, :origin, :by, :at, :code, :detail)
        """;
    /** A restarted run has also done what its earlier attempts completed. */
    private static final String RUNS = """
        select v.run_id, v.job, v.business_date, v.sequence, v.status, v.origin, v.requested_by, v.reason,
               v.started_at, v.ended_at, r.detail,
               coalesce(c.written, 0) as written, coalesce(c.refused, 0) as refused
          from ${schema}_api.job_run v
          left join ${schema}.run r on r.run_id = v.run_id
          left join lateral (
               select sum(latest.written) as written, sum(latest.refused) as refused
                 from (select distinct on (s.step_name)
                              case when s.status = 'STARTED' then greatest(s.write_count, t.rows_done) else s.write_count end as written,
                              s.read_skip_count + s.process_skip_count + s.write_skip_count as refused
                         from ${schema}.batch_job_execution this
                         join ${schema}.batch_job_execution attempt on attempt.job_instance_id = this.job_instance_id
                         join ${schema}.batch_step_execution s on s.job_execution_id = attempt.job_execution_id
                         left join ${schema}.run_step t on t.run_id = s.job_execution_id and t.step_name = s.step_name
                        where this.job_execution_id = v.run_id
                          and (s.job_execution_id = v.run_id or s.job_execution_id < v.run_id and s.status = 'COMPLETED')
                        order by s.step_name, s.step_execution_id desc) latest) c on true
        """;

    private static final String ONE = RUNS + " where v.run_id = :run";
    private static final String OF_DATE =
            RUNS + " where v.job = :job and v.business_date = :businessDate order by v.run_id desc";
    private static final String PAGE = RUNS + """
         where v.job = :job
           and (cast(:businessDate as date) is null or v.business_date = :businessDate)
           and v.run_id < :before
         order by v.run_id desc limit :limit
        """;
    private static final String LIVE = RUNS + " where v.status in ('STARTING', 'STARTED', 'STOPPING') order by 1";
    private static final String ENDED_UNNOTICED = RUNS + """
         join ${schema}.batch_job_execution e on e.job_execution_id = v.run_id
         where v.ended_at is null and e.status not in ('STARTING', 'STARTED', 'STOPPING') order by 1
        """;

    /** A restarted run leaves out the steps that an earlier attempt completed. */
    private static final String STEPS = """
        select distinct on (s.step_name)
               s.step_name, s.status, s.read_count, s.write_count,
               s.read_skip_count + s.process_skip_count + s.write_skip_count as refused, s.exit_message,
               extract(epoch from coalesce(s.end_time, s.last_updated) - s.start_time) as seconds,
               t.started_at, t.ended_at, t.rows_done, t.rows_total, t.rows_per_second
          from ${schema}.batch_job_execution this
          join ${schema}.batch_job_execution attempt on attempt.job_instance_id = this.job_instance_id
          join ${schema}.batch_step_execution s on s.job_execution_id = attempt.job_execution_id
          left join ${schema}.run_step t on t.run_id = s.job_execution_id and t.step_name = s.step_name
         where this.job_execution_id = :run
           and (s.job_execution_id = :run or s.job_execution_id < :run and s.status = 'COMPLETED')
         order by s.step_name, s.step_execution_id desc
        """;

    private static final String STEPS_ENDED =
            "update ${schema}.run_step set ended_at = :at where run_id = :run and ended_at is null";

    private final JdbcClient jdbc;
    private final RunSheet sheet;

    RunStore(JdbcClient jdbc, RunSheet sheet) {
        this.jdbc = jdbc;
        this.sheet = sheet;
    }

    void record(
            long run,
            String job,
            LocalDate businessDate,
            long sequence,
            Origin origin,
            String by,
            @Nullable String reason,
            Instant at) {
        sql(RECORD)
                .param("run", run)
                .param("job", job)
                .param("businessDate", businessDate)
                .param("sequence", sequence)
                .param("origin", origin.name())
                .param("by", by)
                .param("reason", reason)
                .param("at", utc(at))
                .update();
    }

    void begun(long run, Instant at) {
        sql(BEGUN).param("run", run).param("at", utc(at)).update();
    }

    /** Says whether the end was news. A step that died with its process ended with the run. */
    boolean ended(long run, Instant at, @Nullable String detail) {
        sql(STEPS_ENDED).param("run", run).param("at", utc(at)).update();
        return sql(ENDED)
                        .param("run", run)
                        .param("at", utc(at))
                        .param("detail", detail)
                        .update()
                == 1;
    }

    void stopAsked(long run, String by) {
        sql(STOP_ASKED).param("run", run).param("by", by).update();
    }

    int nextJournalVersion(long run) {
        return sql(NEXT_VERSION).param("run", run).query(Integer.class).single();
    }

    void refused(String job, LocalDate businessDate, Origin origin, String by, Instant at, RunAnswer.Refused refused) {
        sql(REFUSED_START)
                .param("job", job)
                .param("businessDate", businessDate)
                .param("origin", origin.name())
                .param("by", by)
                .param("at", utc(at))
                .param("code", refused.code().name())
                .param("detail", refused.detail())
                .update();
    }

    Optional<Run> run(long run, Instant now) {
        return sql(ONE).param("run", run)
                .query((rows, n) -> read(rows, now, steps(run)))
                .optional();
    }

    /** The same run of a listing with the steps it has reached. */
    Run withSteps(Run run) {
        return run.with(run.total(), steps(run.number()));
    }

    /** The attempts for a date, newest first. */
    List<Run> ofDate(String job, LocalDate businessDate, Instant now) {
        return sql(OF_DATE)
                .param("job", job)
                .param("businessDate", businessDate)
                .query((rows, n) -> read(rows, now, List.of()))
                .list();
    }

    List<Run> page(String job, @Nullable LocalDate businessDate, long before, int limit, Instant now) {
        return sql(PAGE)
                .param("job", job)
                .param("businessDate", businessDate)
                .param("before", before)
                .param("limit", limit)
                .query((rows, n) -> read(rows, now, List.of()))
                .list();
    }

    List<Run> live(Instant now) {
        return sql(LIVE).query((rows, n) -> read(rows, now, List.of())).list();
    }

    /** Runs whose end Spring Batch has written down and we have not: the process died in between. */
    List<Run> endedUnnoticed(Instant now) {
        return sql(ENDED_UNNOTICED)
                .query((rows, n) -> read(rows, now, List.of()))
                .list();
    }

    private List<Run.Step> steps(long run) {
        return sql(STEPS)
                .param("run", run)
                .query((rows, n) -> {
                    BatchStatus status = BatchStatus.valueOf(rows.getString("status"));
                    double seconds = rows.getDouble("seconds");
                    long written = rows.getLong("write_count");
                    long total = rows.getLong("rows_total");
                    boolean working = status == BatchStatus.STARTED;
                    // A step that works in one transaction tells by its meter what others cannot see yet.
                    long told = working ? Math.max(written, rows.getLong("rows_done")) : written;
                    return new Run.Step(
                            rows.getString("step_name"),
                            status,
                            Math.max(told, rows.getLong("read_count")),
                            told,
                            rows.getLong("refused"),
                            told > written ? rows.getDouble("rows_per_second") : seconds > 0 ? written / seconds : 0,
                            working && total > 0 ? Long.valueOf(total) : null,
                            instant(rows, "started_at"),
                            instant(rows, "ended_at"),
                            firstLine(rows.getString("exit_message")));
                })
                .list();
    }

    private Run read(ResultSet rows, Instant now, List<Run.Step> steps) throws SQLException {
        String job = rows.getString("job");
        LocalDate businessDate = rows.getObject("business_date", LocalDate.class);
        BatchStatus status = BatchStatus.valueOf(rows.getString("status"));
        Instant endedAt = instant(rows, "ended_at");
        String requestedBy = rows.getString("requested_by");
        long written = rows.getLong("written");
        long refused = rows.getLong("refused");
        return new Run(
                rows.getLong("run_id"),
                job,
                businessDate,
                rows.getLong("sequence"),
                status,
                Origin.valueOf(rows.getString("origin")),
                requestedBy == null ? "unknown" : requestedBy,
                rows.getString("reason"),
                instant(rows, "started_at"),
                endedAt,
                rows.getString("detail"),
                late(job, businessDate, endedAt == null ? now : endedAt),
                written,
                status == BatchStatus.COMPLETED ? Long.valueOf(written + refused) : null,
                refused,
                steps);
    }

    private boolean late(String job, LocalDate businessDate, Instant at) {
        return sheet.line(job)
                .map(RunSheet.Line::cutOff)
                .map(cutOff -> at.isAfter(
                        businessDate.atTime(cutOff).atZone(sheet.zone()).toInstant()))
                .orElse(false);
    }

    /** Spring Batch keeps the stack trace of a step; its first line will do here, the log has the rest. */
    private static @Nullable String firstLine(@Nullable String message) {
        return message == null || message.isBlank()
                ? null
                : message.lines().findFirst().orElse(null);
    }

    private static @Nullable Instant instant(ResultSet rows, String column) throws SQLException {
        OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private JdbcClient.StatementSpec sql(String statement) {
        return jdbc.sql(statement.replace("${schema}", sheet.application()));
    }
}
