package org.tradesuite.reconciliation.statement;

/** What kind of statement it is; STATEMENT where a file could not even be told apart. */
public enum Feed {
    BROKER_TRADE,
    CUSTODIAN_POSITION,
    CUSTODIAN_CASH,
    STATEMENT
}
