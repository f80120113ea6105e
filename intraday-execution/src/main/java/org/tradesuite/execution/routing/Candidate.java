package org.tradesuite.execution.routing;

import org.jspecify.annotations.Nullable;
import org.tradesuite.market.BasisPoints;
import org.tradesuite.market.BrokerId;

/**
 * One broker's arithmetic for one order, in basis points of its expected gross amount.
 *
 * @param commission at the rate, or the minimum commission if that is more
 * @param slippage expected from past fills on this market, above zero is worse
 * @param rejects what its reject rate is expected to cost
 * @param total the sum
 * @param excluded why it cannot be chosen whatever it costs; absent if it can
 */
public record Candidate(
        BrokerId broker,
        BasisPoints commission,
        BasisPoints fee,
        BasisPoints slippage,
        BasisPoints rejects,
        BasisPoints total,
        @Nullable String excluded) {}
