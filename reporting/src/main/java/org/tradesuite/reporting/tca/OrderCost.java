package org.tradesuite.reporting.tca;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Side;

/**
 * What an order cost, as it is kept and reported. Money in the order's currency, cost-positive.
 *
 * @param notional decision price times ordered quantity
 * @param note what could not be measured and what was used instead; empty when everything was there
 */
record OrderCost(
        String orderId,
        String accountId,
        String strategyId,
        @Nullable String brokerId,
        String instrumentId,
        String mic,
        String currency,
        Side side,
        String algo,
        BigDecimal ordered,
        BigDecimal executed,
        @Nullable BigDecimal averagePrice,
        @Nullable BigDecimal decisionPrice,
        @Nullable BigDecimal arrivalPrice,
        @Nullable BigDecimal endPrice,
        @Nullable BigDecimal intervalVwap,
        @Nullable BigDecimal marketVolume,
        BigDecimal notional,
        BigDecimal delay,
        BigDecimal trading,
        BigDecimal opportunity,
        BigDecimal fees,
        BigDecimal spread,
        BigDecimal impact,
        BigDecimal marketMove,
        @Nullable BigDecimal arrivalBps,
        @Nullable BigDecimal vwapBps,
        @Nullable BigDecimal participation,
        @Nullable BigDecimal spreadCapture,
        BigDecimal fxRate,
        String note) {

    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final int MONEY = 6;

    /**
     * Measures an order. Where a price is missing the nearest known one stands in and the note says so; without any
     * arrival price only the fees can be told.
     */
    static OrderCost measure(OrderFacts order) {
        List<String> notes = new ArrayList<>();
        BigDecimal arrival = mid(order.arrivalBid(), order.arrivalAsk());
        BigDecimal decision = order.decisionPrice();
        if (arrival == null && decision != null) {
            arrival = decision;
            notes.add("no quote at arrival: decision price used");
        }
        if (decision == null && arrival != null) {
            decision = arrival;
            notes.add("decision price unknown: arrival price used, no delay measured");
        }
        if (arrival == null || decision == null) {
            notes.add("no price at decision or arrival: only fees measured");
            return unmeasured(order, notes);
        }
        BigDecimal executed = order.fills().stream().map(Execution::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal end = order.endPrice();
        if (end == null) {
            end = arrival;
            if (executed.compareTo(order.ordered()) < 0) {
                notes.add("no price at the end: opportunity taken as none");
            }
        }
        if (order.intervalVwap() == null && executed.signum() > 0) {
            notes.add("no market prints in the interval");
        }
        ImplementationShortfall is = new ImplementationShortfall(
                order.side(), order.ordered(), decision, arrival, end, order.fills(), order.fees());
        BigDecimal vwap = order.intervalVwap();
        return new OrderCost(
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
                executed,
                is.averagePrice(),
                decision,
                arrival,
                order.endPrice(),
                vwap,
                order.marketVolume(),
                money(is.paperNotional()),
                money(is.delay()),
                money(is.trading()),
                money(is.opportunity()),
                money(order.fees()),
                money(is.spread()),
                money(is.impact()),
                money(is.trading()).subtract(money(is.spread())).subtract(money(is.impact())),
                is.arrivalBasisPoints(),
                vwap == null ? null : is.slippage(vwap),
                participation(executed, order.marketVolume()),
                is.spreadCapture(),
                order.fxRate(),
                String.join("; ", notes));
    }

    private static OrderCost unmeasured(OrderFacts order, List<String> notes) {
        BigDecimal executed = order.fills().stream().map(Execution::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal none = BigDecimal.ZERO.setScale(MONEY);
        return new OrderCost(
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
                executed,
                null,
                null,
                null,
                order.endPrice(),
                order.intervalVwap(),
                order.marketVolume(),
                none,
                none,
                none,
                none,
                money(order.fees()),
                none,
                none,
                none,
                null,
                null,
                participation(executed, order.marketVolume()),
                null,
                order.fxRate(),
                String.join("; ", notes));
    }

    BigDecimal total() {
        return delay.add(trading).add(opportunity).add(fees);
    }

    BigDecimal shortfallBps() {
        return ImplementationShortfall.basisPoints(total(), notional);
    }

    /**
     * An amount in the reporting currency, two decimals. Rounded here, order by order and part by part, so that every
     * total in page and file is the plain sum of what is printed above it.
     */
    BigDecimal converted(BigDecimal amount) {
        return amount.multiply(fxRate).setScale(2, RoundingMode.HALF_EVEN);
    }

    /** The shortfall in the reporting currency. */
    BigDecimal convertedTotal() {
        return converted(delay)
                .add(converted(trading))
                .add(converted(opportunity))
                .add(converted(fees));
    }

    BigDecimal executedNotional() {
        return averagePrice == null ? BigDecimal.ZERO : executed.multiply(averagePrice);
    }

    private static @Nullable BigDecimal participation(BigDecimal executed, @Nullable BigDecimal volume) {
        return volume == null || volume.signum() == 0 ? null : executed.divide(volume, 6, RoundingMode.HALF_EVEN);
    }

    private static @Nullable BigDecimal mid(@Nullable BigDecimal bid, @Nullable BigDecimal ask) {
        return bid == null || ask == null ? null : bid.add(ask).divide(TWO);
    }

    /** Kept to a millionth: finer than any currency, so sums of kept amounts equal sums of exact ones when printed. */
    private static BigDecimal money(BigDecimal amount) {
        return amount.setScale(MONEY, RoundingMode.HALF_EVEN);
    }
}
