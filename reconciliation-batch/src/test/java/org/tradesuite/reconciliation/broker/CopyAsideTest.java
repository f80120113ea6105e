package org.tradesuite.reconciliation.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalDatabase;
import org.tradesuite.database.LocalPostgres;

/** What is handed in is in the database, or the comparison ends with the reason. */
class CopyAsideTest {

    private static final String COPY = "copy numbers from stdin";

    private final LocalDatabase database = LocalPostgres.shared().newDatabase();
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = database.dataSource(DatabaseRole.OWNER).getConnection();
        connection.setAutoCommit(false);
        run("create temporary table numbers (number integer)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        LocalPostgres.shared().drop(database);
    }

    @Test
    void everything_is_written_when_it_ends() throws SQLException {
        try (var aside = new CopyAside(connection)) {
            for (var number = 0; number < 100; number++) {
                aside.copy(COPY, octets(number + "\n"));
            }
            aside.end();
        }
        try (var select = connection.createStatement();
                var rows = select.executeQuery("select count(*), sum(number) from numbers")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(100);
            assertThat(rows.getInt(2)).isEqualTo(4950);
        }
    }

    @Test
    void what_cannot_be_written_ends_the_comparison() throws SQLException {
        try (var aside = new CopyAside(connection)) {
            aside.copy(COPY, octets("no number\n"));
            assertThatThrownBy(aside::end)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("no number")
                    .hasMessageEndingWith("Restart the run.");
        }
    }

    @Test
    @SuppressWarnings("NullAway")
    void also_what_fails_before_the_database_hears_of_it() throws SQLException {
        try (var aside = new CopyAside(connection)) {
            aside.copy(COPY, null);
            assertThatThrownBy(aside::end)
                    .isInstanceOf(IllegalStateException.class)
                    .hasCauseInstanceOf(NullPointerException.class);
        }
    }

    private void run(String statement) throws SQLException {
        try (var open = connection.createStatement()) {
            open.execute(statement);
        }
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
