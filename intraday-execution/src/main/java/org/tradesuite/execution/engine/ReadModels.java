package org.tradesuite.execution.engine;

import java.time.Instant;

/**
 * Writes what a batch changed into the read models of schema execution: one statement for each table, whatever the number
 * of rows. Every statement gives the same result when it is run again.
 */
final class ReadModels {

    private ReadModels() {}

    /** Adds what the batch changed to what is sent. */
    static void add(Batch batch, Instant at, OneTrip changes) {
        OrderTables.add(changes, batch, at);
        AmendmentTables.add(changes, batch, at);
        BookTables.add(changes, batch, at);
        TradeTables.add(changes, batch, at);
        ExternalTables.add(changes, batch, at);
        BrokerTables.add(changes, batch, at);
        SwitchTables.add(changes, batch, at);
    }
}
