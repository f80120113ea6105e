package org.tradesuite.execution.order;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.Route.Body;
import org.tradesuite.execution.order.Route.Gap;
import org.tradesuite.execution.order.Route.Inference;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;

/** Executions that a broker counts and did not report: what they must have been. */
final class Inferences {

    private Inferences() {}

    static @Nullable Inference missing(Route route) {
        var claim = route.body().claim();
        return claim == null || !route.claimed() || claim.average() == null
                ? null
                : missing(route.body(), claim.cumulative(), claim.average(), claim.tradeDate(), claim.transactTime());
    }

    /** At the price with which our average is the broker's. */
    static @Nullable Inference missing(
            Body body, Quantity cumulative, Price average, LocalDate tradeDate, Instant transactTime) {
        var quantity = cumulative.minus(body.cumulative());
        var price = believable(average.value().multiply(cumulative.value()).subtract(body.value()), quantity, average);
        return price == null
                ? null
                : new Inference(
                        quantity, price, new Gap(body.cumulative(), cumulative), average, tradeDate, transactTime);
    }

    /** The inferred execution that a reported one belongs into: by CumQty, else because it happened before the answer. */
    static @Nullable Execution standIn(Body body, ExecutionReport report) {
        for (var each = body.newest(); each != null; each = each.earlier()) {
            var gap = each.gap();
            if (!each.live() || gap == null) {
                continue;
            }
            var reached = report.cumQuantity();
            var within = reached == null
                    ? !report.transactTime().isAfter(each.transactTime())
                    : reached.compareTo(gap.to()) <= 0 && reached.compareTo(gap.above()) > 0;
            if (within) {
                return each;
            }
        }
        return null;
    }

    static @Nullable Inference rest(Body body, ExecutionReport report) {
        var standIn = report.isExecution() ? standIn(body, report) : null;
        var quantity = report.lastQuantity();
        var price = report.lastPrice();
        if (standIn == null
                || standIn.gap() == null
                || quantity == null
                || price == null
                || quantity.compareTo(standIn.quantity()) >= 0) {
            return null;
        }
        var left = standIn.quantity().minus(quantity);
        var at = believable(standIn.value().subtract(price.value().multiply(quantity.value())), left, standIn.price());
        return at == null
                ? null
                : new Inference(left, at, standIn.gap(), null, standIn.tradeDate(), standIn.transactTime());
    }

    /**
     * A broker rounds AvgPx, and the less is missing of the whole the more that is worth: 0.005 on a million shares is 50 on
     * the last hundred. A price further than a tenth from the average is such an accident and not a price.
     */
    private static @Nullable Price believable(BigDecimal value, Quantity quantity, Price around) {
        var price = value.divide(quantity.value(), 10, RoundingMode.HALF_EVEN);
        return price.signum() > 0
                        && price.subtract(around.value())
                                        .abs()
                                        .movePointRight(1)
                                        .compareTo(around.value().abs())
                                <= 0
                ? Price.of(price)
                : null;
    }

    /** The same each time it is worked out, so that an inference that is made again is known again. */
    static String execId(Body body, Inference what) {
        return "INFERRED/" + body.broker() + "/" + body.clOrdId() + "/"
                + what.gap().above() + "-" + what.gap().to() + "/" + what.quantity();
    }
}
