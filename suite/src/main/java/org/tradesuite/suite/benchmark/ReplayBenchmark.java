package org.tradesuite.suite.benchmark;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import javax.sql.DataSource;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalPostgres;

/**
 * A journal of fills back into positions: the engine reads it, checks the chain and applies every event; the database adds
 * up the same events by itself, set-based, and checks nothing.
 */
final class ReplayBenchmark {

    private static final int ROUNDS = 3;
    private static final int ORDERS = 500;
    private static final int FILLS_EACH = 200;
    private static final int FILLS = ORDERS * FILLS_EACH;

    private static final String SET_BASED = """
        with parent as (
            select split_part(stream, '/', 2) as order_id, payload -> 'terms' ->> 'account' as account_id,
                payload -> 'terms' ->> 'instrument' as instrument_id, payload -> 'terms' ->> 'side' as side
            from journal.event where chain = 'execution-0' and type = 'order-created'
        ), route as (
            select split_part(stream, '/', 2) as route_id, payload ->> 'orderId' as order_id
            from journal.event where chain = 'execution-0' and type = 'route-opened'
        ), fill as (
            select split_part(stream, '/', 2) as route_id, (payload ->> 'quantity')::numeric as quantity,
                (payload ->> 'price')::numeric as price
            from journal.event where chain = 'execution-0' and type = 'route-filled'
        )
        select account_id, instrument_id, sum(case side when 'BUY' then quantity else -quantity end) as quantity,
            sum(case side when 'BUY' then quantity * price else -quantity * price end) as cost, count(*) as fills
        from fill join route using (route_id) join parent using (order_id)
        group by account_id, instrument_id
        """;

    /** What the database does not know about the contents of a payload must not lead it to compare each with each. */
    private static final String SETTINGS = "analyze journal.event; set enable_nestloop = off; set work_mem = '256MB'";

    /** A snapshot can be thrown away: the journal says the same. */
    private static final String WITHOUT_SNAPSHOT = "delete from execution.snapshot";

    private ReplayBenchmark() {}

    static void run(Path folder, Scoreboard board) throws Exception {
        try (var postgres = LocalPostgres.start(folder.resolve("postgres"), 0)) {
            var database = postgres.newDatabase();
            var execution = database.dataSource(DatabaseRole.EXECUTION);
            var reference = SampleFirm.in(execution);
            try (var run = new EngineRun(execution, reference, new EngineDay(FILLS_EACH))) {
                run.open();
                run.orders(ORDERS, true);
            }
            var replayed = new ArrayList<Double>();
            var added = new ArrayList<Double>();
            for (var round = 0; round <= ROUNDS; round++) {
                execute(database.dataSource(DatabaseRole.OWNER), WITHOUT_SNAPSHOT);
                var began = System.nanoTime();
                try (var _ = new EngineRun(execution, reference, new EngineDay(FILLS_EACH))) {
                    replayed.add(FILLS * 1e9 / (System.nanoTime() - began));
                }
                added.add(setBased(database.dataSource(DatabaseRole.OWNER)));
            }
            // The first round is for the compiler and the database's cache.
            replayed.removeFirst();
            added.removeFirst();
            board.add(Figure.of("journal replay of %,d fills into positions".formatted(FILLS), "fills/s", replayed)
                    .beside("set-based: one SQL aggregate over the same events", added)
                    .atLeast(0.5, 0.8));
        }
    }

    private static void execute(DataSource owner, String command) throws SQLException {
        try (var connection = owner.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private static double setBased(DataSource owner) throws SQLException {
        try (var connection = owner.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(SETTINGS);
            var began = System.nanoTime();
            try (var row = statement.executeQuery(SET_BASED)) {
                if (!row.next() || row.getLong("fills") != FILLS)
                    throw new IllegalStateException("the journal does not hold " + FILLS + " fills");
            }
            return FILLS * 1e9 / (System.nanoTime() - began);
        }
    }
}
