package org.tradesuite.execution.desk.web;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tradesuite.openapi.execution.model.DontKnowReason;
import org.tradesuite.openapi.execution.model.ExternalExecution;
import org.tradesuite.openapi.execution.model.ExternalOrder;
import org.tradesuite.openapi.execution.model.ExternalOrderStatus;
import org.tradesuite.openapi.execution.model.Side;

/** Orders we did not give, with their executions, as the read models have them. */
@Component
class ExternalOrderReader {

    private static final String COLUMNS = """
        external_order_id, broker_id, origin, business_date, trade_date, cl_ord_id, broker_order_id, symbol,
        instrument_id, isin, mic, currency, side, quantity, average_price, status, status_reason, account_id,
        claimed_for, claimed_by, approved_by, reported_account, reported_at, updated_at
        """;

    private static final String ORDERS = "select " + COLUMNS + """
        from execution.external_order
        where (cast(:status as text) is null or status = :status)
          and (cast(:broker as text) is null or broker_id = :broker)
          and (cast(:day as date) is null or business_date = cast(:day as date))
          and (cast(:time as timestamptz) is null
                  or (reported_at, external_order_id) < (cast(:time as timestamptz), cast(:before as text)))
        order by reported_at desc, external_order_id desc
        limit :limit
        """;

    private static final String BY_ID = "select " + COLUMNS + """
        from execution.external_order
        where external_order_id = :id
        """;

    private static final String EXECUTIONS = """
        select f.fill_id, f.external_order_id, f.exec_id, f.quantity, f.price, f.charges, f.transact_time,
            f.received_at, f.live, d.reason, d.not_said
        from execution.external_fill f
        left join execution.dont_know d on d.fill_id = f.fill_id
        where f.external_order_id = any(:ids)
        order by f.received_at, f.fill_id
        """;

    private final JdbcClient jdbc;

    ExternalOrderReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param before reported time and id of the last one of the page before */
    List<ExternalOrder> orders(
            @Nullable ExternalOrderStatus status,
            @Nullable String broker,
            @Nullable LocalDate day,
            List<String> before,
            int limit) {
        return withExecutions(jdbc.sql(ORDERS)
                .param("status", status == null ? null : status.getValue())
                .param("broker", broker)
                .param("day", day)
                .param("time", before.isEmpty() ? null : before.get(0))
                .param("before", before.isEmpty() ? null : before.get(1))
                .param("limit", limit)
                .query(ExternalOrderReader::order)
                .list());
    }

    Optional<ExternalOrder> order(String id) {
        return withExecutions(jdbc.sql(BY_ID)
                        .param("id", id)
                        .query(ExternalOrderReader::order)
                        .list())
                .stream()
                .findFirst();
    }

    private List<ExternalOrder> withExecutions(List<ExternalOrder> orders) {
        Map<String, ExternalOrder> byId = new HashMap<>();
        orders.forEach(order -> byId.put(order.getExternalOrderId(), order));
        jdbc.sql(EXECUTIONS).param("ids", byId.keySet().toArray(String[]::new)).query(columns -> {
            var order = byId.get(columns.getString("external_order_id"));
            if (order != null) {
                order.addExecutionsItem(execution(columns));
            }
        });
        return orders;
    }

    private static ExternalOrder order(ResultSet columns, int number) throws SQLException {
        var row = new Row(columns);
        return new ExternalOrder(
                        row.text("external_order_id"),
                        row.text("broker_id"),
                        ExternalOrder.OriginEnum.fromValue(row.text("origin")),
                        row.date("business_date"),
                        row.date("trade_date"),
                        Side.fromValue(row.text("side")),
                        row.decimal("quantity"),
                        ExternalOrderStatus.fromValue(row.text("status")),
                        row.instant("reported_at"),
                        row.instant("updated_at"),
                        new ArrayList<>())
                .clOrdId(row.textOrNull("cl_ord_id"))
                .brokerOrderId(row.textOrNull("broker_order_id"))
                .symbol(row.textOrNull("symbol"))
                .instrumentId(row.textOrNull("instrument_id"))
                .isin(row.textOrNull("isin"))
                .mic(row.textOrNull("mic"))
                .currency(row.textOrNull("currency"))
                .averagePrice(row.decimalOrNull("average_price"))
                .reason(row.textOrNull("status_reason"))
                .accountId(row.textOrNull("account_id"))
                .claimedFor(row.textOrNull("claimed_for"))
                .claimedBy(row.textOrNull("claimed_by"))
                .approvedBy(row.textOrNull("approved_by"))
                .reportedAccount(row.textOrNull("reported_account"));
    }

    private static ExternalExecution execution(ResultSet columns) throws SQLException {
        var row = new Row(columns);
        @Nullable String reason = row.textOrNull("reason");
        return new ExternalExecution(
                        row.text("fill_id"),
                        row.text("exec_id"),
                        row.decimal("quantity"),
                        row.decimal("price"),
                        row.instant("transact_time"),
                        row.instant("received_at"),
                        columns.getBoolean("live"))
                .charges(row.decimalOrNull("charges"))
                .dontKnow(reason == null ? null : DontKnowReason.fromValue(reason))
                .notSaid(row.textOrNull("not_said"));
    }
}
