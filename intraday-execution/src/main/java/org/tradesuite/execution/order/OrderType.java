package org.tradesuite.execution.order;

/** Whether an order takes any price or none worse than its limit. */
public enum OrderType {
    MARKET,
    LIMIT
}
