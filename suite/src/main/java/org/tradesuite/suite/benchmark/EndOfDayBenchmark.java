package org.tradesuite.suite.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.context.ConfigurableApplicationContext;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalPostgres;
import org.tradesuite.reconciliation.ReconciliationApplication;
import org.tradesuite.reporting.ReportingApplication;
import org.tradesuite.suite.clock.AcceleratedClock;
import org.tradesuite.suite.day.Clerk;
import org.tradesuite.suite.door.FrontDoor;
import org.tradesuite.suite.door.MachineUser;
import org.tradesuite.suite.house.Resident;
import org.tradesuite.suite.house.SharedPort;

/**
 * The end of the day, each job once in an application that has just started: from the broker's file to the breaks, and
 * from the day's orders to the printed transaction cost analysis.
 */
final class EndOfDayBenchmark {

    private static final Pattern PAGE = Pattern.compile("/Type\\s*/Page(?![a-zA-Z])");
    private static final int BREAKS_ASKED_FOR = 1_000;

    private final LocalPostgres postgres;
    private final Path folder;
    private final Scoreboard board;

    private EndOfDayBenchmark(LocalPostgres postgres, Path folder, Scoreboard board) {
        this.postgres = postgres;
        this.folder = folder;
        this.board = board;
    }

    static void run(Path folder, Scoreboard board) throws IOException, SQLException, InterruptedException {
        try (var postgres = LocalPostgres.start(folder.resolve("postgres"), 0)) {
            ClosedDays.write(postgres.database(), folder.resolve("drop"));
            var benchmark = new EndOfDayBenchmark(postgres, folder, board);
            benchmark.reconcile();
            benchmark.report();
        }
    }

    private void reconcile() throws SQLException, InterruptedException {
        try (var application = start("reconciliation", ReconciliationApplication.class, DatabaseRole.RECONCILIATION)) {
            var door = door(application, "reconciliation");
            new Clerk(door).complete("reconciliation", "reconcile-brokers", ClosedDays.DAY_OF_TRADES, 1);
            var times = times("reconciliation");
            var taken = times.getFirst().seconds();
            var found = door.breaks()
                    .listBreaks(
                            ClosedDays.DAY_OF_TRADES,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            BREAKS_ASKED_FOR)
                    .getItems()
                    .size();
            if (found != ClosedDays.WRONG_ROWS)
                throw new IllegalStateException(
                        found + " breaks were found, " + ClosedDays.WRONG_ROWS + " rows were wrong");
            board.add(Figure.of(
                    "reconciliation of %,d statement rows, file to breaks".formatted(ClosedDays.TRADES),
                    "rows/s",
                    ClosedDays.TRADES / taken));
            board.remark("Reconciliation in parts: " + times);
        }
    }

    private void report() throws IOException, SQLException, InterruptedException {
        try (var application = start("reporting", ReportingApplication.class, DatabaseRole.REPORTING)) {
            new Clerk(door(application, "reporting")).complete("reporting", "tca", ClosedDays.DAY_OF_ORDERS, 1);
            var times = times("reporting");
            var taken = times.getFirst().seconds();
            var printing = times.stream()
                    .filter(part -> part.name().equals("tca-pdf"))
                    .mapToDouble(Part::seconds)
                    .sum();
            var pdf = folder.resolve("out")
                    .resolve(ClosedDays.DAY_OF_ORDERS.toString())
                    .resolve("reporting")
                    .resolve("tca-" + ClosedDays.DAY_OF_ORDERS + ".pdf");
            board.add(Figure.of(
                    "cost analysis of %,d orders to PDF, %d pages".formatted(ClosedDays.ORDERS, pages(pdf)),
                    "rows/s",
                    ClosedDays.ORDERS / printing));
            board.add(Figure.of("  the whole job, from fills to PDF and CSV", "orders/s", ClosedDays.ORDERS / taken));
            board.remark("Cost analysis in parts: " + times);
        }
    }

    private ConfigurableApplicationContext start(String name, Class<?> application, DatabaseRole role) {
        var database = postgres.database();
        var evening = ClosedDays.DAY_OF_TRADES.atTime(21, 30).toInstant(ZoneOffset.UTC);
        return new Resident(
                        name,
                        application,
                        Map.of(
                                "server.port", "0",
                                "spring.datasource.url", database.url(),
                                "spring.datasource.username", database.username(role),
                                "spring.datasource.password", database.password(role),
                                "tradesuite.web.first-users", "false",
                                "tradesuite.drop", folder.resolve("drop").toString(),
                                "tradesuite.out", folder.resolve("out").toString(),
                                "reporting.audit.key",
                                        folder.resolve("keys/audit.key").toString()))
                .start(new SharedPort().host(), AcceleratedClock.startingAt(evening, 1));
    }

    private FrontDoor door(ConfigurableApplicationContext application, String name) {
        var address = "http://localhost:" + application.getEnvironment().getRequiredProperty("local.server.port");
        return new FrontDoor(address, MachineUser.signUp(postgres, "benchmark"), name);
    }

    private record Part(String name, double seconds) {

        @Override
        public String toString() {
            return "%s %.1f s".formatted(name, seconds);
        }
    }

    /** The job, then its steps, from the application's own job repository, which holds this one run. */
    private List<Part> times(String application) throws SQLException {
        try (var connection = postgres.database().dataSource(DatabaseRole.OWNER).getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                    select 'job', extract(epoch from end_time - start_time), 0 as number from %1$s.batch_job_execution
                    union all
                    select step_name, extract(epoch from end_time - start_time), step_execution_id
                    from %1$s.batch_step_execution
                    order by number
                    """.formatted(application))) {
            var parts = new ArrayList<Part>();
            while (rows.next()) parts.add(new Part(rows.getString(1), rows.getDouble(2)));
            return parts;
        }
    }

    private static long pages(Path pdf) throws IOException {
        return PAGE.matcher(Files.readString(pdf, StandardCharsets.ISO_8859_1))
                .results()
                .count();
    }
}
