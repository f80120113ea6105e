package org.tradesuite.reporting.limits;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.reporting.limits.LimitDay.Change;
import org.tradesuite.reporting.limits.LimitDay.Exceeded;
import org.tradesuite.reporting.limits.LimitDay.Stop;
import org.tradesuite.reporting.limits.LimitDay.Utilisation;

/** Reads what the limits of a day did from what execution publishes and from the journal. */
final class LimitDays {

    /** From when the day was opened until it was closed. */
    private static final String DAY = """
        with day as (
            select opened_at as begins, coalesce(closed_at, 'infinity') as ends
            from execution_api.business_day where business_date = :date
        ),
        asked as (
            select c.* from day join execution_api.risk_check c
              on c.checked_at >= day.begins and c.checked_at <= day.ends
        )
        """;

    private static final String CHECKED = DAY + "select count(distinct seq) from asked";

    private static final String UTILISATION = DAY + """
        , placed as (
            select a.*,
                   row_number() over (partition by rule, limit_scope, limit_scope_id, unit
                                      order by case unit when 'SECONDS' then -measured else measured end desc, seq)
                       as nth,
                   count(*) over each_limit as times,
                   count(*) filter (where verdict = 'WARN') over each_limit as warnings,
                   count(*) filter (where verdict = 'BLOCK') over each_limit as blocks,
                   count(overridden_by) over each_limit as overrides
            from asked a
            where measured is not null and limit_value is not null and limit_scope is not null
            window each_limit as (partition by rule, limit_scope, limit_scope_id, unit)
        )
        select rule, limit_scope, limit_scope_id, unit, limit_value, measured, order_id, checked_at, times, warnings,
               blocks, overrides
        from placed where nth = 1
        order by rule, limit_scope, limit_scope_id, unit
        """;

    private static final String EXCEPTIONS = DAY + """
        select a.checked_at, a.subject_kind, a.order_id, d.account_id, d.instrument_id, a.rule, a.code, a.measured,
               a.limit_value, a.unit, a.subject_type, a.overridden_by, a.override_reason
        from asked a join execution_api.decision d on d.decision_id = a.decision_id
        where a.verdict = 'BLOCK'
        order by a.seq, a.place
        """;

    private static final String CHANGES = """
        select l.valid_from, l.valid_until, l.scope, l.scope_id, l.kind, l.amount, l.currency, l.entered_by,
               to_jsonb(l) ->> 'approved_by' as approved_by, l.reason, b.amount as before
        from execution_api.business_day day
        join reference_api.risk_limit l
          on l.valid_from >= day.opened_at and l.valid_from <= coalesce(day.closed_at, 'infinity')
        left join reference_api.risk_limit b
          on b.scope = l.scope and b.scope_id = l.scope_id and b.kind = l.kind and b.valid_until = l.valid_from
         and b.currency is not distinct from l.currency
        where day.business_date = :date
        order by l.valid_from, l.scope, l.scope_id, l.kind
        """;

    private static final String STOPS = """
        select e.event_time, e.type, e.stream, e.actor, coalesce(e.reason, e.payload ->> 'reason') as reason
        from execution_api.business_day day
        join journal.event e
          on e.chain like 'execution-%' and e.event_time >= day.opened_at
         and e.event_time <= coalesce(day.closed_at, 'infinity')
        where day.business_date = :date and (e.type like 'switch-%' or e.type = 'breaker-moved')
        order by e.chain, e.seq
        """;

    private final JdbcClient jdbc;

    LimitDays(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    LimitDay of(LocalDate date) {
        return new LimitDay(
                date,
                jdbc.sql(CHECKED).param("date", date).query(Integer.class).single(),
                read(UTILISATION, date, LimitDays::utilisation),
                read(EXCEPTIONS, date, LimitDays::exception),
                read(CHANGES, date, LimitDays::change),
                read(STOPS, date, LimitDays::stop));
    }

    private <T> List<T> read(String sql, LocalDate date, org.springframework.jdbc.core.RowMapper<T> row) {
        return jdbc.sql(sql).param("date", date).query(row).list();
    }

    private static Utilisation utilisation(ResultSet row, int number) throws SQLException {
        return new Utilisation(
                row.getString("rule"),
                row.getString("limit_scope"),
                row.getString("limit_scope_id"),
                row.getString("unit"),
                row.getBigDecimal("limit_value"),
                row.getBigDecimal("measured"),
                row.getString("order_id"),
                at(row, "checked_at"),
                row.getInt("times"),
                row.getInt("warnings"),
                row.getInt("blocks"),
                row.getInt("overrides"));
    }

    private static Exceeded exception(ResultSet row, int number) throws SQLException {
        String type = row.getString("subject_type");
        return new Exceeded(
                at(row, "checked_at"),
                row.getString("subject_kind"),
                row.getString("order_id"),
                row.getString("account_id"),
                row.getString("instrument_id"),
                row.getString("rule"),
                row.getString("code"),
                row.getBigDecimal("measured"),
                row.getBigDecimal("limit_value"),
                row.getString("unit"),
                type.endsWith("-accepted") || type.endsWith("-allowed")
                        ? "ACCEPTED"
                        : type.endsWith("-held") ? "HELD" : "REFUSED",
                row.getString("overridden_by"),
                row.getString("override_reason"));
    }

    private static Change change(ResultSet row, int number) throws SQLException {
        return new Change(
                at(row, "valid_from"),
                atOrNull(row, "valid_until"),
                row.getString("scope"),
                row.getString("scope_id"),
                row.getString("kind"),
                row.getBigDecimal("amount"),
                row.getString("currency"),
                row.getBigDecimal("before"),
                row.getString("entered_by"),
                row.getString("approved_by"),
                row.getString("reason"));
    }

    private static Stop stop(ResultSet row, int number) throws SQLException {
        return new Stop(
                at(row, "event_time"),
                row.getString("type"),
                row.getString("stream"),
                row.getString("actor"),
                row.getString("reason"));
    }

    private static Instant at(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant atOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
