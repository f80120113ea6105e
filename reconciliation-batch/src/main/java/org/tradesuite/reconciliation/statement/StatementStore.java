package org.tradesuite.reconciliation.statement;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.reconciliation.delivery.Delivery;
import org.tradesuite.reconciliation.delivery.Inbox;
import org.tradesuite.reconciliation.journal.Journal;
import tools.jackson.databind.json.JsonMapper;

/** Keeps statements and remembers which files have been taken. All calls join the caller's transaction. */
public final class StatementStore {

    private static final String KEEP = """
        insert into reconciliation.statement (feed, sender, account_number, account_id, currency, reference, pages,
            statement_date, business_date, file_name, sha256, content, content_key, opening, closing, rows, refused_rows,
            received_at, status, refusal, reason, part, movement_key)
        values (:feed, :sender, :accountNumber, :accountId, :currency, :reference, :pages,
            :statementDate, :businessDate, :fileName, :sha256, :content, :contentKey, :opening, :closing, :rows, :refusedRows,
            :at, :status, :refusal, :reason, :part, :movementKey)
        returning statement_id
        """;
    private static final String SUPERSEDE = """
        update reconciliation.statement set status = 'SUPERSEDED'
        where status = 'LOADED' and feed = :feed and sender = :sender
            and account_number is not distinct from :accountNumber and currency is not distinct from :currency
            and statement_date = :statementDate and part = :part
        """;
    private static final String SAME_CONTENT = """
        select file_name || ' of ' || business_date from reconciliation.statement
        where feed = :feed and sender = :sender and account_number is not distinct from :accountNumber
            and currency is not distinct from :currency and part = :part and content_key = :contentKey
            and status <> 'REFUSED'
        order by statement_id limit 1
        """;
    private static final String SAME_MOVEMENTS = """
        select statement_date from reconciliation.statement
        where feed = :feed and sender = :sender and account_number is not distinct from :accountNumber
            and currency is not distinct from :currency and movement_key = :movementKey and status <> 'REFUSED'
            and statement_date <> :statementDate
        order by statement_id limit 1
        """;
    private static final String TAKEN_BEFORE = """
        select not filed from reconciliation.statement_file
        where path = :path and sha256 = :sha256
        order by taken_at desc limit 1
        """;
    private static final String TAKE = """
        insert into reconciliation.statement_file (path, sha256, file_name, bytes, origin, handed_in_by, job, business_date,
            refused, filed, taken_at)
        select :path, :sha256, :fileName, :bytes, case when u.handed_in_by is null then 'DROP_FOLDER' else 'UPLOAD' end,
            u.handed_in_by, :job, :businessDate, :refused, false, :at
        from (values (1)) one
        left join lateral (
            select handed_in_by from reconciliation.statement_upload
            where path = :path and sha256 = :sha256
            order by handed_in_at desc limit 1) u on true
        on conflict (path, sha256, taken_at) do nothing
        """;
    private static final String FORGET_RECEIVED = "delete from reconciliation.file_to_read where job = :job";
    private static final String RECEIVE =
            "insert into reconciliation.file_to_read values (:job, :path, :sha256, :bytes, :modified, :at)";
    private static final String RECEIVED =
            "select path, sha256, bytes, modified_at from reconciliation.file_to_read where job = :job order by path";
    private static final String TO_FILE =
            "select path, sha256, refused, bytes, business_date from reconciliation.statement_file where job = :job and"
                    + " not filed order by path";
    private static final String FILED =
            "update reconciliation.statement_file set filed = true, archived = :archived where job = :job and"
                    + " path = :path and sha256 = :sha256 and not filed";
    private static final String PREVIOUS_CLOSING = """
        select closing from reconciliation.statement
        where feed = 'CUSTODIAN_CASH' and status = 'LOADED' and sender = :sender and account_number = :accountNumber
            and currency = :currency and statement_date < :statementDate
        order by statement_date desc limit 1
        """;

    private static final String MAY_LAG = """
        select coalesce(max(may_lag_days), 0) from reconciliation.expected_statement
        where active and feed = :feed and sender = :sender and account_number = :accountNumber
            and currency is not distinct from :currency
        """;

    private final JdbcClient jdbc;
    private final Journal journal;
    private final Clock clock;

    public StatementStore(DataSource dataSource, JsonMapper json, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.journal = new Journal(dataSource, json);
        this.clock = clock;
    }

    /** Whether the same statement, whatever its file was called, counts already; says which. */
    public Optional<String> sameContent(NewStatement statement) {
        return jdbc.sql(SAME_CONTENT)
                .param("feed", statement.feed().name())
                .param("sender", statement.sender())
                .param("accountNumber", statement.accountNumber())
                .param("currency", statement.currency())
                .param("part", statement.part())
                .param("contentKey", statement.contentKey())
                .query(String.class)
                .optional();
    }

    /** The date of another statement with the same opening balance, movements and closing balance. */
    public Optional<LocalDate> sameMovements(NewStatement statement) {
        return jdbc.sql(SAME_MOVEMENTS)
                .param("feed", statement.feed().name())
                .param("sender", statement.sender())
                .param("accountNumber", statement.accountNumber())
                .param("currency", statement.currency())
                .param("movementKey", statement.movementKey())
                .param("statementDate", statement.statementDate())
                .query(LocalDate.class)
                .optional();
    }

    /** How many days a statement of this account may be behind the business date. */
    public int mayLagDays(NewStatement statement) {
        return jdbc.sql(MAY_LAG)
                .param("feed", statement.feed().name())
                .param("sender", statement.sender())
                .param("accountNumber", statement.accountNumber())
                .param("currency", statement.currency())
                .query(Integer.class)
                .single();
    }

    /** Closing balance of the last statement before this one; empty for the first. */
    public Optional<BigDecimal> previousClosing(NewStatement statement) {
        return jdbc.sql(PREVIOUS_CLOSING)
                .param("sender", statement.sender())
                .param("accountNumber", statement.accountNumber())
                .param("currency", statement.currency())
                .param("statementDate", statement.statementDate())
                .query(BigDecimal.class)
                .optional();
    }

    /**
     * Keeps the statement; a good one takes the place of an earlier good one for the same account and date.
     *
     * @return its number
     */
    public long keep(NewStatement statement, LocalDate businessDate, String actor) {
        if (statement.refused() == null) {
            jdbc.sql(SUPERSEDE)
                    .param("feed", statement.feed().name())
                    .param("sender", statement.sender())
                    .param("accountNumber", statement.accountNumber())
                    .param("currency", statement.currency())
                    .param("statementDate", statement.statementDate())
                    .param("part", statement.part())
                    .update();
        }
        var now = now();
        var refused = statement.refused();
        var id = jdbc.sql(KEEP)
                .param("feed", statement.feed().name())
                .param("sender", statement.sender())
                .param("accountNumber", statement.accountNumber())
                .param("accountId", statement.accountId())
                .param("currency", statement.currency())
                .param("reference", statement.reference())
                .param("pages", statement.pages())
                .param("statementDate", statement.statementDate())
                .param("businessDate", businessDate)
                .param("fileName", statement.fileName())
                .param("sha256", statement.sha256())
                .param("content", withoutZeros(statement.content()))
                .param("contentKey", statement.contentKey())
                .param("opening", statement.opening())
                .param("closing", statement.closing())
                .param("rows", statement.rows())
                .param("refusedRows", statement.refusedRows())
                .param("at", now.atOffset(ZoneOffset.UTC))
                .param("status", refused == null ? "LOADED" : "REFUSED")
                .param("refusal", refused == null ? null : refused.refusal().name())
                .param("reason", refused == null ? null : refused.reason())
                .param("part", statement.part())
                .param("movementKey", statement.movementKey())
                .query(Long.class)
                .single();
        record(id, statement, now, actor);
        return id;
    }

    private static @Nullable String withoutZeros(@Nullable String text) {
        return text == null ? null : text.replace("\0", "\\0");
    }

    private void record(long id, NewStatement statement, Instant now, String actor) {
        var payload = journal.payload()
                .put("feed", statement.feed().name())
                .put("sender", statement.sender())
                .put("fileName", statement.fileName())
                .put("sha256", statement.sha256())
                .put("rows", statement.rows())
                .put("refusedRows", statement.refusedRows());
        if (statement.accountNumber() != null) {
            payload.put("accountNumber", statement.accountNumber());
        }
        if (statement.statementDate() != null) {
            payload.put("statementDate", statement.statementDate().toString());
        }
        var refused = statement.refused();
        if (refused != null) {
            payload.put("refusal", refused.refusal().name());
        }
        journal.append(
                "statement/" + id,
                1,
                refused == null ? "StatementLoaded" : "StatementRefused",
                actor,
                refused == null ? null : refused.reason(),
                now,
                payload);
    }

    /**
     * Whether an earlier run has read this very file and died before it could move it: it is moved, not read again.
     * The same content put there anew is another matter, a duplicate.
     */
    public boolean isWaitingToBeFiled(Delivery file) {
        return jdbc.sql(TAKEN_BEFORE)
                .param("path", file.path().toString())
                .param("sha256", file.sha256())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /** These are the files that the job's run is to read, instead of those of the run before. */
    public void received(String job, List<Delivery> files) {
        jdbc.sql(FORGET_RECEIVED).param("job", job).update();
        for (var file : files) {
            jdbc.sql(RECEIVE)
                    .param("job", job)
                    .param("path", file.path().toString())
                    .param("sha256", file.sha256())
                    .param("bytes", file.bytes())
                    .param("modified", file.modifiedAt().atOffset(ZoneOffset.UTC))
                    .param("at", now().atOffset(ZoneOffset.UTC))
                    .update();
        }
    }

    /** The files that the job's run is to read, as far as they lie there unchanged. */
    public List<Delivery> received(String job) {
        return jdbc
                .sql(RECEIVED)
                .param("job", job)
                .query((row, number) -> {
                    var path = Path.of(row.getString(1));
                    return Map.entry(
                            new Delivery(path, path.getFileName().toString(), row.getLong(3), row.getString(2)),
                            row.getObject(4, OffsetDateTime.class).toInstant());
                })
                .list()
                .stream()
                .filter(file -> file.getKey().isUntouchedSince(file.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Notes that the file was read; {@link #file} moves it after the commit. */
    public void took(Delivery file, String job, LocalDate businessDate, @Nullable String refused) {
        jdbc.sql(TAKE)
                .param("path", file.path().toString())
                .param("sha256", file.sha256())
                .param("fileName", file.name())
                .param("bytes", file.bytes())
                .param("job", job)
                .param("businessDate", businessDate)
                .param("refused", refused)
                .param("at", now().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Moves every file the job has read out of the drop folder; returns how many. */
    public int file(String job) {
        var waiting = jdbc.sql(TO_FILE)
                .param("job", job)
                .query((row, number) -> new Taken(
                        new Delivery(
                                Path.of(row.getString(1)),
                                Path.of(row.getString(1)).getFileName().toString(),
                                row.getLong(4),
                                row.getString(2)),
                        row.getString(3),
                        row.getObject(5, LocalDate.class)))
                .list();
        for (var taken : waiting) {
            jdbc.sql(FILED)
                    .param("job", job)
                    .param("path", taken.file().path().toString())
                    .param("sha256", taken.file().sha256())
                    .param("archived", archive(taken).map(Path::toString).orElse(null))
                    .update();
        }
        return waiting.size();
    }

    /** Gone means moved by a run that died before it could note it; changed means that something else has come since. */
    private static Optional<Path> archive(Taken taken) {
        var file = taken.file();
        var inbox = Inbox.at(Objects.requireNonNull(file.path().getParent()));
        if (!file.stillThere()) {
            return inbox.archived(file, taken.businessDate());
        }
        var refused = taken.refused();
        return Optional.of(refused == null ? inbox.done(file, taken.businessDate()) : inbox.refused(file, refused));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private record Taken(Delivery file, @Nullable String refused, LocalDate businessDate) {}
}
