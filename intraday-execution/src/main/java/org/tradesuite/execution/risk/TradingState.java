package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import org.tradesuite.market.Side;

/** How much may be traded under a switch; a later one allows less. */
public enum TradingState {
    ACTIVE,
    /** Only what brings a position closer to flat, and not through it. */
    REDUCING,
    HALTED;

    public boolean stricterThan(TradingState other) {
        return compareTo(other) > 0;
    }

    /** What REDUCING leaves: how much on that side brings a position to flat; zero if that side leads away from it. */
    public static BigDecimal roomToFlat(Side side, BigDecimal held) {
        return (side == Side.BUY ? held.negate() : held).max(BigDecimal.ZERO);
    }
}
