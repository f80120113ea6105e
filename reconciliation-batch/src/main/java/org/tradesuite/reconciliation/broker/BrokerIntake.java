package org.tradesuite.reconciliation.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.reconciliation.delivery.Delivery;
import org.tradesuite.reconciliation.statement.NewStatement;
import org.tradesuite.reconciliation.statement.Refusal;
import org.tradesuite.reconciliation.statement.StatementStore;
import org.tradesuite.reconciliation.statement.Verdict;
import org.tradesuite.runsheet.intake.Quarantine;
import org.tradesuite.runsheet.intake.QuarantinedRow;
import org.tradesuite.runsheet.intake.RefusedRow;

/**
 * Takes the statements that lie in {@code <drop>/brokers/<BROKER>/trades-<yyyyMMdd>.csv}, up to the business date; a
 * later one waits for its own date. All of it is one transaction of the caller; files are moved afterwards.
 */
final class BrokerIntake {

    static final String JOB = "reconcile-brokers";
    static final String FEED_PREFIX = "broker-trades-";
    private static final Pattern NAME = Pattern.compile("trades-([0-9]{8})[A-Za-z0-9._-]*\\.csv");
    private static final String CORRECTED = """
        insert into reconciliation.corrected_row (statement_id, line, text) values (:statement, :line, :text)
        on conflict (statement_id, line) do update set text = excluded.text
        """;
    private static final String STATEMENT_OF_FILE = """
        select statement_id, content as heading
        from reconciliation.statement
        where feed = 'BROKER_TRADE' and sender = :broker and sha256 = :sha256 and status = 'LOADED'
        """;

    /** What a step has done, for the job board. */
    record Taken(int statements, long rows, long quarantined) {}

    private final Map<String, BrokerLayout> layouts;
    private final Path drop;
    private final StatementStore statements;
    private final Quarantine quarantine;
    private final JdbcClient jdbc;

    BrokerIntake(
            Map<String, BrokerLayout> layouts,
            Path drop,
            StatementStore statements,
            Quarantine quarantine,
            DataSource dataSource) {
        this.layouts = Map.copyOf(layouts);
        this.drop = drop;
        this.statements = statements;
        this.quarantine = quarantine;
        this.jdbc = JdbcClient.create(dataSource);
    }

    Taken take(LocalDate businessDate) throws IOException {
        var known = KnownHere.now(jdbc);
        var files = 0;
        var rows = 0L;
        var quarantined = 0L;
        for (var broker : new TreeSet<>(layouts.keySet())) {
            for (var path : waiting(drop.resolve(broker))) {
                var date = dateOf(path.getFileName().toString());
                if (date.filter(named -> named.isAfter(businessDate)).isPresent()) {
                    continue;
                }
                var read = take(broker, path, date.orElse(null), businessDate, known);
                if (read.isPresent()) {
                    files++;
                    rows += read.get().rows();
                    quarantined += read.get().refusedRows();
                }
            }
        }
        rows += takeReleased(known);
        return new Taken(files, rows, quarantined);
    }

    /** In the order of their names; those still being written are left alone. */
    private static List<Path> waiting(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var files = Files.newDirectoryStream(folder, "*.csv")) {
            var waiting = new ArrayList<Path>();
            for (var file : files) {
                if (Files.isRegularFile(file) && !file.getFileName().toString().startsWith(".")) {
                    waiting.add(file);
                }
            }
            Collections.sort(waiting);
            return waiting;
        }
    }

    /** The file is read once, from its beginning to its end; of its content the database gets the heading only. */
    private Optional<NewStatement> take(
            String broker, Path path, @Nullable LocalDate statementDate, LocalDate businessDate, KnownHere known)
            throws IOException {
        final BrokerStatement read;
        final String sha256;
        try (var in = new Sealed(Files.newInputStream(path))) {
            read = BrokerStatement.read(in, layout(broker), known, 0, row -> {});
            in.toEnd();
            sha256 = in.sha256();
        }
        var file = Delivery.of(path, sha256);
        if (statements.isWaitingToBeFiled(file)) {
            return Optional.empty();
        }
        var statement = judged(
                NewStatement.ofBroker(
                        broker,
                        statementDate,
                        file,
                        read.heading(),
                        contentKey(sha256, statementDate, read),
                        read.rows(),
                        read.refused().size(),
                        read.verdict()),
                read);
        statements.keep(statement, businessDate, JOB);
        var refused = statement.refused();
        statements.took(file, JOB, businessDate, refused == null ? null : refused.reason());
        if (refused == null) {
            quarantine.keep(read.refused().stream()
                    .map(row -> new RefusedRow(
                            FEED_PREFIX + broker,
                            sha256,
                            file.name(),
                            row.line(),
                            row.text().replace('\0', ' '),
                            row.errorClass(),
                            row.reason().replace('\0', ' '),
                            JOB,
                            businessDate))
                    .toList());
        }
        return Optional.of(statement);
    }

    /** Files of days without a trade are all alike: such a one is the same only as another of its date. */
    private static String contentKey(String sha256, @Nullable LocalDate date, BrokerStatement read) {
        return read.rows() == 0 && read.refused().isEmpty() ? sha256 + "|" + date : sha256;
    }

    /** What only those can see who know the other statements, too. */
    private NewStatement judged(NewStatement statement, BrokerStatement read) {
        if (statement.refused() != null) {
            return statement;
        }
        if (statement.statementDate() == null) {
            return statement.refused(new Verdict(
                    Refusal.STATEMENT_UNREADABLE,
                    "The name " + statement.fileName()
                            + " does not tell the date, as in trades-20261120.csv: rename it."));
        }
        var before = statements.sameContent(statement);
        if (before.isPresent()) {
            return statement.refused(new Verdict(
                    Refusal.DUPLICATE_THEIRS,
                    "The same statement came before, as " + before.get()
                            + ". It was not counted twice; nothing else to do."));
        }
        var share = statement.rows() + statement.refusedRows();
        if (statement.refusedRows() * 2 > share) {
            return statement.refused(new Verdict(
                    Refusal.STATEMENT_UNREADABLE,
                    statement.refusedRows() + " of " + share + " rows cannot be read, the first in line "
                            + read.refused().getFirst().line() + ": "
                            + read.refused().getFirst().reason()));
        }
        return statement;
    }

    /** Rows that were refused, corrected by a person and released: they join the statement they came with. */
    private long takeReleased(KnownHere known) throws IOException {
        var taken = 0L;
        for (var released : quarantine.released(JOB)) {
            var broker = released.row().feed().substring(FEED_PREFIX.length());
            var statement = jdbc.sql(STATEMENT_OF_FILE)
                    .param("broker", broker)
                    .param("sha256", released.row().fileHash())
                    .query((row, number) -> Map.entry(row.getLong(1), row.getString(2)))
                    .optional();
            if (statement.isEmpty()) {
                quarantine.refusedAgain(
                        released,
                        "STATEMENT_GONE",
                        "Its statement has been superseded: release the row of the new one.");
                continue;
            }
            taken += takeReleased(released, broker, statement.get(), known);
        }
        return taken;
    }

    private int takeReleased(QuarantinedRow released, String broker, Map.Entry<Long, String> statement, KnownHere known)
            throws IOException {
        var wrong = BrokerStatement.row(
                released.effectiveText(),
                released.row().line(),
                0,
                statement.getValue(),
                layout(broker),
                known,
                0,
                row -> {});
        if (wrong != null) {
            quarantine.refusedAgain(released, wrong.errorClass(), wrong.reason());
            return 0;
        }
        jdbc.sql(CORRECTED)
                .param("statement", statement.getKey())
                .param("line", released.row().line())
                .param("text", released.effectiveText())
                .update();
        quarantine.applied(released);
        return 1;
    }

    private BrokerLayout layout(String broker) {
        var layout = layouts.get(broker);
        if (layout == null) {
            throw new IllegalStateException("No layout is declared for " + broker + " in layouts.json");
        }
        return layout;
    }

    private static Optional<LocalDate> dateOf(String name) {
        var parts = NAME.matcher(name);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(parts.group(1), DateTimeFormatter.BASIC_ISO_DATE));
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }
}
