package org.tradesuite.execution.risk;

/** How much may be traded under a switch; a later one allows less. */
public enum TradingState {
    ACTIVE,
    /** Only what brings a position closer to flat, and not through it. */
    REDUCING,
    HALTED;

    public boolean stricterThan(TradingState other) {
        return compareTo(other) > 0;
    }
}
