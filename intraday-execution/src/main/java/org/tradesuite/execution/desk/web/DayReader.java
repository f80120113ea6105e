package org.tradesuite.execution.desk.web;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tradesuite.openapi.execution.model.TradingDay;

/** Where a business day stands. */
@Component
class DayReader {

    private static final String DAYS = """
        select d.business_date, d.status, d.opened_at, d.closed_at,
               (select count(*) from execution.parent_order o
                where o.business_date = d.business_date and o.ended_at is null) as open_orders,
               (select count(*) from execution.route r join execution.parent_order o on o.order_id = r.order_id
                where o.business_date = d.business_date and r.ended_at is null) as open_routes,
               (select count(*) from execution.confirmed_trade t
                where t.business_date = d.business_date and t.confirm_status = 'UNCONFIRMED') as unconfirmed
        from execution.business_day d
        where d.business_date = coalesce(:date, d.business_date)
        order by d.business_date desc
        limit :limit
        """;

    private static final String UNDER_WAY = "select count(*) > 0 from execution.business_day where status <> 'CLOSED'";

    private final JdbcClient jdbc;

    DayReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<TradingDay> day(LocalDate date) {
        return days(date, 1).stream().findFirst();
    }

    /** The latest days, newest first. */
    List<TradingDay> latest(int limit) {
        return days(null, limit);
    }

    private List<TradingDay> days(@Nullable LocalDate date, int limit) {
        return jdbc.sql(DAYS)
                .param("date", date, Types.DATE)
                .param("limit", limit)
                .query(DayReader::day)
                .list();
    }

    /** Whether a day is open or closing. */
    boolean underWay() {
        return jdbc.sql(UNDER_WAY).query(Boolean.class).single();
    }

    private static TradingDay day(ResultSet columns, int number) throws SQLException {
        var row = new Row(columns);
        return new TradingDay(row.date("business_date"), TradingDay.StatusEnum.fromValue(row.text("status")))
                .openedAt(row.instantOrNull("opened_at"))
                .closedAt(row.instantOrNull("closed_at"))
                .openOrders(columns.getInt("open_orders"))
                .openRoutes(columns.getInt("open_routes"))
                .tradesUnconfirmed(columns.getInt("unconfirmed"));
    }
}
