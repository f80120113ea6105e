package org.tradesuite.reconciliation.statement;

/** What kind of statement it is; STATEMENT where a file could not even be told apart. */
public enum Feed {
    /** What a broker says at the end of the day, in its layout. */
    BROKER_TRADE,
    /** A broker's executions as FIX messages. */
    BROKER_DROP_COPY,
    /** Holdings: MT535, semt.002, semt.003. */
    CUSTODIAN_POSITION,
    /** Movements of securities: MT536, semt.017. */
    CUSTODIAN_MOVEMENT,
    /** Instructions that have not settled: MT537, semt.018. */
    CUSTODIAN_PENDING,
    /** Booked cash of a day: MT940, MT950, camt.053. */
    CUSTODIAN_CASH,
    /** Cash within the day: MT942, camt.052. */
    CUSTODIAN_INTRADAY,
    /** Single advices: MT900, MT910, camt.054, MT544 to MT547. */
    CUSTODIAN_ADVICE,
    STATEMENT
}
