package org.tradesuite.reconciliation.breaks;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.web.Cursor;
import org.tradesuite.web.ProblemException;

/**
 * The breaks as people look for them. What a filter does not ask for is not in the query, so that the database sees which
 * index serves it: one query with every condition made optional would look through a million breaks.
 */
public final class BreakList {

    private static final String SHOWN = """
        select b.break_id, b.row_version, b.feed, b.break_class, b.cause_code, b.account_id, b.broker_id, b.instrument_id, b.isin,
            b.currency, b.reference, b.side, b.ours, b.theirs, b.difference, b.detail, b.money_at_risk, b.base_currency,
            b.firm_money, b.material, b.business_date, b.first_seen, b.last_seen, b.opened_on, b.reopened,
            greatest(until.number - since.number, 0) as age_days, a.age_bucket, b.due_on,
            b.status in ('OPEN', 'CLOSING') and b.due_on < day.as_of as overdue, b.owner, b.status, b.closing_kind, b.resolution,
            b.close_reason, b.closing_asked_by, b.closed_by, b.closed_at, b.cleared_by_job, b.resolved_on, b.cleared_by_run
        from (%s) page
        join reconciliation.break b using (break_id)
        left join reconciliation.desk_day day on true
        left join reconciliation.business_date since on since.calendar = b.calendar and since.date = b.first_seen
        left join reconciliation.business_date until on until.calendar = b.calendar and until.date = case b.status
            when 'RESOLVED' then b.resolved_on when 'CLOSED' then b.last_seen else day.as_of end
        left join reconciliation.age_bucket a
            on greatest(until.number - since.number, 0) between a.from_days and coalesce(a.to_days, 2147483647)
        order by page.place
        """;
    private static final String ONE = SHOWN.formatted("select cast(:id as bigint) as break_id, 1 as place");

    /** First and last date of a bucket, by calendar. */
    private static final String AGED = """
        select d.calendar, min(d.date) as earliest, max(d.date) as latest
        from reconciliation.desk_day day
        cross join reconciliation.age_bucket a
        join reconciliation.business_date today on today.date = day.as_of
        join reconciliation.business_date d on d.calendar = today.calendar and d.date <= day.as_of
            and today.number - d.number between a.from_days and coalesce(a.to_days, 2147483647)
        where a.age_bucket = :bucket
        group by d.calendar
        """;

    private static final int MANY = 5_000;
    private static final LocalDate NEVER = LocalDate.of(9999, 12, 31);

    private static final String COMMENTS = """
        select at, author, text from reconciliation.break_comment where break_id = :id order by comment_id
        """;

    /** What somebody said about a break. */
    public record Said(Instant at, String author, String text) {}

    private record Aged(String calendar, LocalDate earliest, LocalDate latest) {}

    private final JdbcClient jdbc;

    public BreakList(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<ListedBreak> one(long id) {
        return jdbc.sql(ONE).param("id", id).query((row, number) -> read(row)).optional();
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
        var parameters = new HashMap<String, Object>();
        var where = new StringBuilder("true");
        where(filter, where, parameters);
        if (from != null) {
            where.append(sort.behind());
            parameters.put("key", key(from, sort));
            parameters.put("after", after(from));
        }
        parameters.put("limit", limit);
        return jdbc.sql(SHOWN.formatted("select b.break_id, row_number() over (order by " + sort.order()
                        + ") as place from reconciliation.break b where " + where + " order by " + sort.order()
                        + " limit :limit"))
                .params(parameters)
                .query((row, number) -> read(row))
                .list();
    }

    private static String key(Cursor from, BreakSort sort) {
        var key = from.keys().get(1);
        if (!from.keys().getFirst().equals(sort.name()) || !sort.takes(key)) {
            throw otherList();
        }
        return key;
    }

    private static long after(Cursor from) {
        if (!from.keys().getLast().matches("[0-9]{1,18}")) {
            throw otherList();
        }
        return Long.parseLong(from.keys().getLast());
    }

    private static ProblemException otherList() {
        return ProblemException.inField(
                "cursor",
                ProblemCode.INVALID_CURSOR,
                "The cursor is of a list in another order. Start again without it.");
    }

    private void where(BreakFilter filter, StringBuilder where, Map<String, Object> parameters) {
        var open = filter.open();
        if (open != null) {
            where.append(open ? " and b.status in ('OPEN', 'CLOSING')" : " and b.status in ('CLOSED', 'RESOLVED')");
        }
        if (filter.status() != null) {
            where.append(
                    switch (filter.status()) {
                        case OPEN -> " and b.status = 'OPEN'";
                        case CLOSING -> " and b.status = 'CLOSING'";
                        case CLOSED -> " and b.status = 'CLOSED'";
                        case RESOLVED -> " and b.status = 'RESOLVED'";
                    });
        }
        equal(filter.businessDate(), " and b.business_date = :businessDate", "businessDate", where, parameters);
        equal(filter.feed(), " and b.feed = :feed", "feed", where, parameters);
        equal(filter.breakClass(), " and b.break_class = :class", "class", where, parameters);
        equal(filter.causeCode(), " and b.cause_code = :cause", "cause", where, parameters);
        equal(filter.accountId(), " and b.account_id = :account", "account", where, parameters);
        equal(filter.brokerId(), " and b.broker_id = :broker", "broker", where, parameters);
        equal(filter.instrumentId(), " and b.instrument_id = :instrument", "instrument", where, parameters);
        equal(filter.currency(), " and b.currency = :currency", "currency", where, parameters);
        equal(filter.owner(), " and b.owner = :owner", "owner", where, parameters);
        equal(filter.material(), " and b.material = :material", "material", where, parameters);
        equal(
                filter.dueBy(),
                " and coalesce(b.due_on, '9999-12-31') <= cast(:dueBy as date)",
                "dueBy",
                where,
                parameters);
        aged(filter.ageBucket(), where, parameters);
        text(filter, where, parameters);
    }

    private static void equal(
            @Nullable Object wanted,
            String condition,
            String name,
            StringBuilder where,
            Map<String, Object> parameters) {
        if (wanted != null) {
            where.append(condition);
            parameters.put(name, wanted);
        }
    }

    /** A bucket is a span of dates, another one for each calendar. */
    private void aged(@Nullable String bucket, StringBuilder where, Map<String, Object> parameters) {
        if (bucket == null) {
            return;
        }
        var spans = jdbc.sql(AGED)
                .param("bucket", bucket)
                .query((row, number) -> new Aged(
                        row.getString("calendar"),
                        row.getObject("earliest", LocalDate.class),
                        row.getObject("latest", LocalDate.class)))
                .list();
        where.append("""
             and b.first_seen between :earliest and :latest and (b.calendar, b.first_seen) in (
                select s.calendar, cast(d as date)
                from unnest(cast(:calendars as text[]), cast(:earliests as date[]), cast(:latests as date[])) as s (calendar, earliest, latest)
                cross join lateral generate_series(s.earliest, s.latest, interval '1 day') d)
            """);
        // Without any day reconciled there is no age, and nothing is shown.
        parameters.put(
                "earliest",
                spans.stream().map(Aged::earliest).min(LocalDate::compareTo).orElse(NEVER));
        parameters.put(
                "latest",
                spans.stream().map(Aged::latest).max(LocalDate::compareTo).orElse(NEVER));
        parameters.put("calendars", spans.stream().map(Aged::calendar).toArray(String[]::new));
        parameters.put(
                "earliests",
                spans.stream().map(span -> span.earliest().toString()).toArray(String[]::new));
        parameters.put(
                "latests", spans.stream().map(span -> span.latest().toString()).toArray(String[]::new));
    }

    /**
     * Few that fit are looked up by their numbers; where many do, a page is full before many were looked at. The server
     * cannot tell the two from the pattern alone.
     */
    private void text(BreakFilter filter, StringBuilder where, Map<String, Object> parameters) {
        if (filter.text() == null) {
            return;
        }
        var upper = filter.text().strip().toUpperCase(Locale.ROOT);
        var prefix = upper.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
        parameters.put("prefix", prefix);
        parameters.put("text", upper);
        var numbers = new TreeSet<Long>();
        for (var column :
                List.of("upper(b.reference) like :prefix", "b.instrument_id like :prefix", "b.isin = :text")) {
            jdbc.sql("select b.break_id from reconciliation.break b where " + column
                            + (Boolean.TRUE.equals(filter.open()) ? " and b.status in ('OPEN', 'CLOSING')" : "")
                            + " limit :many")
                    .param("prefix", prefix)
                    .param("text", upper)
                    .param("many", MANY)
                    .query((row, number) -> row.getLong(1))
                    .list()
                    .forEach(numbers::add);
        }
        if (upper.matches("[0-9]{1,18}")) {
            numbers.add(Long.valueOf(upper));
        }
        if (numbers.size() < MANY) {
            where.append(" and b.break_id = any(:numbers)");
            parameters.put("numbers", numbers.toArray(Long[]::new));
        } else {
            where.append(" and (upper(b.reference) like :prefix or b.isin = :text or b.instrument_id like :prefix)");
        }
    }

    private static ListedBreak read(ResultSet row) throws SQLException {
        var closedAt = row.getObject("closed_at", OffsetDateTime.class);
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
                row.getObject("cleared_by_run", Long.class));
    }
}
