package org.tradesuite.reconciliation.statement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.tradesuite.eventstore.EventStore;
import org.tradesuite.eventstore.NewEvent;
import org.tradesuite.runsheet.intake.DropFolder;
import org.tradesuite.runsheet.intake.DroppedFile;
import tools.jackson.databind.json.JsonMapper;

/** Keeps statements and remembers which files have been taken. All calls join the caller's transaction. */
public final class StatementStore {

    private static final String KEEP = """
        insert into reconciliation.statement (feed, sender, account_number, account_id, currency, reference, pages,
            statement_date, business_date, file_name, sha256, content, content_key, opening, closing, rows, refused_rows,
            received_at, status, refusal, reason)
        values (:feed, :sender, :accountNumber, :accountId, :currency, :reference, :pages,
            :statementDate, :businessDate, :fileName, :sha256, :content, :contentKey, :opening, :closing, :rows, :refusedRows,
            :at, :status, :refusal, :reason)
        returning statement_id
        """;
    private static final String SUPERSEDE = """
        update reconciliation.statement set status = 'SUPERSEDED'
        where status = 'LOADED' and feed = :feed and sender = :sender
            and account_number is not distinct from :accountNumber and currency is not distinct from :currency
            and statement_date = :statementDate
        """;
    private static final String SAME_CONTENT = """
        select file_name || ' of ' || business_date from reconciliation.statement
        where feed = :feed and sender = :sender and content_key = :contentKey and status <> 'REFUSED'
        order by statement_id limit 1
        """;
    private static final String TAKEN_BEFORE = """
        select not filed from reconciliation.statement_file
        where path = :path and sha256 = :sha256
        order by taken_at desc limit 1
        """;
    private static final String TAKE = """
        insert into reconciliation.statement_file (path, sha256, file_name, job, business_date, refused, filed, taken_at)
        values (:path, :sha256, :fileName, :job, :businessDate, :refused, false, :at)
        on conflict (path, sha256, taken_at) do nothing
        """;
    private static final String TO_FILE =
            "select path, sha256, refused from reconciliation.statement_file where job = :job and not filed order by"
                    + " path";
    private static final String FILED =
            "update reconciliation.statement_file set filed = true, archived = :archived where job = :job and path ="
                    + " :path and sha256 = :sha256";
    private static final String PREVIOUS_CLOSING = """
        select closing from reconciliation.statement
        where feed = 'CUSTODIAN_CASH' and status = 'LOADED' and sender = :sender and account_number = :accountNumber
            and currency = :currency and statement_date < :statementDate
        order by statement_date desc limit 1
        """;

    private static final String CHAIN = "reconciliation";
    /** As {@link DropFolder} names a file of which another has the name. */
    private static final int HASH_IN_NAME = 12;

    private final JdbcClient jdbc;
    private final DataSource dataSource;
    private final EventStore journal = new EventStore(CHAIN);
    private final JsonMapper json;
    private final Clock clock;

    public StatementStore(DataSource dataSource, JsonMapper json, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.dataSource = dataSource;
        this.json = json;
        this.clock = clock;
    }

    /** Whether the same statement, whatever its file was called, counts already; says which. */
    public Optional<String> sameContent(NewStatement statement) {
        return jdbc.sql(SAME_CONTENT)
                .param("feed", statement.feed().name())
                .param("sender", statement.sender())
                .param("contentKey", statement.contentKey())
                .query(String.class)
                .optional();
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
                .param("content", statement.content().replace("\0", "\\0"))
                .param("contentKey", statement.contentKey())
                .param("opening", statement.opening())
                .param("closing", statement.closing())
                .param("rows", statement.rows())
                .param("refusedRows", statement.refusedRows())
                .param("at", now.atOffset(ZoneOffset.UTC))
                .param("status", refused == null ? "LOADED" : "REFUSED")
                .param("refusal", refused == null ? null : refused.refusal().name())
                .param("reason", refused == null ? null : refused.reason())
                .query(Long.class)
                .single();
        record(id, statement, now, actor);
        return id;
    }

    private void record(long id, NewStatement statement, Instant now, String actor) {
        var payload = json.createObjectNode()
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
        append(new NewEvent(
                "statement/" + id,
                1,
                refused == null ? "StatementLoaded" : "StatementRefused",
                1,
                now,
                actor,
                refused == null ? null : refused.reason(),
                null,
                null,
                json.writeValueAsString(payload)));
    }

    private void append(NewEvent event) {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            journal.append(connection, List.of(event), event.eventTime());
        } catch (SQLException failed) {
            throw new IllegalStateException("The journal did not take " + event.type(), failed);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    /**
     * Whether an earlier run has read this very file and died before it could move it: it is moved, not read again.
     * The same content put there anew is another matter, a duplicate.
     */
    public boolean isWaitingToBeFiled(DroppedFile file) {
        return jdbc.sql(TAKEN_BEFORE)
                .param("path", file.path().toString())
                .param("sha256", file.sha256())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /** Notes that the file was read; {@link #file} moves it after the commit. */
    public void took(DroppedFile file, String job, LocalDate businessDate, @Nullable String refused) {
        jdbc.sql(TAKE)
                .param("path", file.path().toString())
                .param("sha256", file.sha256())
                .param("fileName", file.name())
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
                .query((row, number) -> new Taken(row.getString(1), row.getString(2), row.getString(3)))
                .list();
        var folders = new TreeMap<Path, List<Taken>>();
        for (var taken : waiting) {
            var folder = Objects.requireNonNull(Path.of(taken.path()).getParent());
            folders.computeIfAbsent(folder, none -> new ArrayList<>()).add(taken);
        }
        folders.forEach((folder, files) -> file(job, DropFolder.at(folder), files));
        return waiting.size();
    }

    private void file(String job, DropFolder folder, List<Taken> files) {
        for (var taken : files) {
            jdbc.sql(FILED)
                    .param("job", job)
                    .param("path", taken.path())
                    .param("sha256", taken.sha256())
                    .param("archived", archived(folder, taken))
                    .update();
        }
    }

    /** Where it lies now. Gone means moved by a run that died before it could note it. */
    private static @Nullable String archived(DropFolder folder, Taken taken) {
        var path = Path.of(taken.path());
        var name = String.valueOf(path.getFileName());
        var file = new DroppedFile(path, name, taken.sha256(), new byte[0]);
        if (Files.isRegularFile(path) && sha256(path).equals(taken.sha256())) {
            return (taken.refused() == null ? folder.done(file) : folder.refused(file, taken.refused())).toString();
        }
        var where = path.resolveSibling(taken.refused() == null ? "done" : "refused");
        return Stream.of(taken.sha256().substring(0, HASH_IN_NAME) + "-" + name, name)
                .map(where::resolve)
                .filter(Files::isRegularFile)
                .filter(moved -> sha256(moved).equals(taken.sha256()))
                .map(Path::toString)
                .findFirst()
                .orElse(null);
    }

    /** The file may be larger than memory. */
    private static String sha256(Path file) {
        try (var in = Files.newInputStream(file)) {
            var digest = MessageDigest.getInstance("SHA-256");
            var piece = new byte[1 << 16];
            for (var read = in.read(piece); read >= 0; read = in.read(piece)) {
                digest.update(piece, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException failed) {
            throw new UncheckedIOException("The file " + file + " cannot be read: " + failed.getMessage(), failed);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("Every Java platform has SHA-256", absent);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private record Taken(
            String path, String sha256, @Nullable String refused) {}
}
