package org.tradesuite.reporting.tca;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a group of orders did, such as those of one broker: money in the reporting currency; basis points weighted by
 * executed notional, with the plain median beside them, since one large order can carry the mean.
 *
 * @param measured orders with fills and an arrival price: what the basis points rest on
 */
record Scorecard(
        String name,
        int orders,
        int measured,
        BigDecimal executedNotional,
        BigDecimal fillRatePercent,
        BigDecimal totalCost,
        BigDecimal fees,
        @Nullable BigDecimal arrivalBps,
        @Nullable BigDecimal medianArrivalBps,
        @Nullable BigDecimal vwapBps,
        @Nullable BigDecimal participationPercent,
        @Nullable BigDecimal spreadCapture) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** One scorecard per value of the key, by name. */
    static List<Scorecard> by(List<OrderCost> orders, Function<OrderCost, String> key) {
        TreeMap<String, List<OrderCost>> groups = new TreeMap<>();
        for (OrderCost order : orders) {
            groups.computeIfAbsent(key.apply(order), name -> new ArrayList<>()).add(order);
        }
        return groups.entrySet().stream()
                .map(group -> of(group.getKey(), group.getValue()))
                .toList();
    }

    static Scorecard of(String name, List<OrderCost> orders) {
        List<BigDecimal> arrivals = orders.stream()
                .map(OrderCost::arrivalBps)
                .filter(bps -> bps != null)
                .sorted()
                .toList();
        return new Scorecard(
                name,
                orders.size(),
                arrivals.size(),
                sum(orders, order -> order.converted(order.executedNotional())),
                fillRate(orders),
                sum(orders, order -> order.convertedTotal()),
                sum(orders, order -> order.converted(order.fees())),
                weighted(orders, OrderCost::arrivalBps),
                median(arrivals),
                weighted(orders, OrderCost::vwapBps),
                percent(weighted(orders, OrderCost::participation)),
                weighted(orders, OrderCost::spreadCapture));
    }

    static BigDecimal sum(List<OrderCost> orders, Function<OrderCost, BigDecimal> amount) {
        return orders.stream()
                .map(amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .setScale(2, RoundingMode.HALF_EVEN);
    }

    /** Executed over ordered, each order by its notional: a large order left lying weighs more than a small one. */
    private static BigDecimal fillRate(List<OrderCost> orders) {
        BigDecimal ordered = BigDecimal.ZERO;
        BigDecimal executed = BigDecimal.ZERO;
        for (OrderCost order : orders) {
            BigDecimal notional = order.converted(order.notional());
            ordered = ordered.add(notional);
            executed = executed.add(
                    notional.multiply(order.executed()).divide(order.ordered(), 12, RoundingMode.HALF_EVEN));
        }
        return ordered.signum() == 0
                ? BigDecimal.ZERO
                : executed.multiply(HUNDRED).divide(ordered, 2, RoundingMode.HALF_EVEN);
    }

    private static @Nullable BigDecimal weighted(
            List<OrderCost> orders, Function<OrderCost, @Nullable BigDecimal> measure) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal weight = BigDecimal.ZERO;
        for (OrderCost order : orders) {
            BigDecimal value = measure.apply(order);
            if (value != null) {
                BigDecimal notional = order.converted(order.executedNotional());
                sum = sum.add(value.multiply(notional));
                weight = weight.add(notional);
            }
        }
        return weight.signum() == 0 ? null : sum.divide(weight, 4, RoundingMode.HALF_EVEN);
    }

    private static @Nullable BigDecimal median(List<BigDecimal> sorted) {
        if (sorted.isEmpty()) {
            return null;
        }
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : sorted.get(middle - 1).add(sorted.get(middle)).divide(BigDecimal.valueOf(2));
    }

    private static @Nullable BigDecimal percent(@Nullable BigDecimal share) {
        return share == null ? null : share.multiply(HUNDRED).setScale(2, RoundingMode.HALF_EVEN);
    }

    /** The orders that cost most in money, dearest first. */
    static List<OrderCost> dearest(List<OrderCost> orders, int count) {
        return orders.stream()
                .sorted(Comparator.comparing(OrderCost::convertedTotal, Comparator.reverseOrder())
                        .thenComparing(OrderCost::orderId))
                .limit(count)
                .toList();
    }
}
