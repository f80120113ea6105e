package org.tradesuite.reconciliation.broker;

/** How something that a broker sends is read: its statement of trades, or its drop copy. */
sealed interface Layout permits BrokerLayout, DropCopyLayout {

    /** Whether a row is about a fill, not a trade. */
    boolean rowPerFill();

    /** Whether commission and fees are told. */
    boolean tellsCharges();
}
