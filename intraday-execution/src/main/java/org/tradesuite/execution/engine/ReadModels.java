package org.tradesuite.execution.engine;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.ExternalExecution;
import org.tradesuite.execution.order.ExternalOrder;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.order.Route;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;

/**
 * Writes what a batch changed into the read models of schema execution: one statement for each table, whatever the number
 * of rows. Every statement gives the same result when it is run again.
 */
final class ReadModels {

    private ReadModels() {}

    private static final String UPSERT_ORDERS = """
        insert into execution.parent_order (
            order_id, decision_id, business_date, account_id, strategy_id, trader_id, instrument_id, symbol, isin, mic,
            currency, side, quantity, limit_price, algo, time_in_force, start_time, end_time, status, status_reason,
            executed_quantity, average_price, outstanding_quantity, decision_time, decision_price, arrival_time, arrival_bid, arrival_ask,
            first_fill_time, last_fill_time, end_price, ended_at, broker_id, broker_reason, updated_at)
        select * from unnest(?::execution.parent_order[])
        on conflict (order_id) do update set
            quantity = excluded.quantity, limit_price = excluded.limit_price, end_time = excluded.end_time,
            status = excluded.status, status_reason = excluded.status_reason,
            executed_quantity = excluded.executed_quantity, average_price = excluded.average_price,
            outstanding_quantity = excluded.outstanding_quantity, first_fill_time = excluded.first_fill_time,
            last_fill_time = excluded.last_fill_time, end_price = excluded.end_price, ended_at = excluded.ended_at,
            updated_at = excluded.updated_at
        """;

    private static final String UPSERT_ROUTES = """
        insert into execution.route (
            route_id, order_id, broker_id, cl_ord_id, status, quantity, price, executed_quantity, leaves_quantity,
            average_price, broker_order_id, broker_reason, sent_at, acknowledged_at, ended_at, reject_reason)
        select * from unnest(?::execution.route[])
        on conflict (route_id) do update set
            cl_ord_id = excluded.cl_ord_id, status = excluded.status, quantity = excluded.quantity,
            price = excluded.price, executed_quantity = excluded.executed_quantity,
            leaves_quantity = excluded.leaves_quantity, average_price = excluded.average_price,
            broker_order_id = excluded.broker_order_id, acknowledged_at = excluded.acknowledged_at,
            ended_at = excluded.ended_at, reject_reason = excluded.reject_reason
        """;

    private static final String INSERT_DECISIONS = """
        insert into execution.decision (
            decision_id, idempotency_key, body_hash, order_id, received_at, account_id, strategy_id, trader_id,
            instrument_id, side, quantity, order_type, limit_price, algo, time_in_force, start_time, end_time, status,
            refusal_codes, actor, reason)
        select * from unnest(?::execution.decision[])
        """;

    private static final String INSERT_FILLS = """
        insert into execution.fill (
            fill_id, exec_id, route_id, order_id, decision_id, business_date, account_id, strategy_id, trader_id,
            broker_id, instrument_id, isin, mic, currency, side, quantity, price, transact_time, received_at, last_mkt,
            last_capacity, last_liquidity, broker_order_id, bid, ask, live, inferred)
        select batch.fill_id, batch.exec_id, batch.route_id, o.order_id, o.decision_id, o.business_date, o.account_id,
            o.strategy_id, o.trader_id, r.broker_id, o.instrument_id, o.isin, o.mic, o.currency, o.side, batch.quantity,
            batch.price, batch.transact_time, batch.received_at, batch.last_mkt, batch.last_capacity,
            batch.last_liquidity, batch.broker_order_id, batch.bid, batch.ask, true, batch.inferred
        from unnest(?::text[], ?::text[], ?::text[], ?::numeric[], ?::numeric[], ?::timestamptz[], ?::timestamptz[],
            ?::text[], ?::text[], ?::text[], ?::text[], ?::numeric[], ?::numeric[], ?::boolean[]) as batch(
            fill_id, exec_id, route_id, quantity, price, transact_time, received_at, last_mkt, last_capacity,
            last_liquidity, broker_order_id, bid, ask, inferred)
        join execution.route r on r.route_id = batch.route_id
        join execution.parent_order o on o.order_id = r.order_id
        """;

    private static final String TAKE_FILLS_BACK =
            "update execution.fill set live = false where fill_id = any (?::text[])";

    private static final String UPSERT_POSITIONS = """
        insert into execution.position (
            account_id, instrument_id, isin, quantity, average_cost, realised, currency, updated_at)
        select * from unnest(?::text[], ?::text[], ?::text[], ?::numeric[], ?::numeric[], ?::numeric[], ?::text[],
            ?::timestamptz[])
        on conflict (account_id, instrument_id) do update set
            quantity = excluded.quantity, average_cost = excluded.average_cost, realised = excluded.realised,
            updated_at = excluded.updated_at
        """;

    private static final String UPSERT_CASH = """
        insert into execution.cash (account_id, currency, balance, updated_at)
        select * from unnest(?::text[], ?::text[], ?::numeric[], ?::timestamptz[])
        on conflict (account_id, currency) do update set balance = excluded.balance, updated_at = excluded.updated_at
        """;

    private static final String UPSERT_DAYS = """
        insert into execution.business_day (business_date, status, opened_at, closed_at)
        select * from unnest(?::date[], ?::text[], ?::timestamptz[], ?::timestamptz[])
        on conflict (business_date) do update set status = excluded.status, closed_at = excluded.closed_at
        """;

    private static final String KEEP_OPENING_POSITIONS = """
        insert into execution.opening_position (account_id, instrument_id, isin, business_date, quantity, average_cost)
        select account_id, instrument_id, isin, opened.on_date, quantity, average_cost
        from execution.position, unnest(?::date[]) as opened(on_date)
        where quantity <> 0
        on conflict do nothing
        """;

    private static final String KEEP_OPENING_CASH = """
        insert into execution.opening_cash (account_id, currency, business_date, balance)
        select account_id, currency, opened.on_date, balance
        from execution.cash, unnest(?::date[]) as opened(on_date)
        on conflict do nothing
        """;

    private static final String UPSERT_TRADES = """
        insert into execution.confirmed_trade (
            trade_id, business_date, trade_date, account_id, order_ids, broker_id, broker_lei, broker_bic,
            instrument_id, isin, mic, currency, side, quantity, average_price, gross_amount, commission, fees,
            net_amount, settlement_date, place_of_settlement, confirm_status, confirm_ref, confirm_text, executed_at)
        select trade_id, business_date, trade_date, account_id, string_to_array(order_ids, ' '), broker_id,
            broker_lei, broker_bic, instrument_id, isin, mic, currency, side, quantity, average_price, gross_amount,
            commission, fees, net_amount, settlement_date, place_of_settlement, confirm_status, confirm_ref,
            confirm_text, executed_at
        from unnest(?::text[], ?::date[], ?::date[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
            ?::text[], ?::text[], ?::text[], ?::text[], ?::numeric[], ?::numeric[], ?::numeric[], ?::numeric[], ?::numeric[],
            ?::numeric[], ?::date[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[]) as batch(
            trade_id, business_date, trade_date, account_id, order_ids, broker_id, broker_lei, broker_bic,
            instrument_id, isin, mic, currency, side, quantity, average_price, gross_amount, commission, fees, net_amount, settlement_date,
            place_of_settlement, confirm_status, confirm_ref, confirm_text, executed_at)
        on conflict (trade_id) do update set
            order_ids = excluded.order_ids, quantity = excluded.quantity, average_price = excluded.average_price,
            gross_amount = excluded.gross_amount, commission = excluded.commission, fees = excluded.fees,
            net_amount = excluded.net_amount, executed_at = excluded.executed_at,
            confirm_status = excluded.confirm_status, confirm_ref = excluded.confirm_ref,
            confirm_text = excluded.confirm_text
        """;

    private static final String UPSERT_EXTERNAL_ORDERS = """
        insert into execution.external_order (
            external_order_id, broker_id, origin, business_date, trade_date, cl_ord_id, broker_order_id, symbol,
            instrument_id, isin, mic, currency, side, quantity, average_price, status, status_reason, account_id,
            claimed_for, claimed_by, approved_by, reported_account, reported_at, updated_at)
        select * from unnest(
            ?::text[], ?::text[], ?::text[], ?::date[], ?::date[], ?::text[], ?::text[], ?::text[], ?::text[],
            ?::text[], ?::text[], ?::text[], ?::text[], ?::numeric[], ?::numeric[], ?::text[], ?::text[], ?::text[],
            ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[])
        on conflict (external_order_id) do update set
            business_date = excluded.business_date,
            instrument_id = excluded.instrument_id, isin = excluded.isin, currency = excluded.currency,
            quantity = excluded.quantity, average_price = excluded.average_price, status = excluded.status,
            status_reason = excluded.status_reason, account_id = excluded.account_id,
            claimed_for = excluded.claimed_for, claimed_by = excluded.claimed_by, approved_by = excluded.approved_by,
            updated_at = excluded.updated_at
        """;

    private static final String UPSERT_EXTERNAL_FILLS = """
        insert into execution.external_fill (
            fill_id, external_order_id, exec_id, trade_date, quantity, price, charges, transact_time, received_at, live)
        select * from unnest(
            ?::text[], ?::text[], ?::text[], ?::date[], ?::numeric[], ?::numeric[], ?::numeric[], ?::timestamptz[],
            ?::timestamptz[], ?::boolean[])
        on conflict (fill_id) do update set
            charges = excluded.charges, live = excluded.live
        """;

    private static final String UPSERT_DONT_KNOWS = """
        insert into execution.dont_know (
            fill_id, broker_id, exec_id, reason, text, said_by, said_at)
        select * from unnest(
            ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[])
        on conflict (fill_id) do update set
            reason = excluded.reason, text = excluded.text, said_by = excluded.said_by, said_at = excluded.said_at,
            not_said = null
        """;

    private static final String MARK_NOT_SAID = """
        update execution.dont_know d set not_said = batch.why
        from unnest(?::text[], ?::text[]) as batch(fill_id, why)
        where d.fill_id = batch.fill_id
        """;

    private static final String UPSERT_GATES = """
        insert into execution.broker_gate (broker_id, state, why, since)
        select * from unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[])
        on conflict (broker_id) do update set state = excluded.state, why = excluded.why, since = excluded.since
        """;

    private static final String UPSERT_SEQUENCES = """
        insert into execution.fix_session_sequence (broker_id, inbound, updated_at)
        select * from unnest(?::text[], ?::bigint[], ?::timestamptz[])
        on conflict (broker_id) do update set inbound = excluded.inbound, updated_at = excluded.updated_at
        """;

    /** Adds what the batch changed to what is sent. */
    static void add(Batch batch, Instant at, OneTrip changes) {
        decisions(changes, batch.facts);
        orders(changes, batch.orders, at);
        routes(changes, batch.routes);
        fills(changes, batch.facts);
        positions(changes, batch.positions, at);
        cash(changes, batch.cash, at);
        trades(changes, batch.trades);
        externals(changes, batch, at);
        days(changes, batch);
        gates(changes, batch);
        sequences(changes, batch, at);
        openings(changes, batch.facts);
    }

    private static void orders(OneTrip changes, List<ParentOrder> orders, Instant at) {
        new Rows<>(orders)
                .text(o -> o.body().orderId())
                .text(o -> o.body().terms().decisionId())
                .text(o -> o.body().terms().businessDate())
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
                .text(ReadModels::why)
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
                .time(o -> at)
                .addRowsTo(changes, UPSERT_ORDERS);
    }

    private static @Nullable String why(ParentOrder order) {
        return switch (order) {
            case ParentOrder.Parked parked -> parked.why();
            case ParentOrder.Closing closing -> closing.why();
            case ParentOrder.Open open -> open.waits();
            case ParentOrder.Ended _ -> null;
        };
    }

    private static void routes(OneTrip changes, List<Route> routes) {
        new Rows<>(routes)
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
                .addRowsTo(changes, UPSERT_ROUTES);
    }

    private record Taken(
            Recorded recorded,
            DeskFact.Decision decision,
            @Nullable String orderId,
            String codes) {}

    private static void decisions(OneTrip changes, List<Recorded> facts) {
        var taken = new ArrayList<Taken>();
        for (var recorded : facts) {
            if (recorded.fact() instanceof DeskFact.DecisionAccepted accepted) {
                taken.add(new Taken(recorded, accepted.decision(), accepted.orderId(), "{}"));
            } else if (recorded.fact() instanceof DeskFact.DecisionRefused refused) {
                var codes = refused.codes().stream().map(Enum::name).toList();
                taken.add(new Taken(recorded, refused.decision(), null, "{" + String.join(",", codes) + "}"));
            }
        }
        new Rows<>(taken)
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
                .text(d -> d.orderId() == null ? "REFUSED" : "ACCEPTED")
                .text(Taken::codes)
                .text(d -> d.recorded().actor())
                .text(d -> d.recorded().reason())
                .addRowsTo(changes, INSERT_DECISIONS);
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

    private static void fills(OneTrip changes, List<Recorded> facts) {
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
        new Rows<>(fills.values())
                .text(Fill::fillId)
                .text(Fill::execId)
                .text(Fill::routeId)
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
                .text(f -> f.filled() != null && f.filled().gap() != null)
                .addTo(changes, INSERT_FILLS);
        new Rows<>(back).text(id -> id).addTo(changes, TAKE_FILLS_BACK);
    }

    private static void positions(OneTrip changes, List<Batch.PositionRow> rows, Instant at) {
        var known = rows.stream().filter(row -> row.instrument() != null).toList();
        new Rows<>(known)
                .text(p -> p.line().account())
                .text(p -> p.line().instrument())
                .text(p -> p.instrument() == null ? null : p.instrument().isin())
                .number(p -> p.position().quantity())
                .number(p -> p.position().averageCost().map(Price::value).orElse(BigDecimal.ZERO))
                .number(p -> p.position().realised())
                .text(p -> p.instrument() == null ? null : p.instrument().currency())
                .time(p -> at)
                .addTo(changes, UPSERT_POSITIONS);
    }

    private static void cash(OneTrip changes, List<Batch.CashRow> rows, Instant at) {
        new Rows<>(rows)
                .text(c -> c.purse().account())
                .text(c -> c.purse().currency())
                .number(c -> c.balance().amount())
                .time(c -> at)
                .addTo(changes, UPSERT_CASH);
    }

    private static void trades(OneTrip changes, List<TradeState> rows) {
        new Rows<>(rows)
                .text(t -> t.allocated().trade().tradeId())
                .text(t -> t.allocated().trade().businessDate())
                .text(t -> t.allocated().trade().tradeDate())
                .text(t -> t.allocated().trade().account())
                .text(t -> String.join(" ", t.allocated().trade().orderIds()))
                .text(t -> t.allocated().trade().broker())
                .text(t -> t.allocated().brokerLei())
                .text(t -> t.allocated().brokerBic())
                .text(t -> t.allocated().trade().instrument())
                .text(t -> t.allocated().isin())
                .text(t -> t.allocated().mic())
                .text(t -> t.allocated().trade().grossAmount().currency())
                .text(t -> t.allocated().trade().side())
                .quantity(t -> t.allocated().trade().quantity())
                .price(t -> t.allocated().trade().averagePrice())
                .number(t -> t.allocated().trade().grossAmount().amount())
                .number(t -> t.allocated().trade().commission().amount())
                .number(t -> t.allocated().trade().fees().amount())
                .number(t -> t.allocated().trade().netAmount().amount())
                .text(t -> t.allocated().trade().settlementDate())
                .text(t -> t.allocated().placeOfSettlement())
                .text(TradeState::status)
                .text(TradeState::reference)
                .text(TradeState::text)
                .time(t -> t.allocated().trade().executedAt())
                .addTo(changes, UPSERT_TRADES);
    }

    private static void externals(OneTrip changes, Batch batch, Instant at) {
        new Rows<>(batch.externals)
                .text(o -> o.body().externalId())
                .text(o -> o.body().broker())
                .text(o -> o.body().origin())
                .text(o -> o.body().businessDate())
                .text(o -> o.body().tradeDate())
                .text(o -> o.body().clOrdId())
                .text(o -> o.body().brokerOrderId())
                .text(o -> o.body().named().symbol())
                .text(o ->
                        o.body().product() == null ? null : o.body().product().instrument())
                .text(o -> o.body().product() == null
                        ? o.body().named().isin()
                        : o.body().product().isin())
                .text(o -> o.body().named().mic())
                .text(o ->
                        o.body().product() == null ? null : o.body().product().currency())
                .text(o -> o.body().side())
                .quantity(o -> o.body().executed())
                .price(o -> o.body().average())
                .text(ReadModels::status)
                .text(ReadModels::why)
                .text(o -> o.body().account())
                .text(o -> o.body().claim() == null ? null : o.body().claim().account())
                .text(o -> o.body().claim() == null ? null : o.body().claim().by())
                .text(o -> o.body().claim() == null ? null : o.body().claim().approvedBy())
                .text(o -> o.body().named().account())
                .time(o -> o.body().heardAt())
                .time(o -> at)
                .addTo(changes, UPSERT_EXTERNAL_ORDERS);
        var fills = new ArrayList<ExternalFill>();
        for (var order : batch.externals) {
            order.body()
                    .executions()
                    .forEach(each -> fills.add(new ExternalFill(order.body().externalId(), each)));
        }
        new Rows<>(fills)
                .text(f -> f.of().fillId())
                .text(ExternalFill::externalId)
                .text(f -> f.of().execId())
                .text(f -> f.of().tradeDate())
                .quantity(f -> f.of().quantity())
                .price(f -> f.of().price())
                .number(f -> f.of().charges() == null ? null : f.of().charges().amount())
                .time(f -> f.of().transactTime())
                .time(f -> f.of().receivedAt())
                .text(f -> f.of().live())
                .addTo(changes, UPSERT_EXTERNAL_FILLS);
        for (var recorded : batch.facts) {
            var one = List.of(recorded);
            // Rare, and their order matters.
            switch (recorded.fact()) {
                case DeskFact.DontKnowSaid said ->
                    new Rows<>(one)
                            .text(r -> Streams.id(r.stream()))
                            .text(r -> said.broker())
                            .text(r -> said.execId())
                            .text(r -> said.reason())
                            .text(r -> said.text())
                            .text(Recorded::actor)
                            .time(Recorded::at)
                            .addTo(changes, UPSERT_DONT_KNOWS);
                case DeskFact.DontKnowNotSaid not ->
                    new Rows<>(one)
                            .text(r -> Streams.id(r.stream()))
                            .text(r -> not.why())
                            .addTo(changes, MARK_NOT_SAID);
                default -> {
                    // Of others.
                }
            }
        }
    }

    private record ExternalFill(String externalId, ExternalExecution of) {}

    private static String status(ExternalOrder order) {
        return switch (order) {
            case ExternalOrder.Waiting _ -> "WAITING";
            case ExternalOrder.Unbooked _ -> "UNBOOKED";
            case ExternalOrder.InSuspense _ -> "IN_SUSPENSE";
            case ExternalOrder.Claimed _ -> "CLAIMED";
            case ExternalOrder.Ours _ -> "OURS";
        };
    }

    private static @Nullable String why(ExternalOrder order) {
        return switch (order) {
            case ExternalOrder.Unbooked unbooked -> unbooked.why();
            case ExternalOrder.Ours ours -> ours.routeId();
            case ExternalOrder.Waiting _, ExternalOrder.InSuspense _, ExternalOrder.Claimed _ -> null;
        };
    }

    private static void days(OneTrip changes, Batch batch) {
        new Rows<>(batch.days.values())
                .text(Day::date)
                .text(Day::status)
                .time(Day::openedAt)
                .time(Day::closedAt)
                .addTo(changes, UPSERT_DAYS);
    }

    private static void gates(OneTrip changes, Batch batch) {
        new Rows<>(batch.gates.entrySet())
                .text(Map.Entry::getKey)
                .text(each -> each.getValue().name())
                .text(each -> each.getValue().words())
                .time(each -> each.getValue().since())
                .addTo(changes, UPSERT_GATES);
    }

    private static void openings(OneTrip changes, List<Recorded> facts) {
        var opened = new ArrayList<LocalDate>();
        for (var recorded : facts) {
            if (recorded.fact() instanceof DeskFact.DayOpened day) {
                opened.add(day.businessDate());
            }
        }
        new Rows<>(opened).text(date -> date).addTo(changes, KEEP_OPENING_POSITIONS);
        new Rows<>(opened).text(date -> date).addTo(changes, KEEP_OPENING_CASH);
    }

    private static void sequences(OneTrip changes, Batch batch, Instant at) {
        new Rows<>(batch.sequences.entrySet())
                .text(Map.Entry::getKey)
                .text(Map.Entry::getValue)
                .time(e -> at)
                .addTo(changes, UPSERT_SEQUENCES);
    }

    /**
     * The columns of a batch of rows, bound as one array of texts for each: the driver sends those as they are, other
     * arrays it would have to quote. PostgreSQL reads every type from text. A wide table is bound as one array of its rows:
     * it is written with every commit, and PostgreSQL prepares a scan for each array it is given, for one row as for many.
     */
    private static final class Rows<T> {
        private final Collection<T> rows;
        private final List<@Nullable String[]> columns = new ArrayList<>();

        Rows(Collection<T> rows) {
            this.rows = rows;
        }

        Rows<T> text(Function<T, @Nullable Object> value) {
            var column = new @Nullable String[rows.size()];
            var at = 0;
            for (var row : rows) {
                var each = value.apply(row);
                column[at++] = each == null ? null : each.toString();
            }
            columns.add(column);
            return this;
        }

        Rows<T> number(Function<T, @Nullable BigDecimal> value) {
            return text(row -> {
                var each = value.apply(row);
                return each == null ? null : each.toPlainString();
            });
        }

        Rows<T> quantity(Function<T, @Nullable Quantity> value) {
            return number(row -> {
                var each = value.apply(row);
                return each == null ? null : each.value();
            });
        }

        Rows<T> price(Function<T, @Nullable Price> value) {
            return number(row -> {
                var each = value.apply(row);
                return each == null ? null : each.value();
            });
        }

        Rows<T> time(Function<T, @Nullable Instant> value) {
            return text(value::apply);
        }

        void addTo(OneTrip changes, String statement) {
            if (!rows.isEmpty()) {
                changes.add(statement, this::bind);
            }
        }

        /** For the tables that change with every order: the columns in the order of the table. */
        void addRowsTo(OneTrip changes, String statement) {
            if (!rows.isEmpty()) {
                var literal = literal();
                changes.add(statement, (prepared, first) -> {
                    prepared.setString(first, literal);
                    return first + 1;
                });
            }
        }

        private String literal() {
            var text = new StringBuilder(rows.size() * 512).append('{');
            for (var row = 0; row < rows.size(); row++) {
                text.append(row == 0 ? "\"(" : ",\"(");
                for (var column = 0; column < columns.size(); column++) {
                    if (column > 0) {
                        text.append(',');
                    }
                    value(text, columns.get(column)[row]);
                }
                text.append(")\"");
            }
            return text.append('}').toString();
        }

        /** A value of a row of an array, and so escaped twice. Nothing at all is null. */
        private static void value(StringBuilder text, @Nullable String value) {
            if (value == null) {
                return;
            }
            text.append("\\\"");
            for (var at = 0; at < value.length(); at++) {
                var each = value.charAt(at);
                switch (each) {
                    case '"' -> text.append("\\\"\\\"");
                    case '\\' -> text.append("\\\\\\\\");
                    default -> text.append(each);
                }
            }
            text.append("\\\"");
        }

        private int bind(PreparedStatement statement, int first) throws SQLException {
            var next = first;
            for (var column : columns) {
                statement.setArray(next++, statement.getConnection().createArrayOf("text", column));
            }
            return next;
        }
    }
}
