package org.tradesuite.execution.reference;

/** Whether the broker lends to an account. A cash account pays in full and sells nothing it does not have. */
public enum MarginType {
    CASH,
    MARGIN
}
