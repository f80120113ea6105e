package org.tradesuite.reconciliation.broker;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.tradesuite.reconciliation.statement.WholeSets;

/**
 * Compares what each broker says with what we booked: our trades stream out of the database, their rows out of the file as
 * it was archived, both into one {@link BrokerComparison}; what comes out is written as it is found. One transaction of the caller
 * for all brokers of a date, in which the result is made anew, so it may run again.
 */
final class BrokerMatching {

    private static final String STATEMENTS = """
        select s.statement_id, s.content as heading, coalesce(f.archived, f.path) as file, s.member, s.content_sha256,
            greatest(f.bytes, s.rows * 200) as bytes, s.layout_version,
            s.statement_date = :date as whole
        from reconciliation.statement s
        cross join lateral (
            select f.archived, f.path, f.bytes from reconciliation.statement_file f
            where f.sha256 = s.sha256 and f.job = 'reconcile-brokers' and f.refused is null
            order by f.taken_at desc limit 1) f
        where s.status = 'LOADED' and s.feed = 'BROKER_TRADE' and s.sender = :broker
            and (s.statement_date = :date or s.statement_date < :date and exists (
                select from reconciliation.break b
                where b.feed = 'BROKER_TRADE' and b.break_class = 'MISSING_OURS' and (b.status in ('OPEN', 'CLOSING') or b.resolved_on = :date)
                    and b.their_statement = s.statement_id))
        order by s.statement_id
        """;
    private static final String COMPARABLE = """
        select distinct sender from reconciliation.statement
        where feed = 'BROKER_TRADE' and status = 'LOADED' and statement_date = :date
        """;
    private static final String LAYOUT = """
        select layout_version from reconciliation.statement
        where status = 'LOADED' and feed = 'BROKER_TRADE' and sender = :broker and statement_date = :date
        """;
    private static final String CORRECTED_ROWS =
            "select line, 0 as at, text from reconciliation.corrected_row where statement_id = :statement order by"
                    + " line";
    private static final String STILL_MISSING = """
        select b.their_line as line, b.their_offset as at, c.text
        from reconciliation.break b
        left join reconciliation.corrected_row c on c.statement_id = b.their_statement and c.line = b.their_line
        where b.feed = 'BROKER_TRADE' and b.break_class = 'MISSING_OURS' and (b.status in ('OPEN', 'CLOSING') or b.resolved_on = :date)
            and b.their_statement = :statement
        order by b.their_line
        """;
    private static final String BUSTED =
            "select exec_id from execution_api.fill where broker_id = :broker and not live";
    private static final List<String> FORGET = List.of(
            "delete from reconciliation.found_break where job = 'reconcile-brokers' and feed = 'BROKER_TRADE' and"
                    + " reconciled_on = :date",
            "delete from reconciliation.match_proposal where reconciled_on = :date",
            "delete from reconciliation.match_bucket where reconciled_on = :date",
            "delete from reconciliation.match_run where reconciled_on = :date");

    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final AgreedRules rules;
    private final BrokerComparison.Means means;

    BrokerMatching(DataSource dataSource, AgreedRules rules, BrokerComparison.Means means) {
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
        this.rules = rules;
        this.means = means;
    }

    /** The brokers whose statement for the date counts; only these are compared. */
    List<String> comparable(LocalDate date) {
        return jdbc.sql(COMPARABLE)
                .param("date", date)
                .query((row, number) -> row.getString(1))
                .list();
    }

    /**
     * @param brokers those with a statement that counts for the date
     * @return how many pairs were made and differences found
     */
    BrokerComparison.Compared match(LocalDate date, Collection<String> brokers) throws SQLException, IOException {
        return match(date, brokers, rules.passes(date), means);
    }

    BrokerComparison.Compared match(
            LocalDate date, Collection<String> brokers, AgreedRules.Passes passes, BrokerComparison.Means by)
            throws SQLException, IOException {
        WholeSets.join(jdbc);
        for (var command : FORGET) {
            jdbc.sql(command).param("date", date).update();
        }
        var known = KnownHere.now(jdbc);
        var all = new BrokerComparison.Compared(0, 0, 0, 0);
        for (var broker : brokers.stream().sorted().toList()) {
            var one = match(date, broker, known, new BrokerComparison(passes, by));
            all = new BrokerComparison.Compared(
                    all.ours() + one.ours(),
                    all.theirs() + one.theirs(),
                    all.pairs() + one.pairs(),
                    all.breaks() + one.breaks());
        }
        return all;
    }

    private BrokerComparison.Compared match(LocalDate date, String broker, KnownHere known, BrokerComparison comparison)
            throws SQLException, IOException {
        var layout = layoutOf(date, broker);
        var statements = statements(date, broker);
        var busted = new HashSet<>(jdbc.sql(BUSTED)
                .param("broker", broker)
                .query((row, number) -> row.getString(1))
                .list());
        Connection connection = DataSourceUtils.getConnection(dataSource);
        // Before our trades stream out of the same connection.
        var decisions = Decisions.of(connection, broker, date);
        try (var trades = OurTrades.of(connection, broker, layout.layout().rowPerFill(), date)) {
            return comparison.compare(
                    connection, date, broker, layout.version(), known, busted, decisions, trades, statements);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    private Statements statements(LocalDate date, String broker) {
        var those = jdbc.sql(STATEMENTS)
                .param("date", date)
                .param("broker", broker)
                .query((row, number) -> new Statements.One(
                        row.getLong("statement_id"),
                        row.getString("heading"),
                        Path.of(row.getString("file")),
                        row.getString("member"),
                        row.getString("content_sha256"),
                        row.getLong("bytes"),
                        rules.layout(broker, row.getInt("layout_version")),
                        row.getBoolean("whole"),
                        List.of()))
                .list();
        return new Statements(those.stream()
                .map(one -> new Statements.One(
                        one.id(),
                        one.heading(),
                        one.file(),
                        one.member(),
                        one.sha256(),
                        one.bytes(),
                        one.layout(),
                        one.whole(),
                        rows(one, date)))
                .toList());
    }

    private List<Statements.Row> rows(Statements.One of, LocalDate date) {
        return jdbc.sql(of.whole() ? CORRECTED_ROWS : STILL_MISSING)
                .param("statement", of.id())
                .param("date", date)
                .query((row, number) ->
                        new Statements.Row(row.getInt("line"), row.getLong("at"), row.getString("text")))
                .list();
    }

    /** Of the statement of the date; there is one, or nothing would be compared. */
    private AgreedRules.Layout layoutOf(LocalDate date, String broker) {
        var version = jdbc.sql(LAYOUT)
                .param("date", date)
                .param("broker", broker)
                .query(Integer.class)
                .single();
        return new AgreedRules.Layout(version, rules.layout(broker, version));
    }
}
