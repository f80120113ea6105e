package org.tradesuite.suite.benchmark;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalPostgres;
import org.tradesuite.reconciliation.breaks.Break;
import org.tradesuite.reconciliation.breaks.BreakFilter;
import org.tradesuite.reconciliation.breaks.BreakList;
import org.tradesuite.reconciliation.breaks.BreakSort;
import org.tradesuite.reconciliation.breaks.BreakSummary;
import org.tradesuite.reconciliation.breaks.ListedBreak;
import org.tradesuite.web.Cursor;

/**
 * How long the break screen's pages and its summary take when a million breaks are open: every filter alone, filters that
 * go together and some that find nothing or only what the order has at its end, each in every order.
 */
final class BreakScreenBenchmark {

    private static final int ROUNDS = 5;
    private static final int PAGE = 101;
    private static final double WANTED_MILLIS = 200;

    private static final List<String> MILLION = List.of(
            "insert into reconciliation.desk_day (as_of) values ('2026-11-20')",
            """
            insert into reconciliation.business_date
            select c, d::date, extract(isodow from d) < 6,
                sum(case when extract(isodow from d) < 6 then 1 else 0 end) over (partition by c order by d)
            from unnest(array['GBLO', 'EUTA', 'USNY', 'Sat/Sun']) c, generate_series('2025-01-01'::date, '2027-12-31', '1 day') d
            """,
            """
            insert into reconciliation.break (break_key, feed, break_class, account_id, broker_id, instrument_id, isin, currency,
                reference, side, ours, theirs, difference, amount_at_risk, money_at_risk, base_currency, firm_money, material,
                calendar, business_date, first_seen, last_seen, opened_on, owner, due_on, cause_code, status, stream_version)
            select md5(n::text), (array['BROKER_TRADE', 'CUSTODIAN_POSITION', 'CUSTODIAN_CASH'])[1 + n % 3],
                (array['QUANTITY', 'PRICE', 'AMOUNT', 'MISSING_OURS', 'MISSING_THEIRS', 'SETTLE_DATE', 'POSITION_QTY',
                    'CASH_BALANCE'])[1 + (hashint4(n) & 7)],
                'ACC' || n % 200, (array['ALFA', 'BRAVO', 'CHARLIE'])[1 + n % 3], 'S' || n % 5000 || '.XLON',
                'GB00' || lpad((n % 5000)::text, 8, '0'), 'GBP', 'T-' || n, 'BUY', '100', '110', '10',
                money, money, 'GBP', round(money * 1.25, 2), money > 1000, (array['GBLO', 'EUTA', 'USNY'])[1 + n % 3],
                day, day, '2026-11-20', day, 'user' || n % 20, day + 5, case when n % 4 = 0 then 'COMMISSION' end, 'OPEN', 1
            from (
                select n, '2026-11-20'::date - (n * 31 % 60) as day, round((hashint4(n + 7)::bigint + 2147483648) / 700000.0, 2) as money
                from generate_series(1, 1000000) n) made
            """,
            "analyze reconciliation.break",
            "analyze reconciliation.break_card",
            "analyze reconciliation.break_rollup",
            "analyze reconciliation.business_date");

    private static final BreakFilter OPEN = filter("open");
    private static final Map<String, BreakFilter> FILTERS = new LinkedHashMap<>();

    static {
        FILTERS.put("all that are open", OPEN);
        FILTERS.put("those that are over too", filter(""));
        FILTERS.put("of an account", filter("open account=ACC7"));
        FILTERS.put("of an instrument", filter("open instrument=S77.XLON"));
        FILTERS.put("of an owner", filter("open owner=user3"));
        FILTERS.put("of a feed and class", filter("open feed=BROKER_TRADE class=PRICE"));
        FILTERS.put("of a date", filter("open date=2026-11-03"));
        FILTERS.put("of an age, new", filter("open age=0-1"));
        FILTERS.put("of an age, some days", filter("open age=4-7"));
        FILTERS.put("of an age, most", filter("open age=8-30"));
        FILTERS.put("of an age, old", filter("open age=31+"));
        FILTERS.put("of an age, over too", filter("age=8-30"));
        FILTERS.put("without material ones", filter("open material=false"));
        FILTERS.put("due by a date, of a broker", filter("open due=2026-10-01 broker=BRAVO"));
        FILTERS.put("by a reference", filter("open text=t-12345"));
        FILTERS.put("by a reference of many", filter("open text=t-1"));
        FILTERS.put("by a reference of many, of an owner", filter("open text=t-1 owner=user3"));
        FILTERS.put("by a number", filter("text=4711"));
        FILTERS.put("by an ISIN, small ones", filter("open text=GB0000000077 material=false"));
        FILTERS.put(
                "of all that can be named",
                filter("open feed=BROKER_TRADE broker=ALFA currency=GBP cause=COMMISSION age=31+"));
        FILTERS.put("nothing, of a word nobody bears", filter("open account=NONE"));
        FILTERS.put("nothing, of a currency and cause", filter("open currency=USD cause=FEE"));
        FILTERS.put("nothing, of a feed and broker", filter("open feed=BROKER_TRADE broker=BRAVO"));
        FILTERS.put("nothing, of an account and owner", filter("open account=ACC7 owner=user3"));
        FILTERS.put("nothing, of those over", filter("status=CLOSED"));
        FILTERS.put(
                "nothing, small ones of a date and broker",
                filter("open material=false date=2026-11-20 broker=BRAVO age=31+"));
    }

    private interface Look {
        Object now();
    }

    private BreakScreenBenchmark() {}

    static void run(Path folder, Scoreboard board) throws SQLException {
        try (var postgres = LocalPostgres.start(folder.resolve("postgres"), 0)) {
            var database = postgres.newDatabase();
            try (var owner = database.dataSource(DatabaseRole.OWNER).getConnection()) {
                for (var command : MILLION) execute(owner, command);
            }
            // The screen's connections come from a pool.
            var pool = new SingleConnectionDataSource(
                    database.dataSource(DatabaseRole.RECONCILIATION).getConnection(), true);
            var jdbc = JdbcClient.create(pool);
            var breaks = new BreakList(jdbc);
            var summary = new BreakSummary(jdbc);
            FILTERS.forEach((what, filter) ->
                    told(board, what, slowest(sort -> millis(() -> page(breaks, filter, sort, null)))));
            told(board, "the pages after the first", slowest(sort -> pages(breaks, sort)));
            told(board, "summary", millis(() -> summary.cells(null, null, null)));
            told(board, "summary of an account", millis(() -> summary.cells(null, "ACC7", null)));
            told(board, "recurring causes", millis(() -> summary.recurring(5)));
            pool.destroy();
            postgres.drop(database);
        }
    }

    private static void told(Scoreboard board, String what, List<Double> millis) {
        board.add(Figure.of("break screen, " + what, "ms", millis).atMost(WANTED_MILLIS, WANTED_MILLIS));
    }

    /** Of the order that takes longest. */
    private static List<Double> slowest(Function<BreakSort, List<Double>> of) {
        return Stream.of(BreakSort.values())
                .map(of)
                .max(Comparator.comparingDouble(Figure::median))
                .orElseThrow();
    }

    private static List<ListedBreak> page(BreakList breaks, BreakFilter filter, BreakSort sort, @Nullable Cursor from) {
        return breaks.page(filter, sort, from, PAGE);
    }

    private static List<Double> pages(BreakList breaks, BreakSort sort) {
        var taken = new ArrayList<Double>();
        Cursor from = null;
        for (var round = 0; round < ROUNDS; round++) {
            var began = System.nanoTime();
            var last = page(breaks, OPEN, sort, from).getLast();
            if (from != null) taken.add((System.nanoTime() - began) / 1e6);
            from = Cursor.of(sort.name(), sort.key(last), Long.toString(last.id()));
        }
        return taken;
    }

    /** @param words what is asked for, by name */
    private static BreakFilter filter(String words) {
        var asked = Stream.of(words.split(" ", -1))
                .collect(
                        Collectors.toMap(word -> word.split("=", 2)[0], word -> word.substring(word.indexOf('=') + 1)));
        var material = asked.get("material");
        var date = asked.get("date");
        var due = asked.get("due");
        var status = asked.get("status");
        return new BreakFilter(
                date == null ? null : LocalDate.parse(date),
                asked.get("feed"),
                status == null ? null : Break.Status.valueOf(status),
                asked.containsKey("open") ? true : null,
                asked.get("class"),
                asked.get("cause"),
                asked.get("account"),
                asked.get("broker"),
                asked.get("instrument"),
                asked.get("currency"),
                asked.get("owner"),
                asked.get("age"),
                material == null ? null : Boolean.valueOf(material),
                due == null ? null : LocalDate.parse(due),
                asked.get("text"));
    }

    /** Every round, the first and coldest too. */
    private static List<Double> millis(Look look) {
        var taken = new ArrayList<Double>();
        for (var round = 0; round < ROUNDS; round++) {
            var began = System.nanoTime();
            look.now();
            taken.add((System.nanoTime() - began) / 1e6);
        }
        return taken;
    }

    private static void execute(Connection connection, String command) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
