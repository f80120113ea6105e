package org.tradesuite.suite.day;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The job repositories of a suite in another process, read past it: the database server outlives a kill of the suite, so
 * that what was running at that instant can be asked for after it.
 */
final class JobRepositories {

    /** Runs that have begun a step and have not ended. */
    private static final String IN_THE_MIDDLE = """
        select i.job_name || ' in ' || max(s.step_name) filter (where s.status = 'STARTED')
        from batch_job_execution e
        join batch_job_instance i using (job_instance_id)
        join batch_step_execution s using (job_execution_id)
        where i.job_name = any(?) and e.status = 'STARTED' and e.end_time is null
        group by i.job_name, e.job_execution_id
        having count(*) filter (where s.status = 'STARTED') > 0
        """;

    /** What the killed process had asked for may still be on its way into the database. */
    private static final String AT_WORK = """
        select count(*) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()
        """;

    private final Path data;
    private final int port;

    JobRepositories(Path data, int port) {
        this.data = data;
        this.port = port;
    }

    /** One application's repository. */
    Watch of(String application) {
        return new Watch(application);
    }

    /** Not thread-safe. */
    final class Watch implements AutoCloseable {

        private final String application;
        private @Nullable Connection connection;

        private Watch(String application) {
            this.application = application;
        }

        /** The named jobs that are in the middle of a step; none as long as there is no database. */
        List<String> inTheMiddle(List<String> jobs) {
            try {
                var open = open();
                try (var query = open.prepareStatement(IN_THE_MIDDLE)) {
                    query.setArray(1, open.createArrayOf("text", jobs.toArray()));
                    try (var rows = query.executeQuery()) {
                        var found = new ArrayList<String>();
                        while (rows.next()) found.add(rows.getString(1));
                        return found;
                    }
                }
            } catch (SQLException notThereYet) {
                close();
                return List.of();
            }
        }

        /** Whether everybody but us has left the database. */
        boolean isQuiet() throws SQLException {
            try (var rows = open().createStatement().executeQuery(AT_WORK)) {
                rows.next();
                return rows.getInt(1) == 0;
            }
        }

        private Connection open() throws SQLException {
            var current = connection;
            if (current == null) {
                current = DriverManager.getConnection(
                        "jdbc:postgresql://localhost:" + port + "/tradesuite", "tradesuite_" + application, password());
                current.setSchema(application);
                connection = current;
            }
            return current;
        }

        private String password() {
            var file = data.resolve("postgres/passwords.properties");
            var passwords = new Properties();
            if (Files.exists(file)) {
                try (var in = Files.newBufferedReader(file)) {
                    passwords.load(in);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return passwords.getProperty(application, "");
        }

        @Override
        public void close() {
            var current = connection;
            connection = null;
            try {
                if (current != null) current.close();
            } catch (SQLException e) {
                throw new IllegalStateException("the connection cannot be closed", e);
            }
        }
    }
}
