package org.tradesuite.execution.reference;

/** What is done with an order in something that compliance has put on a list. */
public enum TradingList {
    /** It is refused. */
    RESTRICTED,
    /** It is let through, and compliance is told. */
    WATCH
}
