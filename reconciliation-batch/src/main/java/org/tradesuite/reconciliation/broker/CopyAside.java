package org.tradesuite.reconciliation.broker;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * COPYs to the database on a thread of its own, one after the other, so that whoever finds something goes on finding. Until
 * {@link #end} the connection is this thread's. Several threads may hand something in.
 */
final class CopyAside implements AutoCloseable {

    /** COPYs that wait; whoever brings one more waits, too. */
    private static final int AHEAD = 4;

    private final CopyManager manager;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().name("copy").factory());
    private final Semaphore room = new Semaphore(AHEAD);
    private volatile @Nullable Throwable failure;

    CopyAside(Connection connection) throws SQLException {
        manager = connection.unwrap(PGConnection.class).getCopyAPI();
    }

    /** @throws IllegalStateException if one before it could not be written */
    void copy(String command, byte[] octets) {
        check();
        try {
            room.acquire();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The comparison was stopped.", stopped);
        }
        thread.execute(() -> {
            try {
                if (failure == null) {
                    write(command, octets);
                }
            } catch (Throwable failed) {
                // Whatever it is: nothing may be committed without what was to be written.
                failure = failed;
            } finally {
                room.release();
            }
        });
    }

    private void write(String command, byte[] octets) throws SQLException {
        var copy = manager.copyIn(command);
        try {
            copy.writeToCopy(octets, 0, octets.length);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private void check() {
        var failed = failure;
        if (failed != null) {
            throw new IllegalStateException(
                    "What was compared cannot be written: " + failed.getMessage() + ". Restart the run.", failed);
        }
    }

    /** Returns when all is written. */
    void end() {
        thread.close();
        check();
    }

    @Override
    public void close() {
        thread.close();
    }
}
