package org.tradesuite.reconciliation.breaks;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.web.Cursor;

/** The breaks as people look at them: found by their cards, shown as they are. */
public final class BreakList {

    private static final String SHOWN = """
        select b.break_id, b.row_version, b.feed, b.break_class, b.cause_code, b.account_id, b.broker_id, b.instrument_id, b.isin,
            b.currency, b.reference, b.side, b.ours, b.theirs, b.difference, b.detail, b.money_at_risk, b.base_currency,
            b.firm_money, b.material, b.business_date, b.first_seen, b.last_seen, b.opened_on, b.reopened,
            greatest(until.number - since.number, 0) as age_days, a.age_bucket, b.due_on,
            b.status in ('OPEN', 'CLOSING') and b.due_on < day.as_of as overdue, b.owner, b.status, b.closing_kind, b.resolution,
            b.close_reason, b.closing_asked_by, b.closed_by, b.closed_at, b.cleared_by_job, b.resolved_on, b.cleared_by_run,
            b.within_the_day, b.within_the_day_at
        from unnest(:ids) with ordinality as page (break_id, place)
        join reconciliation.break b using (break_id)
        left join reconciliation.desk_day day on true
        left join reconciliation.business_date since on since.calendar = b.calendar and since.date = b.first_seen
        left join reconciliation.business_date until on until.calendar = b.calendar and until.date = case b.status
            when 'RESOLVED' then b.resolved_on when 'CLOSED' then b.last_seen else day.as_of end
        left join reconciliation.age_bucket a
            on greatest(until.number - since.number, 0) between a.from_days and coalesce(a.to_days, 2147483647)
        order by page.place
        """;
    private static final String COMMENTS = """
        select at, author, text from reconciliation.break_comment where break_id = :id order by comment_id
        """;

    /** What somebody said about a break. */
    public record Said(Instant at, String author, String text) {}

    private final JdbcClient jdbc;
    private final BreakSearch search;

    public BreakList(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.search = new BreakSearch(jdbc);
    }

    public Optional<ListedBreak> one(long id) {
        return shown(List.of(id)).stream().findFirst();
    }

    public List<Said> comments(long id) {
        return jdbc.sql(COMMENTS)
                .param("id", id)
                .query((row, number) -> new Said(
                        row.getObject("at", OffsetDateTime.class).toInstant(), row.getString(2), row.getString(3)))
                .list();
    }

    /**
     * The next breaks in an order.
     *
     * @param from where the page before ended: the order, its key and the number of the break
     */
    public List<ListedBreak> page(BreakFilter filter, BreakSort sort, @Nullable Cursor from, int limit) {
        return shown(search.find(filter, sort, from, limit));
    }

    private List<ListedBreak> shown(List<Long> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(SHOWN)
                .param("ids", ids.toArray(Long[]::new))
                .query((row, number) -> read(row))
                .list();
    }

    private static ListedBreak read(ResultSet row) throws SQLException {
        var closedAt = row.getObject("closed_at", OffsetDateTime.class);
        var withinTheDayAt = row.getObject("within_the_day_at", OffsetDateTime.class);
        return new ListedBreak(
                row.getLong("break_id"),
                row.getInt("row_version"),
                row.getString("feed"),
                row.getString("break_class"),
                row.getString("cause_code"),
                row.getString("account_id"),
                row.getString("broker_id"),
                row.getString("instrument_id"),
                row.getString("isin"),
                row.getString("currency"),
                row.getString("reference"),
                row.getString("side"),
                row.getString("ours"),
                row.getString("theirs"),
                row.getString("difference"),
                row.getString("detail"),
                row.getObject("money_at_risk", BigDecimal.class),
                row.getString("base_currency"),
                row.getObject("firm_money", BigDecimal.class),
                row.getBoolean("material"),
                row.getObject("business_date", LocalDate.class),
                row.getObject("first_seen", LocalDate.class),
                row.getObject("last_seen", LocalDate.class),
                row.getObject("opened_on", LocalDate.class),
                row.getInt("reopened"),
                row.getObject("age_days", Integer.class),
                row.getString("age_bucket"),
                row.getObject("due_on", LocalDate.class),
                row.getBoolean("overdue"),
                row.getString("owner"),
                Break.Status.valueOf(row.getString("status")),
                row.getString("closing_kind"),
                row.getString("resolution"),
                row.getString("close_reason"),
                row.getString("closing_asked_by"),
                row.getString("closed_by"),
                closedAt == null ? null : closedAt.toInstant(),
                row.getString("cleared_by_job"),
                row.getObject("resolved_on", LocalDate.class),
                row.getObject("cleared_by_run", Long.class),
                row.getBoolean("within_the_day"),
                withinTheDayAt == null ? null : withinTheDayAt.toInstant());
    }
}
