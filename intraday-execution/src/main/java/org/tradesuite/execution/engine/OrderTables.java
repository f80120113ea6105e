package org.tradesuite.execution.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.order.Route;
import org.tradesuite.execution.risk.RefusalCode;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;

/** The read models of decisions, parent orders, routes and fills. */
final class OrderTables {

    private OrderTables() {}

    /**
     * @param version of the decision's stream when it was held last, 0 if it never was
     * @param until how long it may wait
     * @param end how the waiting ended
     */
    private record Taken(
            Recorded recorded,
            DeskFact.Decision decision,
            @Nullable String orderId,
            String status,
            List<String> codes,
            int version,
            @Nullable Instant until,
            @Nullable String end) {

        boolean isFirst() {
            return recorded.version() == 1;
        }
    }

    private record Fill(
            String fillId,
            String execId,
            String routeId,
            Quantity quantity,
            Price price,
            Instant transactTime,
            Instant receivedAt,
            Route.@Nullable Filled filled) {}

    private static final Table<Taken> DECISIONS =
            decisions("insert into execution.decision select * from unnest(?::execution.decision[])");

    /** What became of those that waited for a person. */
    private static final Table<Taken> DECIDED = decisions("""
        update execution.decision d
        set order_id = n.order_id, status = n.status, refusal_codes = n.refusal_codes, hold_version = n.hold_version,
            held_until = coalesce(n.held_until, d.held_until), hold_end = n.hold_end, decided_at = n.decided_at,
            decided_by = n.decided_by, decided_reason = n.decided_reason
        from unnest(?::execution.decision[]) as n
        where d.decision_id = n.decision_id
        """);

    private static Table<Taken> decisions(String statement) {
        return new Table<Taken>("decision", statement)
                .text(d -> Streams.id(d.recorded().stream()))
                .text(d -> d.decision().idempotencyKey())
                .text(d -> d.decision().bodyHash())
                .text(Taken::orderId)
                .time(d -> d.recorded().at())
                .text(d -> d.decision().account())
                .text(d -> d.decision().strategy())
                .text(d -> d.decision().trader())
                .text(d -> d.decision().instrument())
                .text(d -> d.decision().side())
                .quantity(d -> d.decision().quantity())
                .text(d -> d.decision().type())
                .price(d -> d.decision().limit())
                .text(d -> d.decision().algo())
                .text(d -> d.decision().timeInForce())
                .time(d -> d.decision().start())
                .time(d -> d.decision().end())
                .text(Taken::status)
                .texts(Taken::codes)
                .text(d -> d.recorded().actor())
                .text(d -> d.recorded().reason())
                .bigint(Taken::version)
                .time(Taken::until)
                .text(Taken::end)
                .time(d -> d.end() == null ? null : d.recorded().at())
                .text(d -> d.end() == null ? null : d.recorded().actor())
                .text(d -> d.end() == null ? null : d.recorded().reason());
    }

    private static final Table<ParentOrder> ORDERS = new Table<ParentOrder>("parent_order", """
        insert into execution.parent_order select * from unnest(?::execution.parent_order[])
        on conflict (order_id) do update set
            quantity = excluded.quantity, limit_price = excluded.limit_price, end_time = excluded.end_time,
            status = excluded.status, status_reason = excluded.status_reason,
            executed_quantity = excluded.executed_quantity, average_price = excluded.average_price,
            outstanding_quantity = excluded.outstanding_quantity, first_fill_time = excluded.first_fill_time,
            last_fill_time = excluded.last_fill_time, end_price = excluded.end_price, ended_at = excluded.ended_at,
            updated_at = excluded.updated_at
        """)
            .text(o -> o.body().orderId())
            .text(o -> o.body().terms().decisionId())
            .date(o -> o.body().terms().businessDate())
            .text(o -> o.body().terms().account())
            .text(o -> o.body().terms().strategy())
            .text(o -> o.body().terms().trader())
            .text(o -> o.body().terms().instrument())
            .text(o -> o.body().terms().symbol())
            .text(o -> o.body().terms().isin())
            .text(o -> o.body().terms().mic())
            .text(o -> o.body().terms().currency())
            .text(o -> o.body().terms().side())
            .quantity(o -> o.body().quantity())
            .price(o -> o.body().limit())
            .text(o -> o.body().terms().algo())
            .text(o -> o.body().terms().timeInForce())
            .time(o -> o.body().terms().start())
            .time(o -> o.body().end())
            .text(ParentOrder::status)
            .text(OrderTables::why)
            .quantity(o -> o.body().executed())
            .price(o -> o.body().average())
            .quantity(o -> o.body().outstanding())
            .time(o -> o.body().terms().decisionTime())
            .price(o -> o.body().terms().decisionPrice())
            .time(o -> o.body().terms().arrivalTime())
            .price(o -> o.body().terms().arrivalBid())
            .price(o -> o.body().terms().arrivalAsk())
            .time(o -> o.body().firstFillTime())
            .time(o -> o.body().lastFillTime())
            .price(o -> o.body().endPrice())
            .time(o -> o.body().endedAt())
            .text(o -> o.body().terms().broker())
            .text(o -> o.body().terms().brokerReason())
            .writtenAt();

    private static final Table<Route> ROUTES = new Table<Route>("route", """
        insert into execution.route select * from unnest(?::execution.route[])
        on conflict (route_id) do update set
            cl_ord_id = excluded.cl_ord_id, status = excluded.status, quantity = excluded.quantity,
            price = excluded.price, executed_quantity = excluded.executed_quantity,
            leaves_quantity = excluded.leaves_quantity, average_price = excluded.average_price,
            broker_order_id = excluded.broker_order_id, acknowledged_at = excluded.acknowledged_at,
            ended_at = excluded.ended_at, reject_reason = excluded.reject_reason,
            unknown_reason = excluded.unknown_reason
        """)
            .text(r -> r.body().routeId())
            .text(r -> r.body().orderId())
            .text(r -> r.body().broker())
            .text(r -> r.body().clOrdId())
            .text(Route::status)
            .quantity(r -> r.body().quantity())
            .price(r -> r.body().price())
            .quantity(r -> r.body().cumulative())
            .quantity(Route::leaves)
            .price(r -> r.body().average())
            .text(r -> r.body().brokerOrderId())
            .text(r -> r.body().brokerReason())
            .time(r -> r.body().sentAt())
            .time(r -> r.body().acknowledgedAt())
            .time(r -> r.body().endedAt())
            .text(r -> r.body().rejectReason())
            .text(OrderTables::unknown);

    /** What a fill has of its order and its broker is looked up where it is written. */
    private static final Table<Fill> FILLS = new Table<Fill>("fill", """
        insert into execution.fill (
            fill_id, exec_id, route_id, order_id, decision_id, business_date, account_id, strategy_id, trader_id,
            broker_id, instrument_id, isin, mic, currency, side, quantity, price, transact_time, received_at,
            last_mkt, last_capacity, last_liquidity, broker_order_id, bid, ask, live, inferred)
        select f.fill_id, f.exec_id, f.route_id, o.order_id, o.decision_id, o.business_date, o.account_id,
            o.strategy_id, o.trader_id, r.broker_id, o.instrument_id, o.isin, o.mic, o.currency, o.side, f.quantity,
            f.price, f.transact_time, f.received_at, f.last_mkt, f.last_capacity, f.last_liquidity,
            f.broker_order_id, f.bid, f.ask, f.live, f.inferred
        from unnest(?::execution.fill[]) as f
        join execution.route r on r.route_id = f.route_id
        join execution.parent_order o on o.order_id = r.order_id
        """)
            .text(Fill::fillId)
            .text(Fill::execId)
            .text(Fill::routeId)
            .text(f -> null)
            .text(f -> null)
            .date(f -> null)
            .text(f -> null)
            .text(f -> null)
            .text(f -> null)
            .text(f -> null)
            .text(f -> null)
            .text(f -> null)
            .text(f -> null)
            .text(f -> null)
            .text(f -> null)
            .quantity(Fill::quantity)
            .price(Fill::price)
            .time(Fill::transactTime)
            .time(Fill::receivedAt)
            .text(f -> f.filled() == null ? null : f.filled().lastMarket())
            .text(f -> f.filled() == null ? null : f.filled().lastCapacity())
            .text(f -> f.filled() == null ? null : f.filled().lastLiquidity())
            .text(f -> f.filled() == null ? null : f.filled().brokerOrderId())
            .price(f -> f.filled() == null ? null : f.filled().bid())
            .price(f -> f.filled() == null ? null : f.filled().ask())
            .truth(f -> true)
            .truth(f -> f.filled() != null && f.filled().gap() != null);

    private static final String TAKE_FILLS_BACK =
            "update execution.fill set live = false where fill_id = any (?::text[])";

    static void add(OneTrip changes, Batch batch, Instant at) {
        var taken = taken(batch.facts);
        DECISIONS.add(changes, taken.stream().filter(Taken::isFirst).toList(), at);
        DECIDED.add(changes, last(taken), at);
        ORDERS.add(changes, batch.orders, at);
        ROUTES.add(changes, batch.routes, at);
        fills(changes, batch.facts, at);
    }

    private static List<Taken> taken(List<Recorded> facts) {
        var taken = new ArrayList<Taken>();
        for (var recorded : facts) {
            switch (recorded.fact()) {
                case DeskFact.DecisionAccepted accepted ->
                    taken.add(new Taken(
                            recorded,
                            accepted.decision(),
                            accepted.orderId(),
                            "ACCEPTED",
                            List.of(),
                            recorded.version() - 1,
                            null,
                            accepted.override() == null ? null : "OVERRIDDEN"));
                case DeskFact.DecisionRefused refused ->
                    taken.add(new Taken(
                            recorded,
                            refused.decision(),
                            null,
                            "REFUSED",
                            names(refused.codes()),
                            recorded.version() - 1,
                            null,
                            refused.holdEnd() == null ? null : refused.holdEnd().name()));
                case DeskFact.DecisionHeld held ->
                    taken.add(new Taken(
                            recorded,
                            held.decision(),
                            null,
                            "HELD",
                            names(held.codes()),
                            recorded.version(),
                            held.until(),
                            null));
                default -> {
                    // Of no decision.
                }
            }
        }
        return taken;
    }

    static List<String> names(List<RefusalCode> codes) {
        return codes.stream().map(Enum::name).toList();
    }

    /** How each decision that waited stands after the batch. */
    private static Collection<Taken> last(List<Taken> taken) {
        Map<String, Taken> last = new LinkedHashMap<>();
        for (var each : taken) {
            if (!each.isFirst()) {
                last.put(each.recorded().stream(), each);
            }
        }
        return last.values();
    }

    private static @Nullable String why(ParentOrder order) {
        return switch (order) {
            case ParentOrder.Parked parked -> parked.why();
            case ParentOrder.Closing closing -> closing.why();
            case ParentOrder.Open open -> open.waits();
            case ParentOrder.Ended _ -> null;
        };
    }

    private static void fills(OneTrip changes, List<Recorded> facts, Instant at) {
        Map<String, Fill> fills = new LinkedHashMap<>();
        var back = new ArrayList<String>();
        for (var recorded : facts) {
            var routeId = Streams.id(recorded.stream());
            switch (recorded.fact()) {
                case Route.Filled f ->
                    fills.put(
                            f.fillId(),
                            new Fill(
                                    f.fillId(),
                                    f.execId(),
                                    routeId,
                                    f.quantity(),
                                    f.price(),
                                    f.transactTime(),
                                    recorded.at(),
                                    f));
                case Route.Corrected c -> {
                    fills.put(
                            c.fillId(),
                            new Fill(
                                    c.fillId(),
                                    c.execId(),
                                    routeId,
                                    c.quantity(),
                                    c.price(),
                                    c.transactTime(),
                                    recorded.at(),
                                    null));
                    back.add(c.replacedFillId());
                }
                case Route.Busted b -> back.add(b.fillId());
                default -> {
                    // No execution.
                }
            }
        }
        FILLS.add(changes, fills.values(), at);
        if (!back.isEmpty()) {
            changes.add(TAKE_FILLS_BACK, (prepared, first) -> {
                prepared.setArray(first, prepared.getConnection().createArrayOf("text", back.toArray()));
                return first + 1;
            });
        }
    }

    private static @Nullable String unknown(Route route) {
        if (!(route instanceof Route.Unknown unknown)) {
            return null;
        }
        var said = unknown.body().stated();
        return said == null
                ? unknown.reason()
                : unknown.reason() + ". " + said.by() + " says that it is " + said.as() + " with " + said.executed()
                        + " executed" + (said.average() == null ? "" : " at " + said.average())
                        + "; somebody else has to say the same.";
    }
}
