package org.tradesuite.execution.desk.web;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tradesuite.openapi.execution.model.Algo;
import org.tradesuite.openapi.execution.model.Fill;
import org.tradesuite.openapi.execution.model.Order;
import org.tradesuite.openapi.execution.model.OrderStatus;
import org.tradesuite.openapi.execution.model.Route;
import org.tradesuite.openapi.execution.model.RouteStatus;
import org.tradesuite.openapi.execution.model.Side;
import org.tradesuite.openapi.execution.model.TimeInForce;

/** Orders, routes and fills as the read models have them. Ids begin with the time, so that the newest sort last. */
@Component
class OrderReader {

    private static final String ORDER_COLUMNS = """
        order_id, decision_id, business_date, account_id, strategy_id, trader_id, instrument_id, isin, mic, currency,
        side, quantity, limit_price, algo, time_in_force, start_time, end_time, status, status_reason,
        executed_quantity, average_price, decision_time, decision_price, arrival_time, first_fill_time, last_fill_time, ended_at,
        broker_id, broker_reason, updated_at
        """;

    private static final String ORDERS = "select " + ORDER_COLUMNS + """
        from execution.parent_order
        where (cast(:day as date) is null or business_date = cast(:day as date))
          and (cast(:account as text) is null or account_id = :account)
          and (cast(:strategy as text) is null or strategy_id = :strategy)
          and (cast(:instrument as text) is null or instrument_id = :instrument)
          and (cast(:statuses as text[]) is null or status = any(cast(:statuses as text[])))
          and (cast(:before as text) is null or order_id < :before)
        order by order_id desc
        limit :limit
        """;

    private static final String ORDERS_BY_ID = "select " + ORDER_COLUMNS + """
        from execution.parent_order
        where order_id = any(:ids)
        """;

    private static final String ROUTE_COLUMNS = """
        route_id, order_id, broker_id, cl_ord_id, status, quantity, price, executed_quantity, average_price, sent_at,
        acknowledged_at, ended_at, reject_reason, unknown_reason
        """;

    private static final String ROUTES = "select " + ROUTE_COLUMNS + """
        from execution.route
        where (cast(:order as text) is null or order_id = :order)
          and (cast(:broker as text) is null or broker_id = :broker)
          and (cast(:statuses as text[]) is null or status = any(cast(:statuses as text[])))
          and (cast(:day as date) is null or order_id in
                  (select order_id from execution.parent_order where business_date = cast(:day as date)))
          and (cast(:before as text) is null or route_id < :before)
        order by route_id desc
        limit :limit
        """;

    private static final String ROUTES_BY_ID = "select " + ROUTE_COLUMNS + """
        from execution.route
        where route_id = any(:ids)
        """;

    private static final String ROUTES_OF_ORDER = "select " + ROUTE_COLUMNS + """
        from execution.route
        where order_id = :order
        order by sent_at, route_id
        """;

    private static final String FILL_COLUMNS = """
        fill_id, exec_id, route_id, order_id, decision_id, business_date, account_id, strategy_id, trader_id,
        broker_id, instrument_id, isin, mic, currency, side, quantity, price, transact_time, received_at, last_mkt,
        last_capacity, last_liquidity, broker_order_id, bid, ask, live, inferred
        """;

    private static final String FILLS = "select " + FILL_COLUMNS + """
        from execution.fill
        where (cast(:day as date) is null or business_date = cast(:day as date))
          and (cast(:account as text) is null or account_id = :account)
          and (cast(:instrument as text) is null or instrument_id = :instrument)
          and (cast(:broker as text) is null or broker_id = :broker)
          and (cast(:order as text) is null or order_id = :order)
          and (cast(:time as timestamptz) is null
                  or (received_at, fill_id) < (cast(:time as timestamptz), cast(:before as text)))
        order by received_at desc, fill_id desc
        limit :limit
        """;

    private static final String FILLS_OF_ROUTES = "select " + FILL_COLUMNS + """
        from execution.fill
        where route_id = any(:ids)
        order by received_at, fill_id
        """;

    private final JdbcClient jdbc;
    private final AmendmentReader amendments;

    OrderReader(JdbcClient jdbc, AmendmentReader amendments) {
        this.jdbc = jdbc;
        this.amendments = amendments;
    }

    List<Order> orders(
            @Nullable LocalDate day,
            @Nullable String account,
            @Nullable String strategy,
            @Nullable String instrument,
            @Nullable OrderStatus status,
            @Nullable String before,
            int limit) {
        return withAmendments(jdbc.sql(ORDERS)
                .param("day", day)
                .param("account", account)
                .param("strategy", strategy)
                .param("instrument", instrument)
                .param("statuses", status == null ? null : Statuses.of(status))
                .param("before", before)
                .param("limit", limit)
                .query(OrderReader::order)
                .list());
    }

    List<Order> orders(Collection<String> ids) {
        return withAmendments(jdbc.sql(ORDERS_BY_ID)
                .param("ids", ids.toArray(String[]::new))
                .query(OrderReader::order)
                .list());
    }

    /** Each with what waits of what was asked of it. */
    private List<Order> withAmendments(List<Order> found) {
        if (!found.isEmpty()) {
            var waiting =
                    amendments.waiting(found.stream().map(Order::getOrderId).toList());
            found.forEach(order -> order.setAmendment(waiting.get(order.getOrderId())));
        }
        return found;
    }

    Optional<Order> order(String id) {
        return orders(List.of(id)).stream().findFirst();
    }

    List<Route> routes(
            @Nullable String order,
            @Nullable String broker,
            @Nullable RouteStatus status,
            @Nullable LocalDate day,
            @Nullable String before,
            int limit) {
        return jdbc.sql(ROUTES)
                .param("order", order)
                .param("broker", broker)
                .param("statuses", status == null ? null : Statuses.of(status))
                .param("day", day)
                .param("before", before)
                .param("limit", limit)
                .query(OrderReader::route)
                .list();
    }

    List<Route> routes(Collection<String> ids) {
        return jdbc.sql(ROUTES_BY_ID)
                .param("ids", ids.toArray(String[]::new))
                .query(OrderReader::route)
                .list();
    }

    List<Route> routesOf(String order) {
        return jdbc.sql(ROUTES_OF_ORDER)
                .param("order", order)
                .query(OrderReader::route)
                .list();
    }

    /** @param before received time and id of the last fill of the page before */
    List<Fill> fills(
            @Nullable LocalDate day,
            @Nullable String account,
            @Nullable String instrument,
            @Nullable String broker,
            @Nullable String order,
            List<String> before,
            int limit) {
        return jdbc.sql(FILLS)
                .param("day", day)
                .param("account", account)
                .param("instrument", instrument)
                .param("broker", broker)
                .param("order", order)
                .param("time", before.isEmpty() ? null : before.get(0))
                .param("before", before.isEmpty() ? null : before.get(1))
                .param("limit", limit)
                .query(OrderReader::fill)
                .list();
    }

    List<Fill> fillsOfRoutes(Collection<String> routes) {
        return jdbc.sql(FILLS_OF_ROUTES)
                .param("ids", routes.toArray(String[]::new))
                .query(OrderReader::fill)
                .list();
    }

    private static Order order(ResultSet columns, int number) throws SQLException {
        var row = new Row(columns);
        return new Order(
                        row.text("order_id"),
                        row.text("decision_id"),
                        row.date("business_date"),
                        row.text("account_id"),
                        row.text("strategy_id"),
                        row.text("trader_id"),
                        row.text("instrument_id"),
                        row.text("mic"),
                        row.text("currency"),
                        Side.fromValue(row.text("side")),
                        row.decimal("quantity"),
                        Algo.fromValue(row.text("algo")),
                        TimeInForce.fromValue(row.text("time_in_force")),
                        Statuses.order(row.text("status")),
                        row.decimal("executed_quantity"),
                        row.instant("decision_time"))
                .isin(row.textOrNull("isin"))
                .limitPrice(row.decimalOrNull("limit_price"))
                .startTime(row.instantOrNull("start_time"))
                .endTime(row.instantOrNull("end_time"))
                .averagePrice(row.decimalOrNull("average_price"))
                .decisionPrice(row.decimalOrNull("decision_price"))
                .arrivalTime(row.instantOrNull("arrival_time"))
                .firstFillTime(row.instantOrNull("first_fill_time"))
                .lastFillTime(row.instantOrNull("last_fill_time"))
                .endedAt(row.instantOrNull("ended_at"))
                .brokerId(row.textOrNull("broker_id"))
                .brokerReason(row.textOrNull("broker_reason"))
                .reason(row.textOrNull("status_reason"))
                .updatedAt(row.instantOrNull("updated_at"));
    }

    private static Route route(ResultSet columns, int number) throws SQLException {
        var row = new Row(columns);
        return new Route(
                        row.text("route_id"),
                        row.text("order_id"),
                        row.text("broker_id"),
                        row.text("cl_ord_id"),
                        Statuses.route(row.text("status")),
                        row.decimal("quantity"),
                        row.decimal("executed_quantity"))
                .price(row.decimalOrNull("price"))
                .averagePrice(row.decimalOrNull("average_price"))
                .sentAt(row.instantOrNull("sent_at"))
                .acknowledgedAt(row.instantOrNull("acknowledged_at"))
                .endedAt(row.instantOrNull("ended_at"))
                .rejectReason(row.textOrNull("reject_reason"))
                .unknownReason(row.textOrNull("unknown_reason"));
    }

    private static Fill fill(ResultSet columns, int number) throws SQLException {
        var row = new Row(columns);
        return new Fill(
                        row.text("fill_id"),
                        row.text("exec_id"),
                        row.text("route_id"),
                        row.text("order_id"),
                        row.text("decision_id"),
                        row.date("business_date"),
                        row.text("account_id"),
                        row.text("strategy_id"),
                        row.text("trader_id"),
                        row.text("broker_id"),
                        row.text("instrument_id"),
                        row.text("mic"),
                        row.text("currency"),
                        Side.fromValue(row.text("side")),
                        row.decimal("quantity"),
                        row.decimal("price"),
                        row.instant("transact_time"),
                        row.instant("received_at"),
                        columns.getBoolean("live"),
                        columns.getBoolean("inferred"))
                .isin(row.textOrNull("isin"))
                .lastMkt(row.textOrNull("last_mkt"))
                .lastCapacity(row.textOrNull("last_capacity"))
                .lastLiquidity(row.textOrNull("last_liquidity"))
                .brokerOrderId(row.textOrNull("broker_order_id"))
                .bid(row.decimalOrNull("bid"))
                .ask(row.decimalOrNull("ask"));
    }
}
