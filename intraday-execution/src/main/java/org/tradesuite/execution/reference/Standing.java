package org.tradesuite.execution.reference;

/** Whether we deal for an account or with a broker. Only an active one gets new orders. */
public enum Standing {
    ACTIVE,
    SUSPENDED,
    CLOSED
}
