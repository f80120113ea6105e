package org.tradesuite.suite.benchmark;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalPostgres;
import org.tradesuite.reconciliation.breaks.BreakFilter;
import org.tradesuite.reconciliation.breaks.BreakList;
import org.tradesuite.reconciliation.breaks.BreakSort;
import org.tradesuite.reconciliation.breaks.BreakSummary;

/** How long the break screen's first page and its summary take when a million breaks are open. */
final class BreakScreenBenchmark {

    private static final int ROUNDS = 15;
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
                    'CASH_BALANCE'])[1 + hashint4(n) & 7],
                'ACC' || n % 200, (array['ALFA', 'BRAVO', 'CHARLIE'])[1 + n % 3], 'S' || n % 5000 || '.XLON',
                'GB00' || lpad((n % 5000)::text, 8, '0'), 'GBP', 'T-' || n, 'BUY', '100', '110', '10',
                money, money, 'GBP', round(money * 1.25, 2), money > 1000, (array['GBLO', 'EUTA', 'USNY'])[1 + n % 3],
                day, day, '2026-11-20', day, 'user' || n % 20, day + 5, case when n % 4 = 0 then 'COMMISSION' end, 'OPEN', 1
            from (
                select n, '2026-11-20'::date - (n * 31 % 60) as day, round((hashint4(n + 7)::bigint + 2147483648) / 700000.0, 2) as money
                from generate_series(1, 1000000) n) made
            """,
            "analyze reconciliation.break",
            "analyze reconciliation.break_rollup",
            "analyze reconciliation.business_date");

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
            var jdbc = JdbcClient.create(database.dataSource(DatabaseRole.RECONCILIATION));
            var breaks = new BreakList(jdbc);
            var summary = new BreakSummary(jdbc);
            Map<String, Look> looks = new LinkedHashMap<>();
            looks.put("all, most money first", () -> page(breaks, filter(null, null, null, null), BreakSort.RISK));
            looks.put("all, oldest first", () -> page(breaks, filter(null, null, null, null), BreakSort.AGE));
            looks.put("all, due first", () -> page(breaks, filter(null, null, null, null), BreakSort.DUE));
            looks.put("of an account", () -> page(breaks, filter("ACC7", null, null, null), BreakSort.RISK));
            looks.put("of an instrument", () -> page(breaks, filter(null, "S77.XLON", null, null), BreakSort.RISK));
            looks.put("of an age", () -> page(breaks, filter(null, null, "31+", null), BreakSort.RISK));
            looks.put("by a reference", () -> page(breaks, filter(null, null, null, "t-12345"), BreakSort.RISK));
            looks.put("summary", () -> summary.cells(null, null, null));
            looks.forEach((what, look) -> board.add(
                    Figure.of("break screen, " + what, "ms", millis(look)).atMost(WANTED_MILLIS, WANTED_MILLIS)));
            postgres.drop(database);
        }
    }

    private static BreakFilter filter(
            @Nullable String account, @Nullable String instrument, @Nullable String age, @Nullable String text) {
        return new BreakFilter(
                null, null, null, true, null, null, account, null, instrument, null, null, age, null, null, text);
    }

    private static Object page(BreakList breaks, BreakFilter filter, BreakSort sort) {
        return breaks.page(filter, sort, null, PAGE);
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
