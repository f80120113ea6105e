package org.tradesuite.suite.custodian;

/** What the custodian can get wrong in its statements, on purpose and on record. */
public enum StatementFault {
    WRONG_QUANTITY,
    MISSING_HOLDING,
    EXTRA_HOLDING,
    MISSING_CASH_LINE,
    WRONG_AMOUNT
}
