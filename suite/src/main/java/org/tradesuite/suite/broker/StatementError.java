package org.tradesuite.suite.broker;

/** What a broker can get wrong in its end-of-day statement, on purpose and on record. */
public enum StatementError {
    WRONG_QUANTITY,
    WRONG_PRICE,
    WRONG_COMMISSION,
    WRONG_SETTLE_DATE,
    MISSING_ROW,
    EXTRA_ROW,
    DUPLICATE_ROW
}
