package org.tradesuite.suite.benchmark;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.tradesuite.database.DatabaseRole;

/**
 * From a broker's ExecutionReport on the wire to the fill, the position and the cash in the database, committed. Measured
 * from the first report sent until the position holds the last share.
 */
final class FillBenchmark {

    private static final int ROUNDS = 3;
    private static final int ORDERS = 200;
    private static final int FILLS_EACH = 100;
    private static final int FILLS = ORDERS * FILLS_EACH;
    private static final int ROWS_A_COMMIT = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final String POSITION =
            "select quantity from execution.position where account_id = ? and instrument_id = ?";
    private static final String BOOKED = "select count(*), sum(quantity) from execution.fill";

    private FillBenchmark() {}

    static void run(Path folder, RawPeer raw, Scoreboard board) throws Exception {
        try (var house = LiveHouse.open(folder)) {
            var owner = house.postgres().database().dataSource(DatabaseRole.OWNER);
            var booked = new ArrayList<Double>();
            var inserted = new ArrayList<Double>();
            var reports = new ArrayList<Double>();
            for (var round = 0; round <= ROUNDS; round++) {
                reports.add(raw.perSecond());
                booked.add(fills(house, owner));
                requireAll(owner, (round + 1L) * FILLS);
                inserted.add(BareTable.of(owner, "execution.fill", "order by received_at desc limit " + FILLS)
                        .perSecond(1, ROWS_A_COMMIT));
            }
            // The first round is for the compiler.
            booked.removeFirst();
            inserted.removeFirst();
            reports.removeFirst();
            board.add(Figure.of("ExecutionReport over FIX -> durable fill, position, cash", "fills/s", booked)
                    .beside("set-based: the same fill rows, %,d a commit".formatted(ROWS_A_COMMIT), inserted)
                    .atLeast(0.15, 0.25));
        }
    }

    private static double fills(LiveHouse house, DataSource owner) throws Exception {
        // Few at a time: what is measured is the reports.
        var orders = house.load().inBatches(ORDERS / 100, 100, 1).clOrdIds();
        try (var connection = owner.getConnection()) {
            var before = position(connection);
            var start = System.nanoTime();
            var shares = house.sink().fill(orders, FILLS_EACH);
            var after = before.add(BigDecimal.valueOf(shares));
            while (position(connection).compareTo(after) < 0) {
                if (System.nanoTime() - start > PATIENCE.toNanos())
                    throw new TimeoutException("the position is not there after " + PATIENCE);
                LockSupport.parkNanos(2_000_000);
            }
            return FILLS * 1e9 / (System.nanoTime() - start);
        }
    }

    private static BigDecimal position(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(POSITION)) {
            select.setString(1, SampleFirm.ACCOUNT);
            select.setString(2, SampleFirm.INSTRUMENT);
            try (var row = select.executeQuery()) {
                return row.next() ? row.getBigDecimal(1) : BigDecimal.ZERO;
            }
        }
    }

    /** A rate of fills that were lost or booked twice would say nothing. */
    private static void requireAll(DataSource owner, long fills) throws SQLException {
        try (var connection = owner.getConnection();
                var select = connection.createStatement();
                var row = select.executeQuery(BOOKED)) {
            row.next();
            if (row.getLong(1) != fills)
                throw new IllegalStateException(row.getLong(1) + " fills are booked, " + fills + " were reported");
        }
    }
}
