package org.tradesuite.reconciliation.breaks;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalDatabase;
import org.tradesuite.database.LocalPostgres;
import org.tradesuite.web.Cursor;

/**
 * Forty thousand open breaks, so many that a page is found by the first cards of an order, by as much of it as a sample tells,
 * or by all: whichever it is, each page has what comes next, as sorting all that fits would tell.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BreakSearchTest {

    private static final String DAYS = """
        insert into reconciliation.business_date
        select 'GBLO', d::date, extract(isodow from d) < 6,
            sum(case when extract(isodow from d) < 6 then 1 else 0 end) over (order by d)
        from generate_series('2026-01-01'::date, '2026-12-31', '1 day') d
        """;
    private static final String BREAKS = """
        insert into reconciliation.break (break_key, feed, break_class, account_id, broker_id, instrument_id, isin, currency,
            reference, side, ours, theirs, difference, amount_at_risk, money_at_risk, base_currency, firm_money, material,
            calendar, business_date, first_seen, last_seen, opened_on, owner, due_on, status, stream_version)
        select md5(n::text), 'BROKER_TRADE', 'PRICE', 'ACC' || n % 50, 'ALFA', 'VOD.XLON', 'GB00BH4HKS39', 'GBP', 'T-' || n, 'BUY', '1',
            '2', '1', n % 977, n % 977, 'GBP', n % 977, n % 977 > 500, 'GBLO', day, day, '2026-11-20', day, 'anna',
            case when n % 50 > 0 then day + n % 3 end, 'OPEN', 1
        from (select n, '2026-11-20'::date - (n * 31 % 60) as day from generate_series(1, 40000) n) made
        """;

    private final LocalDatabase database = LocalPostgres.shared().newDatabase();
    private JdbcClient jdbc;
    private SingleConnectionDataSource connection;
    private BreakList breaks;

    @BeforeAll
    void many() throws SQLException {
        connection = new SingleConnectionDataSource(
                database.dataSource(DatabaseRole.OWNER).getConnection(), true);
        jdbc = JdbcClient.create(connection);
        jdbc.sql("insert into reconciliation.desk_day (as_of) values ('2026-11-20')")
                .update();
        jdbc.sql(DAYS).update();
        jdbc.sql(BREAKS).update();
        breaks = new BreakList(jdbc);
    }

    @AfterAll
    void drop() {
        connection.destroy();
        LocalPostgres.shared().drop(database);
    }

    @ParameterizedTest
    @EnumSource
    void pages_of_an_age_follow_one_on_the_other_wherever_in_the_order_they_lie(BreakSort sort) {
        assertThat(pages(filter("8-30", null, null), sort, 997))
                .containsExactlyElementsOf(sorted("first_seen between '2026-10-09' and '2026-11-10'", sort));
    }

    @ParameterizedTest
    @EnumSource
    void pages_of_an_account_and_a_size_follow_one_on_the_other(BreakSort sort) {
        assertThat(pages(filter(null, "ACC7", false), sort, 101))
                .containsExactlyElementsOf(sorted("account_id = 'ACC7' and not material", sort));
    }

    @ParameterizedTest
    @EnumSource
    void pages_of_all_small_ones_follow_one_on_the_other(BreakSort sort) {
        assertThat(pages(filter(null, null, false), sort, 1_000))
                .containsExactlyElementsOf(sorted("not material", sort));
    }

    private static BreakFilter filter(@Nullable String age, @Nullable String account, @Nullable Boolean material) {
        return new BreakFilter(
                null, null, null, true, null, null, account, null, null, null, null, age, material, null, null);
    }

    private List<Long> pages(BreakFilter filter, BreakSort sort, int limit) {
        var all = new ArrayList<Long>();
        Cursor from = null;
        for (var page = breaks.page(filter, sort, null, limit);
                !page.isEmpty();
                page = breaks.page(filter, sort, from, limit)) {
            page.forEach(each -> all.add(each.id()));
            var last = page.getLast();
            from = Cursor.of(sort.name(), sort.key(last), Long.toString(last.id()));
        }
        return all;
    }

    private List<Long> sorted(String fits, BreakSort sort) {
        var order = switch (sort) {
            case RISK -> "firm_money desc";
            case AGE -> "first_seen";
            case DUE -> "coalesce(due_on, '9999-12-31')";
        };
        return jdbc.sql("select break_id from reconciliation.break where " + fits + " order by " + order + ", break_id")
                .query((row, number) -> row.getLong(1))
                .list();
    }
}
