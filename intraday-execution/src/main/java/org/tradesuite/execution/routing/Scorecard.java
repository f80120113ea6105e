package org.tradesuite.execution.routing;

import java.math.BigDecimal;
import java.math.MathContext;
import org.tradesuite.market.BasisPoints;

/**
 * How a broker has done on a market so far.
 *
 * @param notional sum of what was executed, in the market's currency
 * @param slippageCost sum of what it cost against the mid at arrival, in the same currency; above zero is worse
 * @param sent orders sent
 * @param rejected orders the broker did not take
 */
public record Scorecard(BigDecimal notional, BigDecimal slippageCost, long sent, long rejected) {

    static final Scorecard BLANK = new Scorecard(BigDecimal.ZERO, BigDecimal.ZERO, 0, 0);

    /**
     * Measured slippage, drawn towards what is usual while little is known: the usual figure weighs as much as
     * {@code weight} of executed notional.
     */
    BasisPoints slippage(BasisPoints usual, BigDecimal weight) {
        var cost = slippageCost.add(weight.multiply(usual.fraction()));
        var base = notional.add(weight);
        return base.signum() == 0 ? usual : BasisPoints.ofFraction(cost.divide(base, MathContext.DECIMAL64));
    }

    /** Share of orders rejected, drawn towards {@code usual} as if that many more orders had shown it. */
    BigDecimal rejectRate(BigDecimal usual, long orders) {
        var count = BigDecimal.valueOf(sent + orders);
        return count.signum() == 0
                ? usual
                : BigDecimal.valueOf(rejected)
                        .add(usual.multiply(BigDecimal.valueOf(orders)))
                        .divide(count, MathContext.DECIMAL64);
    }

    Scorecard afterSend() {
        return new Scorecard(notional, slippageCost, sent + 1, rejected);
    }

    Scorecard afterReject() {
        return new Scorecard(notional, slippageCost, sent, rejected + 1);
    }

    Scorecard afterFill(BigDecimal executed, BigDecimal cost) {
        return new Scorecard(notional.add(executed), slippageCost.add(cost), sent, rejected);
    }
}
