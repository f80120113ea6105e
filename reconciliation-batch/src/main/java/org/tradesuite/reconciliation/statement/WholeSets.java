package org.tradesuite.reconciliation.statement;

import org.springframework.jdbc.core.simple.JdbcClient;

/** How the server shall work in a step that joins whole sets it has just been given. */
public final class WholeSets {

    private WholeSets() {}

    /**
     * Until the end of the transaction. The rows are new, so the server has no statistics about them, takes the tables
     * for small and compares every row of one with every row of the other: minutes for what hashing does in a second.
     * Merge joins too, which it would sort by the broker alone.
     */
    public static void join(JdbcClient jdbc) {
        jdbc.sql("select set_config('enable_nestloop', 'off', true), set_config('enable_mergejoin', 'off', true),"
                        + " set_config('work_mem', '128MB', true)")
                .query((row, number) -> row.getString(1))
                .list();
    }
}
