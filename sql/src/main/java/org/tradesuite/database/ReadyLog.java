package org.tradesuite.database;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The files of the server's write-ahead log, made and filled ahead. A file that is done with is kept and used again up to
 * the size the server is to keep; before there are that many, each new one is filled with zeros and forced to the disk
 * within the commit that needs it.
 */
final class ReadyLog {

    /** What the server keeps: {@code min_wal_size}. */
    static final String SIZE = "1GB";

    /** Of 16 MB each, together {@link #SIZE}. */
    static final int FILES = 64;

    /** On a disk with less than this free, in octets, the log grows as it is needed. */
    static final long ROOM = 8L << 30;

    private ReadyLog() {}

    /** As the server's administrator. A file begins to be used only when something is written to it. */
    static void make(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            try (var row = statement.executeQuery("select count(*) from pg_ls_waldir()")) {
                row.next();
                if (row.getInt(1) >= FILES) {
                    return;
                }
            }
            for (var file = 0; file < FILES; file++) {
                statement.execute("select pg_logical_emit_message(false, 'tradesuite', '')");
                statement.execute("select pg_switch_wal()");
            }
            // What lies before a checkpoint is done with, and is kept for later.
            statement.execute("checkpoint");
        }
    }
}
