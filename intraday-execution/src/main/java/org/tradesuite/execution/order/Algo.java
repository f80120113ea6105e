package org.tradesuite.execution.order;

/** How a parent order is worked: all at once, evenly over time, or along the market's usual volume. */
public enum Algo {
    IMMEDIATE,
    TWAP,
    VWAP
}
