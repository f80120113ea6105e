package org.tradesuite.suite.benchmark;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalDatabase;
import org.tradesuite.database.LocalPostgres;
import org.tradesuite.execution.reference.ReferenceData;

/** How long the engine is away when it is started on the journal of a large day: until it has answered a request. */
final class RestartBenchmark {

    private static final int ROUNDS = 3;
    private static final int EVENTS = 1_000_000;
    private static final int OPEN_ORDERS = 10_000;
    private static final int FILLS_EACH = 10;
    private static final int AT_A_TIME = 5_000;

    /** The one that a clean stop writes; a kill leaves the one before it and the journal since. */
    private static final String WITHOUT_THE_LAST =
            "delete from execution.snapshot where seq = (select max(seq) from execution.snapshot)";

    private static final String WITHOUT_ANY = "delete from execution.snapshot";

    private RestartBenchmark() {}

    static void run(Path folder, Scoreboard board) throws Exception {
        try (var postgres = LocalPostgres.start(folder.resolve("postgres"), 0)) {
            var database = postgres.newDatabase();
            var execution = database.dataSource(DatabaseRole.EXECUTION);
            var reference = SampleFirm.in(execution);
            var day = new EngineDay(FILLS_EACH);
            try (var run = new EngineRun(execution, reference, day)) {
                run.open();
                while (run.events() < EVENTS) run.orders(AT_A_TIME, true);
                run.orders(OPEN_ORDERS, false);
            }
            var killed = seconds(execution, reference, day, () -> execute(database, WITHOUT_THE_LAST));
            var stopped = seconds(execution, reference, day, () -> {});
            var journal = seconds(execution, reference, day, () -> execute(database, WITHOUT_ANY));
            var size = ", %,d events, %,d open orders".formatted(EVENTS, OPEN_ORDERS);
            board.add(Figure.of("restart after a kill" + size, "s", killed).atMost(10, 10));
            board.add(Figure.of("  after a clean stop: from its snapshot alone", "s", stopped));
            board.add(Figure.of("  with every snapshot lost: from the journal alone", "s", journal));
        }
    }

    private interface Step {
        void run() throws SQLException;
    }

    private static List<Double> seconds(DataSource execution, ReferenceData reference, EngineDay day, Step before)
            throws Exception {
        var seconds = new ArrayList<Double>();
        for (var round = 0; round < ROUNDS; round++) {
            before.run();
            var began = System.nanoTime();
            try (var run = new EngineRun(execution, reference, day)) {
                run.settle();
                seconds.add((System.nanoTime() - began) / 1e9);
            }
        }
        return seconds;
    }

    private static void execute(LocalDatabase database, String command) throws SQLException {
        try (var connection = database.dataSource(DatabaseRole.OWNER).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
