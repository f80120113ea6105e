package org.tradesuite.execution.desk.web;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tradesuite.openapi.execution.model.Account;
import org.tradesuite.openapi.execution.model.Broker;
import org.tradesuite.openapi.execution.model.Desk;
import org.tradesuite.openapi.execution.model.Instrument;
import org.tradesuite.openapi.execution.model.Strategy;
import org.tradesuite.openapi.execution.model.Trader;

/** Reference data with what the market last said. */
@Component
class ReferenceReader {

    private static final String INSTRUMENTS = """
        select i.instrument_id, i.isin, i.symbol, i.mic, i.cfi, i.name, i.currency, i.asset_class, i.lot_size,
               i.tick_size, i.quantity_scale, i.adv, i.spread_bps, i.volatility_daily, i.reference_price, i.status,
               quoted.bid, quoted.ask, traded.price as last
        from reference_api.instrument i
        left join lateral (
            select q.bid, q.ask from execution.market_quote q
            where q.instrument_id = i.instrument_id order by q.quote_time desc limit 1) quoted on true
        left join lateral (
            select p.price from execution.market_print p
            where p.instrument_id = i.instrument_id order by p.print_time desc limit 1) traded on true
        where (cast(:mic as text) is null or i.mic = :mic)
          and (cast(:isin as text) is null or i.isin = :isin)
          and (cast(:after as text) is null or i.instrument_id > :after)
        order by i.instrument_id
        limit :limit
        """;

    private static final String ACCOUNTS = """
        select account_id, name, portfolio, base_currency, status from reference_api.account order by account_id
        """;

    private static final String STRATEGIES =
            "select strategy_id, name from reference_api.strategy order by strategy_id";

    private static final String TRADERS = "select trader_id, name from reference_api.trader order by trader_id";

    private static final String BROKERS = """
        with today as (
            select max(business_date) as business_date from execution.business_day)
        select b.broker_id, b.name, b.lei, b.bic,
               (select count(*) from execution.route r where r.broker_id = b.broker_id and r.ended_at is null)
                   as open_routes,
               (select count(*) from execution.fill f, today t
                where f.broker_id = b.broker_id and f.business_date = t.business_date) as fills_today,
               (select count(*) from execution.route r join execution.parent_order o on o.order_id = r.order_id, today t
                where r.broker_id = b.broker_id and r.status = 'REJECTED' and o.business_date = t.business_date)
                   as rejects_today,
               (select count(*) from execution.route r where r.broker_id = b.broker_id and r.status = 'UNKNOWN')
                   as unknown_routes,
               g.state as gate, g.why as gate_reason, g.since as gate_since
        from reference_api.broker b
        left join execution.broker_gate g on g.broker_id = b.broker_id
        order by b.broker_id
        """;

    private final JdbcClient jdbc;

    ReferenceReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Instrument> instruments(@Nullable String mic, @Nullable String isin, @Nullable String after, int limit) {
        return jdbc.sql(INSTRUMENTS)
                .param("mic", mic)
                .param("isin", isin)
                .param("after", after)
                .param("limit", limit)
                .query(ReferenceReader::instrument)
                .list();
    }

    Desk desk() {
        return new Desk(
                jdbc.sql(ACCOUNTS)
                        .query((columns, number) -> new Account(
                                columns.getString("account_id"),
                                columns.getString("name"),
                                columns.getString("portfolio"),
                                columns.getString("base_currency"),
                                columns.getString("status")))
                        .list(),
                jdbc.sql(STRATEGIES)
                        .query((columns, number) ->
                                new Strategy(columns.getString("strategy_id"), columns.getString("name")))
                        .list(),
                jdbc.sql(TRADERS)
                        .query((columns, number) ->
                                new Trader(columns.getString("trader_id"), columns.getString("name")))
                        .list());
    }

    /** All brokers, as if their lines were down. */
    Map<String, Broker> brokers() {
        return jdbc.sql(BROKERS).query(ReferenceReader::broker).list().stream()
                .collect(Collectors.toMap(
                        Broker::getBrokerId, broker -> broker, (one, other) -> one, java.util.LinkedHashMap::new));
    }

    private static Broker broker(ResultSet columns, int number) throws SQLException {
        var row = new Row(columns);
        var gate = row.textOrNull("gate");
        return new Broker(row.text("broker_id"), row.text("name"), Broker.StateEnum.DOWN)
                .lei(row.textOrNull("lei"))
                .bic(row.textOrNull("bic"))
                .openRoutes(columns.getInt("open_routes"))
                .fillsToday(columns.getInt("fills_today"))
                .rejectsToday(columns.getInt("rejects_today"))
                .unknownRoutes(columns.getInt("unknown_routes"))
                .gate(gate == null ? Broker.GateEnum.DOWN : Broker.GateEnum.fromValue(gate))
                .gateReason(row.textOrNull("gate_reason"))
                .gateSince(row.instantOrNull("gate_since"));
    }

    private static Instrument instrument(ResultSet columns, int number) throws SQLException {
        var row = new Row(columns);
        return new Instrument(
                        row.text("instrument_id"),
                        row.text("symbol"),
                        row.text("mic"),
                        row.text("cfi"),
                        row.text("name"),
                        row.text("currency"),
                        Instrument.AssetClassEnum.fromValue(row.text("asset_class")),
                        row.decimal("lot_size"),
                        row.decimal("tick_size"),
                        columns.getInt("quantity_scale"),
                        Instrument.StatusEnum.fromValue(row.text("status")))
                .isin(row.textOrNull("isin"))
                .adv(row.decimalOrNull("adv"))
                .spreadBps(row.decimalOrNull("spread_bps"))
                .volatilityDaily(row.decimalOrNull("volatility_daily"))
                .referencePrice(row.decimalOrNull("reference_price"))
                .bid(row.decimalOrNull("bid"))
                .ask(row.decimalOrNull("ask"))
                .last(row.decimalOrNull("last"));
    }
}
