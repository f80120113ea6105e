package org.tradesuite.suite.benchmark;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalPostgres;
import org.tradesuite.eventstore.EventStore;
import org.tradesuite.eventstore.NewEvent;

/**
 * Events into the journal: by one writer with hash chain, stream versions and keys, against two bare writers of the same
 * rows without any of it.
 */
final class AppendBenchmark {

    private static final int ROUNDS = 3;
    private static final int ORDERS = 6_000;
    private static final int BATCH = 1_000;
    private static final String CHAIN = "execution-0";

    private AppendBenchmark() {}

    static void run(Path folder, Scoreboard board) throws Exception {
        try (var postgres = LocalPostgres.start(folder.resolve("postgres"), 0)) {
            var database = postgres.newDatabase();
            var execution = database.dataSource(DatabaseRole.EXECUTION);
            var events = realEvents(execution);
            var bare = BareTable.of(
                    database.dataSource(DatabaseRole.OWNER),
                    "journal.event",
                    "where chain = '" + CHAIN + "' order by seq");
            var appended = new ArrayList<Double>();
            var inserted = new ArrayList<Double>();
            for (var round = 0; round <= ROUNDS; round++) {
                appended.add(append(execution, new EventStore("execution-measured-" + round), events));
                inserted.add(bare.perSecond(2, BATCH));
            }
            // The first round is for the compiler.
            appended.removeFirst();
            inserted.removeFirst();
            board.add(Figure.of("event append through the writer, %,d a commit".formatted(BATCH), "events/s", appended)
                    .beside("two bare group-commit writers, multi-row insert", inserted)
                    .atLeast(0.5, 0.9));
        }
    }

    /** What a morning of orders has left in the journal. */
    private static List<NewEvent> realEvents(DataSource execution) throws Exception {
        try (var run = new EngineRun(execution, SampleFirm.in(execution), new EngineDay(2))) {
            run.open();
            run.orders(ORDERS, true);
        }
        var events = new ArrayList<NewEvent>();
        try (var connection = execution.getConnection()) {
            new EventStore(CHAIN)
                    .replay(
                            connection,
                            0,
                            event -> events.add(new NewEvent(
                                    event.stream(),
                                    event.version(),
                                    event.type(),
                                    event.schemaVersion(),
                                    event.eventTime(),
                                    event.actor(),
                                    event.reason(),
                                    event.causation(),
                                    event.correlation(),
                                    event.payload())));
        }
        return events;
    }

    private static double append(DataSource execution, EventStore store, List<NewEvent> events) throws SQLException {
        try (var connection = execution.getConnection()) {
            connection.setAutoCommit(false);
            var start = System.nanoTime();
            for (var from = 0; from < events.size(); from += BATCH) {
                var batch = events.subList(from, Math.min(events.size(), from + BATCH));
                store.append(connection, batch, SampleFirm.MORNING);
                connection.commit();
            }
            return events.size() * 1e9 / (System.nanoTime() - start);
        }
    }
}
