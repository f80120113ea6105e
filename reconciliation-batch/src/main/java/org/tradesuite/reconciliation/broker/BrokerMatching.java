package org.tradesuite.reconciliation.broker;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.tradesuite.reconciliation.delivery.Delivery;
import org.tradesuite.reconciliation.rules.RuleSet;
import org.tradesuite.reconciliation.statement.Feed;
import org.tradesuite.reconciliation.statement.WholeSets;

/**
 * Compares what each broker says with what we booked: our trades stream out of the database, their rows out of the file as
 * it was archived, both into one {@link BrokerComparison}; what comes out is written as it is found. One transaction of the caller
 * for all brokers of a date, in which the result is made anew, so it may run again.
 */
final class BrokerMatching {

    private static final String STATEMENTS = """
        select s.statement_id, s.content as heading, coalesce(f.archived, f.path) as file, s.member, s.content_sha256,
            greatest(f.bytes, s.rows * 200) as bytes, s.layout_set, s.layout_version,
            s.statement_date = :date as whole
        from reconciliation.statement s
        cross join lateral (
            select f.archived, f.path, f.bytes from reconciliation.statement_file f
            where f.sha256 = s.sha256 and f.job = 'reconcile-brokers' and f.refused is null
            order by f.taken_at desc limit 1) f
        where s.status = 'LOADED' and s.feed = :feed and s.sender = :broker
            and (s.statement_date = :date or s.statement_date < :date and exists (
                select from reconciliation.break b
                where b.feed = :feed and b.break_class = 'MISSING_OURS' and (b.status in ('OPEN', 'CLOSING') or b.resolved_on = :date)
                    and b.their_statement = s.statement_id))
        order by s.statement_id
        """;
    private static final String COMPARABLE = """
        select sender, feed from reconciliation.statement
        where feed in ('BROKER_TRADE', 'BROKER_DROP_COPY') and status = 'LOADED' and statement_date = :date
        order by sender, feed desc
        """;
    private static final String LAYOUT = """
        select layout_set, layout_version from reconciliation.statement
        where status = 'LOADED' and feed = :feed and sender = :broker and statement_date = :date
        """;
    private static final String ROWS = """
        select coalesce(sum(rows), 0) from reconciliation.statement
        where status = 'LOADED' and feed = :feed and sender = :broker and statement_date = :date
        """;
    private static final int SIDES = 2;
    private static final String CORRECTED_ROWS =
            "select line, 0 as at, text from reconciliation.corrected_row where statement_id = :statement order by"
                    + " line";
    private static final String STILL_MISSING = """
        select b.their_line as line, b.their_offset as at, c.text
        from reconciliation.break b
        left join reconciliation.corrected_row c on c.statement_id = b.their_statement and c.line = b.their_line
        where b.feed = :feed and b.break_class = 'MISSING_OURS' and (b.status in ('OPEN', 'CLOSING') or b.resolved_on = :date)
            and b.their_statement = :statement
        order by b.their_line
        """;
    private static final String BUSTED =
            "select exec_id from execution_api.fill where broker_id = :broker and not live";
    private static final List<String> FORGET = List.of(
            "delete from reconciliation.found_break where job = 'reconcile-brokers' and reconciled_on = :date"
                    + " and feed = :feed and broker_id = :broker",
            "delete from reconciliation.match_proposal where reconciled_on = :date and feed = :feed and broker_id ="
                    + " :broker",
            "delete from reconciliation.match_bucket where reconciled_on = :date and feed = :feed and broker_id ="
                    + " :broker",
            "delete from reconciliation.match_run where reconciled_on = :date and feed = :feed and broker_id ="
                    + " :broker");

    /** Statements of dates that were reconciled, which were not there then or of which a row was released since. */
    private static final String LATE = """
        select distinct s.statement_date, s.sender, s.feed
        from reconciliation.statement s
        where s.feed in ('BROKER_TRADE', 'BROKER_DROP_COPY') and s.status = 'LOADED' and s.statement_date < :date
            and exists (
                select from reconciliation_api.job_run j
                where j.job = 'reconcile-brokers' and j.business_date = s.statement_date and j.status = 'COMPLETED')
            and not exists (
                select from reconciliation.match_run r
                where r.reconciled_on = s.statement_date and r.feed = s.feed and r.broker_id = s.sender
                    and s.statement_id = any(r.statements) and r.inputs <> '')
        order by 1, 2, 3 desc
        """;

    private static final String LAST_RUN = """
        select inputs, our_rows from reconciliation.match_run
        where reconciled_on = :date and feed = :feed and broker_id = :broker and inputs <> ''
        """;
    private static final String MATCHED = """
        update reconciliation.match_run set inputs = :inputs, our_rows = :ourRows
        where reconciled_on = :date and feed = :feed and broker_id = :broker
        """;
    private static final String DECISIONS = """
        select proposal_key || state || stream_version from reconciliation.match_decision
        where feed = :feed and broker_id = :broker and reconciled_on >= :date
        order by proposal_key
        """;
    private static final String FILES = """
        select distinct coalesce(f.archived, f.path) as file, f.bytes, s.sha256
        from reconciliation.statement s
        join reconciliation.statement_file f on f.sha256 = s.sha256 and f.job = 'reconcile-brokers' and f.refused is null
        where s.statement_id = any(:statements)
        """;

    private static final BrokerComparison.Compared NOTHING = new BrokerComparison.Compared(0, 0, 0, 0, "");

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

    /** Whose statement or drop copy for the date counts; only these are compared. */
    List<Source> comparable(LocalDate date) {
        return sources(COMPARABLE, date);
    }

    private List<Source> sources(String sql, LocalDate date) {
        return jdbc.sql(sql)
                .param("date", date)
                .query((row, number) -> new Source(row.getString("sender"), Feed.valueOf(row.getString("feed"))))
                .list();
    }

    /** What came late for earlier dates that were reconciled, by date: these are to be matched again, and no others. */
    SortedMap<LocalDate, List<Source>> late(LocalDate date) {
        var late = new TreeMap<LocalDate, List<Source>>();
        jdbc.sql(LATE).param("date", date).query(row -> {
            late.computeIfAbsent(row.getObject("statement_date", LocalDate.class), none -> new ArrayList<>())
                    .add(new Source(row.getString("sender"), Feed.valueOf(row.getString("feed"))));
        });
        return late;
    }

    /**
     * Those of which nothing has changed since they were matched last keep what came of it then.
     *
     * @param sources those with a statement that counts for the date
     * @return how many pairs were made and differences found
     */
    BrokerComparison.Compared match(LocalDate date, Collection<Source> sources, RowsTold.Meter meter)
            throws SQLException, IOException {
        return match(date, sources, source -> rules.passes(source, date), means, true, meter);
    }

    /** Whatever has changed or not. */
    BrokerComparison.Compared matchAnew(
            LocalDate date, Collection<Source> sources, AgreedRules.Passes passes, BrokerComparison.Means by)
            throws SQLException, IOException {
        return match(date, sources, source -> passes, by, false, RowsTold.Meter.none());
    }

    private BrokerComparison.Compared match(
            LocalDate date,
            Collection<Source> sources,
            Function<Source, AgreedRules.Passes> passes,
            BrokerComparison.Means by,
            boolean onlyChanged,
            RowsTold.Meter meter)
            throws SQLException, IOException {
        WholeSets.join(jdbc);
        var known = KnownHere.now(jdbc);
        var all = NOTHING;
        // Each row is counted when it is read and when it is told what became of it.
        try (var told = new RowsTold((rows, total) -> meter.done(rows / 2, total / 2))) {
            var expected = new HashMap<Source, Long>();
            for (var source : sources) {
                expected.put(source, 2 * SIDES * rows(date, source));
            }
            expected.values().forEach(told::expect);
            for (var source : sources) {
                var one = match(date, source, known, passes.apply(source), by, onlyChanged, told);
                told.expect(2 * (one.ours() + one.theirs()) - expected.getOrDefault(source, 0L));
                all = new BrokerComparison.Compared(
                        all.ours() + one.ours(),
                        all.theirs() + one.theirs(),
                        all.pairs() + one.pairs(),
                        all.breaks() + one.breaks(),
                        "");
            }
        }
        return all;
    }

    /** Of the broker's side; ours will be about as many. */
    private long rows(LocalDate date, Source source) {
        return of(source, ROWS).param("date", date).query(Long.class).single();
    }

    private BrokerComparison.Compared match(
            LocalDate date,
            Source source,
            KnownHere known,
            AgreedRules.Passes passes,
            BrokerComparison.Means by,
            boolean onlyChanged,
            RowsTold told)
            throws SQLException, IOException {
        var layout = layout(date, source);
        var rowPerFill = layout.layout().rowPerFill();
        var statements = statements(date, source);
        var busted = new HashSet<>(jdbc.sql(BUSTED)
                .param("broker", source.broker())
                .query((row, number) -> row.getString(1))
                .list());
        var inputs = inputs(date, source, known, passes, layout, statements, busted);
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            if (onlyChanged && isUnchanged(connection, date, source, rowPerFill, inputs, statements)) {
                return NOTHING;
            }
            for (var command : FORGET) {
                of(source, command).param("date", date).update();
            }
            // Before our trades stream out of the same connection.
            var decisions = Decisions.of(connection, source, date);
            final BrokerComparison.Compared compared;
            try (var trades = OurTrades.of(connection, source, rowPerFill, date)) {
                compared = new BrokerComparison(passes, by)
                        .compare(
                                connection,
                                date,
                                source,
                                layout.version(),
                                known,
                                busted,
                                decisions,
                                trades,
                                statements,
                                told);
            }
            of(source, MATCHED)
                    .param("date", date)
                    .param("inputs", inputs)
                    .param("ourRows", compared.ourRows())
                    .update();
            return compared;
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    /** A hash over all that decides what comes of it, but our trades. */
    private String inputs(
            LocalDate date,
            Source source,
            KnownHere known,
            AgreedRules.Passes passes,
            AgreedRules.Agreed layout,
            Statements statements,
            Set<String> busted) {
        var decided = of(source, DECISIONS)
                .param("date", date)
                .query((row, number) -> row.getString(1))
                .list();
        var read = statements.of().stream()
                .map(one -> List.of(one.id(), one.sha256(), one.whole(), one.rows()))
                .toList();
        return LeftToExplain.sha256(String.join(
                "\n",
                AgreedRules.passesOf(source) + " " + passes.rules().version() + " " + layout,
                read.toString(),
                new TreeSet<>(busted).toString(),
                decided.toString(),
                new TreeSet<>(known.accounts()).toString(),
                new TreeMap<>(known.instruments()).toString(),
                new TreeMap<>(known.isins()).toString()));
    }

    /** Neither what they say nor what we say; a file that is gone or another is left to the comparison to tell. */
    private boolean isUnchanged(
            Connection connection,
            LocalDate date,
            Source source,
            boolean rowPerFill,
            String inputs,
            Statements statements)
            throws SQLException, IOException {
        var before = of(source, LAST_RUN)
                .param("date", date)
                .query((row, number) -> List.of(row.getString("inputs"), row.getString("our_rows")))
                .optional();
        if (before.isEmpty() || !before.get().getFirst().equals(inputs)) {
            return false;
        }
        try (var trades = OurTrades.of(connection, source, rowPerFill, date)) {
            if (!OurTrades.sum(trades).equals(before.get().getLast())) {
                return false;
            }
        }
        var ids = statements.of().stream().map(Statements.One::id).toArray(Long[]::new);
        var there = jdbc
                .sql(FILES)
                .param("statements", ids)
                .query((row, number) -> {
                    var path = Path.of(row.getString("file"));
                    return new Delivery(
                            path, path.getFileName().toString(), row.getLong("bytes"), row.getString("sha256"));
                })
                .list()
                .stream()
                .filter(Delivery::stillThere)
                .map(Delivery::path)
                .collect(Collectors.toSet());
        return statements.of().stream().allMatch(one -> there.contains(one.file()));
    }

    private JdbcClient.StatementSpec of(Source source, String sql) {
        return jdbc.sql(sql).param("feed", source.feed().name()).param("broker", source.broker());
    }

    private Statements statements(LocalDate date, Source source) {
        var those = of(source, STATEMENTS)
                .param("date", date)
                .query((row, number) -> new Statements.One(
                        row.getLong("statement_id"),
                        row.getString("heading"),
                        Path.of(row.getString("file")),
                        row.getString("member"),
                        row.getString("content_sha256"),
                        row.getLong("bytes"),
                        layout(row).layout(),
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
                        rows(one, source, date)))
                .toList());
    }

    private List<Statements.Row> rows(Statements.One of, Source source, LocalDate date) {
        return of(source, of.whole() ? CORRECTED_ROWS : STILL_MISSING)
                .param("statement", of.id())
                .param("date", date)
                .query((row, number) ->
                        new Statements.Row(row.getInt("line"), row.getLong("at"), row.getString("text")))
                .list();
    }

    /** Of the statement of the date; there is one, or nothing would be compared. */
    private AgreedRules.Agreed layout(LocalDate date, Source source) {
        return of(source, LAYOUT)
                .param("date", date)
                .query((row, number) -> layout(row))
                .single();
    }

    private AgreedRules.Agreed layout(ResultSet row) throws SQLException {
        return rules.layout(RuleSet.of(row.getString("layout_set")), row.getInt("layout_version"));
    }
}
