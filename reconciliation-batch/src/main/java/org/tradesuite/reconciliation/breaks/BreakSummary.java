package org.tradesuite.reconciliation.breaks;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Open breaks counted and added up, from the counts that the database keeps as breaks change. */
public final class BreakSummary {

    /** Ages by the calendar of each count; one without a number of days is as new as can be. */
    private static final String CELLS = """
        select r.feed, r.break_class, a.age_bucket, sum(r.open_breaks) as open_breaks,
            coalesce(sum(r.open_breaks) filter (where r.material), 0) as material,
            coalesce(sum(r.open_breaks) filter (where r.due_on < day.as_of), 0) as overdue,
            sum(r.unvalued) as unvalued, sum(r.firm_money) as firm_money
        from reconciliation.break_rollup r
        cross join reconciliation.desk_day day
        left join reconciliation.business_date since on since.calendar = r.calendar and since.date = r.first_seen
        left join reconciliation.business_date until on until.calendar = r.calendar and until.date = day.as_of
        join reconciliation.age_bucket a
            on greatest(coalesce(until.number - since.number, 0), 0) between a.from_days and coalesce(a.to_days, 2147483647)
        where r.open_breaks > 0 and (cast(:feed as text) is null or r.feed = :feed)
            and (cast(:account as text) is null or r.account_id = :account)
            and (cast(:broker as text) is null or r.broker_id = :broker)
        group by r.feed, r.break_class, a.age_bucket, a.position
        order by r.feed, r.break_class, a.position
        """;

    private static final String RECURRING = """
        select feed, broker_id, account_id, break_class, cause_code, days, breaks, last_on
        from reconciliation_api.recurring_cause
        where days >= :days
        order by days desc, breaks desc, feed, broker_id, account_id, break_class, cause_code
        limit 1000
        """;
    private static final String CAUSES =
            "select cause_code, side, meaning from reconciliation.cause_code order by cause_code";
    private static final String DAY = "select as_of from reconciliation.desk_day";
    private static final String CURRENCY = "select reconciliation.rule('CURRENCY', null, null, null)";
    private static final String BUCKETS = "select age_bucket from reconciliation.age_bucket order by position";

    /**
     * Open breaks of a feed, class and age.
     *
     * @param unvalued those whose money at risk is not known
     * @param firmMoney at risk, in the currency of the firm
     */
    public record Cell(
            String feed,
            String breakClass,
            String ageBucket,
            long open,
            long material,
            long overdue,
            long unvalued,
            BigDecimal firmMoney) {}

    /**
     * The same, broken on several days.
     *
     * @param days of the last 20 business days
     */
    public record Recurring(
            String feed,
            @Nullable String broker,
            @Nullable String account,
            String breakClass,
            @Nullable String causeCode,
            int days,
            long breaks,
            LocalDate lastOn) {}

    /**
     * Why two sides differ.
     *
     * @param side whose it is to repair
     */
    public record Cause(String code, String side, String meaning) {}

    private final JdbcClient jdbc;

    public BreakSummary(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public List<Cell> cells(@Nullable String feed, @Nullable String account, @Nullable String broker) {
        return jdbc.sql(CELLS)
                .param("feed", feed)
                .param("account", account)
                .param("broker", broker)
                .query((row, number) -> new Cell(
                        row.getString("feed"),
                        row.getString("break_class"),
                        row.getString("age_bucket"),
                        row.getLong("open_breaks"),
                        row.getLong("material"),
                        row.getLong("overdue"),
                        row.getLong("unvalued"),
                        row.getBigDecimal("firm_money")))
                .list();
    }

    public List<Recurring> recurring(int atLeastDays) {
        return jdbc.sql(RECURRING)
                .param("days", atLeastDays)
                .query((row, number) -> new Recurring(
                        row.getString("feed"),
                        row.getString("broker_id"),
                        row.getString("account_id"),
                        row.getString("break_class"),
                        row.getString("cause_code"),
                        row.getInt("days"),
                        row.getLong("breaks"),
                        row.getObject("last_on", LocalDate.class)))
                .list();
    }

    public List<Cause> causes() {
        return jdbc.sql(CAUSES)
                .query((row, number) -> new Cause(row.getString(1), row.getString(2), row.getString(3)))
                .list();
    }

    /** The newest business date that was reconciled: ages are counted up to it. */
    public @Nullable LocalDate asOf() {
        return jdbc.sql(DAY).query(LocalDate.class).optional().orElse(null);
    }

    public String firmCurrency() {
        return jdbc.sql(CURRENCY).query(String.class).single();
    }

    public List<String> ageBuckets() {
        return jdbc.sql(BUCKETS).query((row, number) -> row.getString(1)).list();
    }
}
