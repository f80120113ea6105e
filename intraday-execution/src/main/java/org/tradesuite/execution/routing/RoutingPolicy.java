package org.tradesuite.execution.routing;

import java.math.BigDecimal;
import org.tradesuite.market.BasisPoints;

/**
 * What the desk assumes until it has measured.
 *
 * @param slippageWeight executed notional, in the market's currency, at which a measured slippage weighs as much as the
 *     usual one (half the instrument's spread)
 * @param usualRejectRate fraction of orders rejected by an unknown broker
 * @param rejectWeight orders after which a measured reject rate weighs as much as the usual one
 * @param costOfReject what the delay of one reject costs, of the order's amount
 */
public record RoutingPolicy(
        BigDecimal slippageWeight, BigDecimal usualRejectRate, long rejectWeight, BasisPoints costOfReject) {

    /** Starting values, to be fitted once there are fills to fit them to. */
    public static final RoutingPolicy STARTING =
            new RoutingPolicy(new BigDecimal("1000000"), new BigDecimal("0.02"), 50, BasisPoints.of("10"));
}
