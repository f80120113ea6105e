package org.tradesuite.reconciliation.broker;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.tradesuite.reconciliation.statement.Feed;
import org.tradesuite.reconciliation.statement.NewStatement;
import org.tradesuite.reconciliation.statement.Refusal;
import org.tradesuite.reconciliation.statement.StatementStore;
import org.tradesuite.reconciliation.statement.Verdict;
import org.tradesuite.runsheet.intake.CopyLoader;
import org.tradesuite.runsheet.intake.DropFolder;
import org.tradesuite.runsheet.intake.DroppedFile;
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
    private static final CopyLoader ROWS = CopyLoader.into(
            "reconciliation.broker_row",
            "statement_id",
            "line",
            "broker_id",
            "reference",
            "refs",
            "account_id",
            "instrument_id",
            "isin",
            "symbol",
            "mic",
            "side",
            "quantity",
            "price",
            "gross",
            "commission",
            "fees",
            "net",
            "trade_date",
            "settle_date",
            "currency");
    private static final String STATEMENT_OF_FILE = """
        select statement_id, split_part(content, E'\\n', 1) as heading
        from reconciliation.statement
        where feed = 'BROKER_TRADE' and sender = :broker and sha256 = :sha256 and status = 'LOADED'
        """;

    /** What a step has done, for the job board. */
    record Taken(int statements, long rows, long quarantined) {}

    private final Map<String, BrokerLayout> layouts;
    private final Path drop;
    private final StatementStore statements;
    private final Quarantine quarantine;
    private final DataSource dataSource;
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
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
    }

    Taken take(LocalDate businessDate) throws SQLException {
        var accounts = Set.copyOf(jdbc.sql("select account_id from reference_api.account")
                .query((row, number) -> row.getString(1))
                .list());
        var instruments = instruments();
        var files = 0;
        var rows = 0L;
        var quarantined = 0L;
        for (var broker : new TreeSet<>(layouts.keySet())) {
            for (var file : DropFolder.at(drop.resolve(broker)).waiting("*.csv")) {
                var date = dateOf(file.name());
                if (statements.isWaitingToBeFiled(file)
                        || date.filter(named -> named.isAfter(businessDate)).isPresent()) {
                    continue;
                }
                var read = take(broker, file, date.orElse(null), businessDate, accounts, instruments);
                files++;
                rows += read.rows();
                quarantined += read.refusedRows();
            }
        }
        rows += takeReleased(accounts, instruments);
        return new Taken(files, rows, quarantined);
    }

    private NewStatement take(
            String broker,
            DroppedFile file,
            @Nullable LocalDate statementDate,
            LocalDate businessDate,
            Set<String> accounts,
            Map<String, String> instruments)
            throws SQLException {
        var read = BrokerStatement.read(file.text(), layout(broker), accounts);
        var statement = judged(
                new NewStatement(
                        Feed.BROKER_TRADE,
                        broker,
                        null,
                        null,
                        null,
                        null,
                        1,
                        statementDate,
                        file.name(),
                        file.sha256(),
                        file.text(),
                        file.sha256(),
                        null,
                        null,
                        read.rows().size(),
                        read.refused().size(),
                        read.verdict()),
                read);
        var id = statements.keep(statement, businessDate, JOB);
        var refused = statement.refused();
        statements.took(file, JOB, businessDate, refused == null ? null : refused.reason());
        if (refused == null) {
            load(id, broker, read.rows(), instruments);
            quarantine.keep(read.refused().stream()
                    .map(row -> RefusedRow.of(
                            FEED_PREFIX + broker,
                            file,
                            row.line(),
                            row.text(),
                            row.errorClass(),
                            row.reason(),
                            JOB,
                            businessDate))
                    .toList());
        }
        return statement;
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
    private long takeReleased(Set<String> accounts, Map<String, String> instruments) throws SQLException {
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
            taken += takeReleased(released, broker, statement.get(), accounts, instruments);
        }
        return taken;
    }

    private int takeReleased(
            QuarantinedRow released,
            String broker,
            Map.Entry<Long, String> statement,
            Set<String> accounts,
            Map<String, String> instruments)
            throws SQLException {
        var refused = new ArrayList<BrokerStatement.Refused>();
        var row = BrokerStatement.row(
                released.effectiveText(),
                released.row().line(),
                statement.getValue().strip(),
                layout(broker),
                accounts,
                refused);
        if (row.isEmpty()) {
            var why = refused.getFirst();
            quarantine.refusedAgain(released, why.errorClass(), why.reason());
            return 0;
        }
        load(statement.getKey(), broker, List.of(row.get()), instruments);
        quarantine.applied(released);
        return 1;
    }

    private void load(long statement, String broker, List<BrokerRow> rows, Map<String, String> instruments)
            throws SQLException {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            ROWS.load(connection, rows.stream().map(row -> new @Nullable Object[] {
                statement,
                row.line(),
                broker,
                row.reference(),
                row.references(),
                row.account(),
                instrument(row, instruments),
                row.isin(),
                row.symbol(),
                row.mic(),
                row.side(),
                row.quantity(),
                row.price(),
                row.gross(),
                row.commission(),
                row.fees(),
                row.net(),
                row.tradeDate(),
                row.settleDate(),
                row.currency()
            }));
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    /** By ISIN and market, or by symbol and market where there is no ISIN; null if we do not know it. */
    private static @Nullable String instrument(BrokerRow row, Map<String, String> instruments) {
        var isin = row.isin();
        var byIsin = isin == null ? null : instruments.get(isin + "@" + row.mic());
        return byIsin != null || isin != null ? byIsin : instruments.get(row.symbol() + "@" + row.mic());
    }

    private Map<String, String> instruments() {
        var known = new HashMap<String, String>();
        jdbc.sql("select instrument_id, isin, symbol, mic from reference_api.instrument")
                .query(row -> {
                    var mic = row.getString("mic");
                    known.put(row.getString("symbol") + "@" + mic, row.getString("instrument_id"));
                    if (row.getString("isin") != null) {
                        known.put(row.getString("isin") + "@" + mic, row.getString("instrument_id"));
                    }
                });
        return known;
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
