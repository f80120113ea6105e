package org.tradesuite.runsheet;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Says whether the process that runs a run is alive. A run holds a database lock on its number for as long as its
 * process lives; the server frees it when the process dies, however it dies. A run that is recorded as running while
 * its lock is free was left behind. Each held lock occupies one connection, and a pooler that shares sessions between
 * transactions must not stand in between.
 */
final class RunLocks {

    private static final String TRY = "select pg_try_advisory_lock(hashtextextended(?, 0))";
    private static final String FREE = "select pg_advisory_unlock(hashtextextended(?, 0))";
    private static final String WAIT = "select pg_advisory_lock(hashtextextended(?, 0))";

    private final DataSource dataSource;
    private final String application;

    RunLocks(DataSource dataSource, String application) {
        this.dataSource = dataSource;
        this.application = application;
    }

    /** Holds the run if nobody else does. */
    Optional<Held> tryRun(long run) {
        return hold(TRY, application + "/run/" + run);
    }

    boolean runIsAlive(long run) {
        Optional<Held> held = tryRun(run);
        held.ifPresent(Held::close);
        return held.isEmpty();
    }

    /** Waits until no other request concerning the job is being judged. */
    Held judging(String job) {
        return hold(WAIT, application + "/judging/" + job).orElseThrow();
    }

    private Optional<Held> hold(String statement, String name) {
        try {
            Connection connection = dataSource.getConnection();
            try {
                if (ask(connection, statement, name)) {
                    return Optional.of(new Held(connection, name));
                }
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
            connection.close();
            return Optional.empty();
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("the lock " + name + " could not be asked for", e);
        }
    }

    /** pg_advisory_lock returns void, read as an empty value: held. */
    private static boolean ask(Connection connection, String statement, String name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(statement)) {
            query.setString(1, name);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() && (!statement.equals(TRY) || rows.getBoolean(1));
            }
        }
    }

    static final class Held implements AutoCloseable {
        private final Connection connection;
        private final String name;

        Held(Connection connection, String name) {
            this.connection = connection;
            this.name = name;
        }

        /** Frees the lock; where the server is gone it has freed it already. */
        @Override
        public void close() {
            try (connection) {
                if (connection.isValid(2)) {
                    ask(connection, FREE, name);
                }
            } catch (SQLException e) {
                throw new DataAccessResourceFailureException("the lock " + name + " could not be freed", e);
            }
        }
    }
}
