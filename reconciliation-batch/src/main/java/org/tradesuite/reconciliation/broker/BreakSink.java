package org.tradesuite.reconciliation.broker;

/** Takes differences as they are found. */
interface BreakSink {

    void add(FoundBreaks.Found found);
}
