package org.tradesuite.runsheet.intake;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps the rows that jobs refuse. Keeping is a transaction of its own: the row stays even when the step that refused
 * it fails. A row is known by feed, file and line, so a restart that meets it again counts it and does not keep it
 * twice.
 */
public final class Quarantine {

    private static final String KEEP = """
        insert into ${schema}.quarantined_row as q
               (feed, file_hash, file_name, line, raw_text, error_class, reason, job, business_date,
                first_seen, last_seen, status)
        values (:feed, :hash, :name, :line, :text, :errorClass, :reason, :job, :businessDate, :at, :at, 'HELD')
        on conflict (feed, file_hash, line) do update
           set last_seen = excluded.last_seen, times_seen = q.times_seen + 1,
               error_class = excluded.error_class, reason = excluded.reason
        """;
    private static final String REFUSED_AGAIN = """
        update ${schema}.quarantined_row
           set status = 'HELD', last_seen = :at, times_seen = times_seen + 1, error_class = :errorClass,
               reason = :reason, fixed_by = null, fixed_at = null, fix_reason = null
         where row_id = :row and status = 'RELEASED'
        """;
    private static final String RELEASE = """
        update ${schema}.quarantined_row
           set status = 'RELEASED', corrected_text = :corrected, fixed_by = :by, fixed_at = :at,
               fix_reason = :why
         where row_id = :row and status = 'HELD'
        """;
    private static final String APPLIED = """
        update ${schema}.quarantined_row set status = 'APPLIED', applied_at = :at
         where row_id = :row and status = 'RELEASED'
        """;
    private static final String ROWS = """
        select row_id, feed, file_hash, file_name, line, raw_text, error_class, reason, job, business_date,
               first_seen, last_seen, times_seen, status, corrected_text, fixed_by, fixed_at, fix_reason
          from ${schema}.quarantined_row
        """;
    private static final String ONE = ROWS + " where row_id = :row";
    private static final String RELEASED = ROWS + " where job = :job and status = 'RELEASED' order by row_id";
    private static final String PAGE = ROWS + """
         where (cast(:feed as text) is null or feed = :feed)
           and (cast(:status as text) is null or status = :status)
           and row_id < :before
         order by row_id desc limit :limit
        """;

    private final JdbcClient jdbc;
    private final String schema;
    private final TransactionTemplate ownTransaction;
    private final Clock clock;

    public Quarantine(
            DataSource dataSource, String schema, PlatformTransactionManager transactionManager, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.schema = schema;
        this.ownTransaction = new TransactionTemplate(transactionManager);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
    }

    /** Keeps the rows, whatever becomes of the step that refused them. */
    public void keep(Collection<RefusedRow> rows) {
        OffsetDateTime at = now();
        ownTransaction.executeWithoutResult(status -> {
            for (RefusedRow row : rows) {
                sql(KEEP)
                        .param("feed", row.feed())
                        .param("hash", row.fileHash())
                        .param("name", row.fileName())
                        .param("line", row.line())
                        .param("text", row.text().replace("\0", "\\0"))
                        .param("errorClass", row.errorClass())
                        .param("reason", row.reason())
                        .param("job", row.job())
                        .param("businessDate", row.businessDate())
                        .param("at", at)
                        .update();
            }
        });
    }

    /** The released rows a job has still to read again; it calls {@link #applied} or {@link #refusedAgain} for each. */
    public List<QuarantinedRow> released(String job) {
        return sql(RELEASED).param("job", job).query((rows, n) -> read(rows)).list();
    }

    /** The job has taken the row; joins the caller's transaction, so that row and effect are one. */
    public void applied(QuarantinedRow row) {
        sql(APPLIED).param("row", row.number()).param("at", now()).update();
    }

    /** The correction was not good enough: the row is held again, with what is wrong with it now. */
    public void refusedAgain(QuarantinedRow row, String errorClass, String reason) {
        ownTransaction.executeWithoutResult(status -> sql(REFUSED_AGAIN)
                .param("row", row.number())
                .param("at", now())
                .param("errorClass", errorClass)
                .param("reason", reason)
                .update());
    }

    /**
     * Lets a held row go back to its job, corrected or as it is.
     *
     * @return false when the row is not held (any more)
     */
    public boolean release(long number, @Nullable String correctedText, String by, String why) {
        return sql(RELEASE)
                        .param("row", number)
                        .param("corrected", correctedText)
                        .param("by", by)
                        .param("why", why)
                        .param("at", now())
                        .update()
                == 1;
    }

    public Optional<QuarantinedRow> row(long number) {
        return sql(ONE).param("row", number).query((rows, n) -> read(rows)).optional();
    }

    /**
     * A page of rows, newest first.
     *
     * @param before only rows with a lower number
     */
    public List<QuarantinedRow> page(
            @Nullable String feed, QuarantinedRow.@Nullable Status status, long before, int limit) {
        return sql(PAGE)
                .param("feed", feed)
                .param("status", status == null ? null : status.name())
                .param("before", before)
                .param("limit", limit)
                .query((rows, n) -> read(rows))
                .list();
    }

    private static QuarantinedRow read(ResultSet rows) throws SQLException {
        return new QuarantinedRow(
                rows.getLong("row_id"),
                new RefusedRow(
                        rows.getString("feed"),
                        rows.getString("file_hash"),
                        rows.getString("file_name"),
                        rows.getLong("line"),
                        rows.getString("raw_text"),
                        rows.getString("error_class"),
                        rows.getString("reason"),
                        rows.getString("job"),
                        rows.getObject("business_date", LocalDate.class)),
                rows.getObject("first_seen", OffsetDateTime.class).toInstant(),
                rows.getObject("last_seen", OffsetDateTime.class).toInstant(),
                rows.getInt("times_seen"),
                QuarantinedRow.Status.valueOf(rows.getString("status")),
                rows.getString("corrected_text"),
                rows.getString("fixed_by"),
                instant(rows, "fixed_at"),
                rows.getString("fix_reason"));
    }

    private static @Nullable Instant instant(ResultSet rows, String column) throws SQLException {
        OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private OffsetDateTime now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    private JdbcClient.StatementSpec sql(String statement) {
        return jdbc.sql(statement.replace("${schema}", schema));
    }
}
