package org.tradesuite.execution.reference;

/** Whether an instrument may be traded: halted is for minutes and by its market, suspended is until further notice. */
public enum TradingStatus {
    ACTIVE,
    HALTED,
    SUSPENDED
}
