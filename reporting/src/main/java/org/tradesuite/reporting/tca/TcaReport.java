package org.tradesuite.reporting.tca;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import org.tradesuite.reporting.document.Csv;

/**
 * The figures of a TCA report; page and file both take them from here.
 *
 * @param currency the reporting currency, in which totals are given
 * @param orders every parent order of the date, by order
 */
record TcaReport(LocalDate businessDate, String currency, List<OrderCost> orders) {

    TcaReport {
        orders = List.copyOf(orders);
    }

    Scorecard total() {
        return Scorecard.of("All orders", orders);
    }

    List<Scorecard> byBroker() {
        return Scorecard.by(
                orders.stream().filter(order -> order.brokerId() != null).toList(),
                order -> String.valueOf(order.brokerId()));
    }

    List<Scorecard> byMarket() {
        return Scorecard.by(orders, OrderCost::mic);
    }

    List<Scorecard> byAlgorithm() {
        return Scorecard.by(orders, OrderCost::algo);
    }

    BigDecimal notional() {
        return Scorecard.sum(orders, order -> order.converted(order.notional()));
    }

    BigDecimal delay() {
        return Scorecard.sum(orders, order -> order.converted(order.delay()));
    }

    BigDecimal trading() {
        return Scorecard.sum(orders, order -> order.converted(order.trading()));
    }

    BigDecimal opportunity() {
        return Scorecard.sum(orders, order -> order.converted(order.opportunity()));
    }

    BigDecimal fees() {
        return Scorecard.sum(orders, order -> order.converted(order.fees()));
    }

    /** The sum of the four parts as they are printed. */
    BigDecimal shortfall() {
        return delay().add(trading()).add(opportunity()).add(fees());
    }

    BigDecimal shortfallBps() {
        return ImplementationShortfall.basisPoints(shortfall(), notional()).setScale(2, RoundingMode.HALF_EVEN);
    }

    byte[] csv() {
        Csv csv = new Csv(
                "business_date",
                "order_id",
                "account_id",
                "strategy_id",
                "broker_id",
                "instrument_id",
                "mic",
                "currency",
                "side",
                "algo",
                "ordered_quantity",
                "executed_quantity",
                "average_price",
                "decision_price",
                "arrival_price",
                "end_price",
                "interval_vwap",
                "market_volume",
                "paper_notional",
                "delay_cost",
                "trading_cost",
                "opportunity_cost",
                "fees",
                "shortfall_cost",
                "shortfall_cost_bps",
                "spread_cost",
                "impact_cost",
                "market_move_cost",
                "arrival_cost_bps",
                "vwap_cost_bps",
                "participation",
                "spread_capture",
                "fx_rate",
                "reporting_currency",
                "shortfall_cost_reporting",
                "note");
        for (OrderCost order : orders) {
            csv.row(
                    businessDate,
                    order.orderId(),
                    order.accountId(),
                    order.strategyId(),
                    order.brokerId(),
                    order.instrumentId(),
                    order.mic(),
                    order.currency(),
                    order.side(),
                    order.algo(),
                    order.ordered(),
                    order.executed(),
                    order.averagePrice(),
                    order.decisionPrice(),
                    order.arrivalPrice(),
                    order.endPrice(),
                    order.intervalVwap(),
                    order.marketVolume(),
                    order.notional(),
                    order.delay(),
                    order.trading(),
                    order.opportunity(),
                    order.fees(),
                    order.total(),
                    order.shortfallBps(),
                    order.spread(),
                    order.impact(),
                    order.marketMove(),
                    order.arrivalBps(),
                    order.vwapBps(),
                    order.participation(),
                    order.spreadCapture(),
                    order.fxRate(),
                    currency,
                    order.convertedTotal(),
                    order.note());
        }
        return csv.bytes();
    }
}
