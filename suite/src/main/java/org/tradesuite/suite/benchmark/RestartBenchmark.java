package org.tradesuite.suite.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalPostgres;

/** How long the engine is away when it is started on the journal of a large day: until it has answered a request. */
final class RestartBenchmark {

    private static final int ROUNDS = 3;
    private static final int EVENTS = 1_000_000;
    private static final int OPEN_ORDERS = 10_000;
    private static final int FILLS_EACH = 10;
    private static final int AT_A_TIME = 5_000;

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
            var seconds = new ArrayList<Double>();
            for (var round = 0; round < ROUNDS; round++) {
                var began = System.nanoTime();
                try (var run = new EngineRun(execution, reference, day)) {
                    run.settle();
                    seconds.add((System.nanoTime() - began) / 1e9);
                }
            }
            board.add(Figure.of(
                            "restart: %,d events, %,d open orders, to the first answer".formatted(EVENTS, OPEN_ORDERS),
                            "s",
                            seconds)
                    .atMost(10, 10));
        }
    }
}
