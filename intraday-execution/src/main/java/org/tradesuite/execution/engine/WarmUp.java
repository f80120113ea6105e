package org.tradesuite.execution.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradesuite.eventstore.ChainHead;
import org.tradesuite.eventstore.EventStore;
import org.tradesuite.eventstore.NewEvent;

/**
 * Before the gate opens: what every order goes through is gone through with orders of a firm that does not exist, so that
 * the first real ones do not wait for code that has never run. The desk is one to be thrown away, and what it records is
 * sent to the database in transactions that are rolled back: nothing of it is ever seen, and nothing leaves.
 */
public final class WarmUp {

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

    private static final String ALONE = "select pg_try_advisory_xact_lock(hashtextextended('tradesuite.' || ?, 0))";

    /** What is rolled back leaves rows for the database to clear away, so it is not done for as long as there is time. */
    private static final int SENT = 400;

    private final EventStore store;
    private final FactCodec codec;
    private final Desk desk;
    private final Consumer<Effect.Outbound> elsewhere;

    private WarmUp(EngineSettings settings, Consumer<Effect.Outbound> elsewhere) {
        this.store = new EventStore(settings.chain());
        this.desk = new Desk(settings, MadeUpFirm.reference());
        this.codec = new FactCodec(desk.forms());
        this.elsewhere = elsewhere;
    }

    /**
     * Before the engine starts.
     *
     * @param atMostWall zero for not at all
     * @param elsewhere is shown what would leave, so that others can go through with it what they do with an order
     * @return the orders that were gone through
     */
    public static int run(
            EngineSettings settings, DataSource dataSource, Duration atMostWall, Consumer<Effect.Outbound> elsewhere) {
        var until = System.nanoTime() + atMostWall.toNanos();
        var warmUp = new WarmUp(settings, elsewhere);
        warmUp.recorded(MadeUpFirm.opening());
        var orders = warmUp.withDatabase(dataSource, until);
        for (; System.nanoTime() < until; orders++) {
            warmUp.recorded(List.of(MadeUpFirm.decision(orders)));
            warmUp.recorded(MadeUpFirm.answers(orders));
        }
        return orders;
    }

    private int withDatabase(DataSource dataSource, long until) {
        var orders = 0;
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            while (orders < SENT && System.nanoTime() < until && isAlone(connection)) {
                // Counted first: an order that the database refused has been gone through by the desk all the same.
                var order = orders++;
                sendAndTakeBack(connection, recorded(List.of(MadeUpFirm.decision(order))));
                sendAndTakeBack(connection, recorded(MadeUpFirm.answers(order)));
            }
            connection.rollback();
        } catch (SQLException failed) {
            // The start that follows needs the database too, and says what is wrong with it.
            LOG.warn("The first orders may be slow, the database was not warmed up: {}", failed.getMessage());
        }
        return orders;
    }

    /** Where another engine is at work nothing is held up. */
    private boolean isAlone(Connection connection) throws SQLException {
        try (var lock = connection.prepareStatement(ALONE)) {
            lock.setString(1, store.chain());
            try (var row = lock.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private Batch recorded(List<Input> inputs) {
        var batch = new Batch();
        for (var input : inputs) {
            desk.handle(input, batch);
        }
        batch.close(desk.state());
        for (var effect : batch.effects) {
            if (effect instanceof Effect.Outbound outbound) {
                elsewhere.accept(outbound);
            }
        }
        store.appending(events(batch), MadeUpFirm.MORNING, new ChainHead(store.chain(), 0, new byte[32]));
        return batch;
    }

    private void sendAndTakeBack(Connection connection, Batch batch) throws SQLException {
        var appending = store.appending(events(batch), MadeUpFirm.MORNING, store.begin(connection));
        var trip = new OneTrip();
        trip.add(appending.sql(), appending::bind);
        ReadModels.add(batch, MadeUpFirm.MORNING, trip);
        trip.takeBack(connection);
    }

    /** Without the forms of answers: the journal has told some under the same numbers, unless it is a new one. */
    private List<NewEvent> events(Batch batch) {
        return codec.write(List.of(), batch.facts, MadeUpFirm.MORNING);
    }
}
