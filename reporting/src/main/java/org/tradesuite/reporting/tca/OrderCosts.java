package org.tradesuite.reporting.tca;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.market.Side;

/** Reads what execution published of a date, measures every parent order, and keeps the costs. */
final class OrderCosts {

    /** The interval runs from arrival to the last fill; prints of others only, our own fills are not among them. */
    private static final String ORDERS = """
        select o.order_id, o.account_id, o.strategy_id, o.instrument_id, o.mic, o.currency, o.side, o.algo,
               o.quantity, o.decision_price, o.arrival_bid, o.arrival_ask, o.end_price,
               coalesce(f.broker_id, o.broker_id) as broker_id,
               m.vwap, m.volume
          from execution_api.parent_order o
          left join lateral (
               select broker_id from execution_api.fill
                where order_id = o.order_id and live
                group by broker_id order by sum(quantity) desc, broker_id limit 1) f on true
          left join lateral (
               select sum(p.price * p.quantity) / nullif(sum(p.quantity), 0) as vwap, sum(p.quantity) as volume
                 from execution_api.market_print p
                where p.instrument_id = o.instrument_id
                  and p.print_time >= o.arrival_time and p.print_time <= o.last_fill_time) m on true
         where o.business_date = :businessDate
         order by o.order_id
        """;

    private static final String FILLS = """
        select order_id, quantity, price, bid, ask from execution_api.fill
         where business_date = :businessDate and live order by order_id, transact_time, fill_id
        """;
    /** Charges are agreed per trade; each order bears them by its share of the executed amount. */
    private static final String FEES = """
        select t.trade_id, f.order_id, t.commission + t.fees as charges, sum(f.quantity * f.price) as amount
          from execution_api.confirmed_trade t
          join execution_api.fill f
            on f.business_date = t.business_date and f.account_id = t.account_id and f.broker_id = t.broker_id
           and f.instrument_id = t.instrument_id and f.side = t.side and f.order_id = any(t.order_ids) and f.live
         where t.business_date = :businessDate
         group by t.trade_id, f.order_id, t.commission, t.fees
         order by t.trade_id, f.order_id
        """;

    private static final String RATES = """
        select distinct on (base, quote) base, quote, rate from reference_api.fx_rate
         where rate_date <= :businessDate order by base, quote, rate_date desc
        """;
    private static final String FORGET = "delete from reporting.order_cost where business_date = :businessDate";
    private static final String KEEP = """
        insert into reporting.order_cost
               (business_date, order_id, account_id, strategy_id, broker_id, instrument_id, mic, currency, side,
                algo, ordered, executed, average_price, decision_price, arrival_price, end_price, interval_vwap,
                market_volume, benchmark_notional, delay_cost, trading_cost, opportunity_cost, fees, spread_cost,
                impact_cost, market_move_cost, arrival_bps, vwap_bps, participation, spread_capture, fx_rate, note)
        values (:businessDate, :order, :account, :strategy, :broker, :instrument, :mic, :currency, :side,
                :algo, :ordered, :executed, :average, :decision, :arrival, :end, :vwap,
                :volume, :notional, :delay, :trading, :opportunity, :fees, :spread,
                :impact, :move, :arrivalBps, :vwapBps, :participation, :capture, :fxRate, :note)
        """;
    private static final String KEPT = """
        select order_id, account_id, strategy_id, broker_id, instrument_id, mic, currency, side, algo,
               ordered, executed, average_price, decision_price, arrival_price, end_price, interval_vwap,
               market_volume, benchmark_notional, delay_cost, trading_cost, opportunity_cost, fees,
               spread_cost, impact_cost, market_move_cost, arrival_bps, vwap_bps, participation,
               spread_capture, fx_rate, note
          from reporting.order_cost where business_date = :businessDate order by order_id
        """;

    private final JdbcClient jdbc;
    private final String reportingCurrency;

    OrderCosts(JdbcClient jdbc, String reportingCurrency) {
        this.jdbc = jdbc;
        this.reportingCurrency = reportingCurrency;
    }

    /** Measures every order of the date anew, in place of what was kept before; returns how many. */
    int measure(LocalDate businessDate) {
        Map<String, List<Execution>> fills = fills(businessDate);
        Map<String, BigDecimal> fees = fees(businessDate);
        ExchangeRates rates = rates(businessDate);
        List<OrderFacts> orders = jdbc.sql(ORDERS)
                .param("businessDate", businessDate)
                .query((rows, n) -> facts(rows, fills, fees, rates))
                .list();
        jdbc.sql(FORGET).param("businessDate", businessDate).update();
        for (OrderFacts order : orders) {
            keep(businessDate, OrderCost.measure(order));
        }
        return orders.size();
    }

    private Map<String, List<Execution>> fills(LocalDate businessDate) {
        Map<String, List<Execution>> fills = new HashMap<>();
        jdbc.sql(FILLS).param("businessDate", businessDate).query((ResultSet rows) -> {
            fills.computeIfAbsent(rows.getString("order_id"), order -> new ArrayList<>())
                    .add(new Execution(
                            rows.getBigDecimal("quantity"),
                            rows.getBigDecimal("price"),
                            rows.getBigDecimal("bid"),
                            rows.getBigDecimal("ask")));
        });
        return fills;
    }

    private record Share(String trade, String order, BigDecimal charges, BigDecimal amount) {}

    private Map<String, BigDecimal> fees(LocalDate businessDate) {
        List<Share> shares = jdbc.sql(FEES)
                .param("businessDate", businessDate)
                .query((rows, n) -> new Share(
                        rows.getString("trade_id"),
                        rows.getString("order_id"),
                        rows.getBigDecimal("charges"),
                        rows.getBigDecimal("amount")))
                .list();
        Map<String, BigDecimal> fees = new HashMap<>();
        for (int i = 0; i < shares.size(); ) {
            int end = i;
            BigDecimal amount = BigDecimal.ZERO;
            while (end < shares.size()
                    && shares.get(end).trade().equals(shares.get(i).trade())) {
                amount = amount.add(shares.get(end).amount());
                end++;
            }
            apportion(shares.subList(i, end), amount, fees);
            i = end;
        }
        return fees;
    }

    /** The last order of a trade bears what rounding leaves, so that the shares add up to the charges. */
    private static void apportion(List<Share> shares, BigDecimal amount, Map<String, BigDecimal> fees) {
        BigDecimal left = shares.getFirst().charges();
        for (int i = 0; i < shares.size(); i++) {
            Share share = shares.get(i);
            BigDecimal part = i == shares.size() - 1
                    ? left
                    : share.charges().multiply(share.amount()).divide(amount, 6, RoundingMode.HALF_EVEN);
            left = left.subtract(part);
            fees.merge(share.order(), part, BigDecimal::add);
        }
    }

    private ExchangeRates rates(LocalDate businessDate) {
        Map<ExchangeRates.Pair, BigDecimal> published = new HashMap<>();
        jdbc.sql(RATES).param("businessDate", businessDate).query((ResultSet rows) -> {
            published.put(
                    new ExchangeRates.Pair(rows.getString("base"), rows.getString("quote")),
                    rows.getBigDecimal("rate"));
        });
        return new ExchangeRates(published);
    }

    private OrderFacts facts(
            ResultSet rows, Map<String, List<Execution>> fills, Map<String, BigDecimal> fees, ExchangeRates rates)
            throws SQLException {
        String order = rows.getString("order_id");
        String currency = rows.getString("currency");
        return new OrderFacts(
                order,
                rows.getString("account_id"),
                rows.getString("strategy_id"),
                rows.getString("broker_id"),
                rows.getString("instrument_id"),
                rows.getString("mic"),
                currency,
                Side.valueOf(rows.getString("side")),
                rows.getString("algo"),
                rows.getBigDecimal("quantity"),
                rows.getBigDecimal("decision_price"),
                rows.getBigDecimal("arrival_bid"),
                rows.getBigDecimal("arrival_ask"),
                rows.getBigDecimal("end_price"),
                rounded(rows.getBigDecimal("vwap")),
                rows.getBigDecimal("volume"),
                fills.getOrDefault(order, List.of()),
                fees.getOrDefault(order, BigDecimal.ZERO),
                rates.rate(currency, reportingCurrency)
                        .orElseThrow(() -> new IllegalStateException("no rate from " + currency + " to "
                                + reportingCurrency + "; import one for the business date and restart the run")));
    }

    private static @Nullable BigDecimal rounded(@Nullable BigDecimal vwap) {
        return vwap == null ? null : vwap.setScale(10, RoundingMode.HALF_EVEN);
    }

    private void keep(LocalDate businessDate, OrderCost cost) {
        jdbc.sql(KEEP)
                .param("businessDate", businessDate)
                .param("order", cost.orderId())
                .param("account", cost.accountId())
                .param("strategy", cost.strategyId())
                .param("broker", cost.brokerId())
                .param("instrument", cost.instrumentId())
                .param("mic", cost.mic())
                .param("currency", cost.currency())
                .param("side", cost.side().name())
                .param("algo", cost.algo())
                .param("ordered", cost.ordered())
                .param("executed", cost.executed())
                .param("average", cost.averagePrice())
                .param("decision", cost.decisionPrice())
                .param("arrival", cost.arrivalPrice())
                .param("end", cost.endPrice())
                .param("vwap", cost.intervalVwap())
                .param("volume", cost.marketVolume())
                .param("notional", cost.notional())
                .param("delay", cost.delay())
                .param("trading", cost.trading())
                .param("opportunity", cost.opportunity())
                .param("fees", cost.fees())
                .param("spread", cost.spread())
                .param("impact", cost.impact())
                .param("move", cost.marketMove())
                .param("arrivalBps", cost.arrivalBps())
                .param("vwapBps", cost.vwapBps())
                .param("participation", cost.participation())
                .param("capture", cost.spreadCapture())
                .param("fxRate", cost.fxRate())
                .param("note", cost.note())
                .update();
    }

    /** The costs that were kept for the date, by order. */
    List<OrderCost> kept(LocalDate businessDate) {
        return jdbc.sql(KEPT)
                .param("businessDate", businessDate)
                .query((rows, n) -> new OrderCost(
                        rows.getString("order_id"),
                        rows.getString("account_id"),
                        rows.getString("strategy_id"),
                        rows.getString("broker_id"),
                        rows.getString("instrument_id"),
                        rows.getString("mic"),
                        rows.getString("currency"),
                        Side.valueOf(rows.getString("side")),
                        rows.getString("algo"),
                        rows.getBigDecimal("ordered"),
                        rows.getBigDecimal("executed"),
                        rows.getBigDecimal("average_price"),
                        rows.getBigDecimal("decision_price"),
                        rows.getBigDecimal("arrival_price"),
                        rows.getBigDecimal("end_price"),
                        rows.getBigDecimal("interval_vwap"),
                        rows.getBigDecimal("market_volume"),
                        rows.getBigDecimal("benchmark_notional"),
                        rows.getBigDecimal("delay_cost"),
                        rows.getBigDecimal("trading_cost"),
                        rows.getBigDecimal("opportunity_cost"),
                        rows.getBigDecimal("fees"),
                        rows.getBigDecimal("spread_cost"),
                        rows.getBigDecimal("impact_cost"),
                        rows.getBigDecimal("market_move_cost"),
                        rows.getBigDecimal("arrival_bps"),
                        rows.getBigDecimal("vwap_bps"),
                        rows.getBigDecimal("participation"),
                        rows.getBigDecimal("spread_capture"),
                        rows.getBigDecimal("fx_rate"),
                        rows.getString("note")))
                .list();
    }
}
