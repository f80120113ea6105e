package org.tradesuite.suite.benchmark;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalPostgres;

/** What the engine holds in memory late on a large day, after a full collection. */
final class HeapBenchmark {

    private static final int ORDERS = 100_000;
    private static final int FILLS_EACH = 10;
    private static final double MEBIBYTE = 1 << 20;

    private HeapBenchmark() {}

    static void run(Path folder, Scoreboard board) throws Exception {
        try (var postgres = LocalPostgres.start(folder.resolve("postgres"), 0)) {
            var database = postgres.newDatabase();
            var execution = database.dataSource(DatabaseRole.EXECUTION);
            var before = usedAfterCollection();
            try (var run = new EngineRun(execution, SampleFirm.in(execution), new EngineDay(FILLS_EACH))) {
                run.open();
                run.orders(ORDERS, true);
                var after = usedAfterCollection();
                board.add(Figure.of(
                                "heap with %,d orders and %,d fills in the day".formatted(ORDERS, ORDERS * FILLS_EACH),
                                "MiB",
                                after)
                        .atMost(2048, 1024));
                board.add(Figure.of("  of it before the engine started", "MiB", before));
            }
        }
    }

    private static double usedAfterCollection() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed() / MEBIBYTE;
    }
}
