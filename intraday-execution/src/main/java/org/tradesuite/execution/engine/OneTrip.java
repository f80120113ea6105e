package org.tradesuite.execution.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The statements of one transaction and its commit. The driver sends them in one go and the server answers in one, so that
 * a commit waits for the line once, whatever the number of tables. If one fails, the server passes over the rest, the
 * commit with them.
 */
final class OneTrip {

    /** Sets a statement's parameters. */
    @FunctionalInterface
    interface Binding {
        /**
         * @param first number of its first parameter
         * @return the number after its last
         */
        int bind(PreparedStatement statement, int first) throws SQLException;
    }

    private final List<String> statements = new ArrayList<>();
    private final List<Binding> bindings = new ArrayList<>();

    void add(String statement, Binding binding) {
        statements.add(statement);
        bindings.add(binding);
    }

    /** On a connection that does not commit by itself. */
    void commit(Connection connection) throws SQLException {
        send(connection, String.join(";", statements) + ";commit");
    }

    /** The same, and as if it had not been: for a rehearsal. */
    void takeBack(Connection connection) throws SQLException {
        send(connection, String.join(";", statements));
        connection.rollback();
    }

    private void send(Connection connection, String all) throws SQLException {
        try (var trip = connection.prepareStatement(all)) {
            var next = 1;
            for (var binding : bindings) {
                next = binding.bind(trip, next);
            }
            trip.execute();
        }
    }
}
