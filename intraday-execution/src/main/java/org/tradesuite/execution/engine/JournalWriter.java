package org.tradesuite.execution.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradesuite.eventstore.ChainHead;
import org.tradesuite.eventstore.EventStore;
import org.tradesuite.eventstore.NewEvent;
import org.tradesuite.market.BrokerId;

/**
 * Commits one batch after the other, each in one transaction, and releases its effects afterwards. While one commits the
 * engine fills the next, so a slow disk makes larger batches and not a longer queue.
 *
 * <p>When the database goes away the batch is kept and tried again until it is back. An attempt may have been committed
 * without our hearing of it; the head of the chain tells, because nobody else writes to it: an advisory lock makes sure.
 */
final class JournalWriter implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);

    private static final String LOCK = "select pg_try_advisory_lock(hashtextextended('tradesuite.' || ?, 0))";
    private static final String UNLOCK = "select pg_advisory_unlock_all()";
    private static final String LAST = "select stream, version, hash from journal.event where chain = ? and seq = ?";
    private static final String SEQUENCES = "select broker_id, inbound from execution.fix_session_sequence";

    private static final int NETWORK_TIMEOUT_MILLIS = 15_000;
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final EventStore store;
    private final FactCodec codec = new FactCodec();
    private final DataSource dataSource;
    private final Clock clock;
    private final CommitListener listener;
    private final Snapshots snapshots;
    private final Runnable taken;

    private final AtomicReference<@Nullable Batch> next = new AtomicReference<>();
    private volatile @Nullable Thread thread;
    private volatile boolean stopping;
    private volatile boolean abandoning;
    private volatile @Nullable Throwable failure;
    private volatile long busySinceNanos;
    private volatile boolean busy;
    private volatile long committed;

    private @Nullable Connection connection;
    private boolean away;
    private ChainHead head;

    /** @param taken told when the writer can take another batch */
    JournalWriter(
            String chain,
            DataSource dataSource,
            Clock clock,
            CommitListener listener,
            Snapshots snapshots,
            Runnable taken) {
        this.store = new EventStore(chain);
        this.dataSource = dataSource;
        this.clock = clock;
        this.listener = listener;
        this.snapshots = snapshots;
        this.taken = taken;
        this.head = new ChainHead(chain, 0, new byte[32]);
    }

    // Before the thread starts

    /**
     * Reads the chain from there on, having made sure that nobody else writes to it.
     *
     * @param after the event to begin behind, null for the whole chain
     */
    void replay(@Nullable ChainHead after, Consumer<Recorded> reader) throws SQLException {
        var open = connect();
        new JournalReader(store, codec).read(open, after == null ? head : after, reader);
        head = store.begin(open);
        open.commit();
        committed = head.seq();
    }

    /** How far the journal has each broker's messages. */
    Map<BrokerId, Long> inboundSequences() throws SQLException {
        var sequences = new TreeMap<BrokerId, Long>();
        var open = connect();
        try (var select = open.prepareStatement(SEQUENCES);
                var rows = select.executeQuery()) {
            while (rows.next()) {
                sequences.put(BrokerId.of(rows.getString(1)), rows.getLong(2));
            }
        }
        open.rollback();
        return sequences;
    }

    // From the engine's thread

    boolean ready() {
        return next.get() == null;
    }

    /** Only when {@link #ready()}. */
    void give(Batch batch) {
        if (!next.compareAndSet(null, batch)) {
            throw new IllegalStateException("The writer still has a batch waiting.");
        }
        LockSupport.unpark(thread);
    }

    // From anywhere

    /** How long the batch under way has been under way. */
    long stalledNanos() {
        return busy ? System.nanoTime() - busySinceNanos : 0;
    }

    long committed() {
        return committed;
    }

    /** The last event of the journal, for whoever reads it after the thread has ended. */
    ChainHead head() {
        return head;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Finishes what it has. */
    void stop() {
        stopping = true;
        LockSupport.unpark(thread);
    }

    /** Stops retrying: what is not committed was never answered and is not lost to anybody. */
    void abandon() {
        abandoning = true;
        stop();
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        try {
            while (true) {
                var batch = next.get();
                if (batch == null) {
                    if (stopping) {
                        return;
                    }
                    LockSupport.park(this);
                    continue;
                }
                busySinceNanos = System.nanoTime();
                busy = true;
                // Free for the next one while this one commits.
                next.set(null);
                taken.run();
                if (batch.writes() && !commit(batch)) {
                    return;
                }
                busy = false;
                if (batch.content != null) {
                    snapshots.write(head, batch.content);
                }
                listener.committed(new Commit(head.seq(), batch.facts, batch.effects));
            }
        } catch (Throwable fatal) {
            failure = fatal;
            LOG.error("The journal of {} cannot be written any more; the engine stops.", store.chain(), fatal);
        } finally {
            disconnect();
            taken.run();
        }
    }

    /** @return false if it was abandoned */
    private boolean commit(Batch batch) throws SQLException {
        List<NewEvent> events = new ArrayList<>(batch.facts.size());
        for (var fact : batch.facts) {
            events.add(codec.write(fact));
        }
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var appending = events.isEmpty() ? null : store.appending(events, at, head);
        var trip = new OneTrip();
        if (appending != null) {
            trip.add(appending.sql(), appending::bind);
        }
        ReadModels.add(batch, at, trip);
        var attempted = false;
        while (true) {
            try {
                var open = connect();
                if (attempted && didCommit(open, events)) {
                    return true;
                }
                attempted = true;
                trip.commit(open);
                if (appending != null) {
                    head = appending.head();
                }
                committed = head.seq();
                if (away) {
                    away = false;
                    LOG.info("{} is written again; it is at {}.", store.chain(), committed);
                }
                return true;
            } catch (SQLException failed) {
                disconnect();
                if (!isPassing(failed)) {
                    throw failed;
                }
                if (!away) {
                    away = true;
                    LOG.warn(
                            "{} cannot be written at the moment and is tried again: {}",
                            store.chain(),
                            failed.getMessage());
                }
                if (abandoning) {
                    return false;
                }
                LockSupport.parkNanos(this, RETRY_NANOS);
            }
        }
    }

    /** Whether an attempt that broke off was committed after all. */
    private boolean didCommit(Connection open, List<NewEvent> events) throws SQLException {
        if (events.isEmpty()) {
            return false;
        }
        var now = store.head(open);
        if (now.equals(head)) {
            open.rollback();
            return false;
        }
        var last = events.getLast();
        try (var select = open.prepareStatement(LAST)) {
            select.setString(1, store.chain());
            select.setLong(2, head.seq() + events.size());
            try (var row = select.executeQuery()) {
                var ours = row.next()
                        && now.seq() == head.seq() + events.size()
                        && last.stream().equals(row.getString(1))
                        && last.version() == row.getInt(2);
                if (!ours) {
                    throw new IllegalStateException("Somebody else has written to " + store.chain() + ": it is at "
                            + now + ", we left it at " + head + ". Only one engine may run on a chain.");
                }
            }
        }
        open.rollback();
        head = now;
        committed = head.seq();
        return true;
    }

    /** Connection trouble, shutdown, lack of resources, conflicts: it may work the next time. */
    private static boolean isPassing(SQLException failed) {
        var state = failed.getSQLState();
        if (state == null || state.length() < 2) {
            return true;
        }
        return switch (state.substring(0, 2)) {
            // 25006: a standby that is about to take over; 42501 and others are ours to mend and will not pass.
            case "08", "40", "53", "55", "57", "58", "XX" -> true;
            case "25" -> state.equals("25006");
            default -> false;
        };
    }

    private Connection connect() throws SQLException {
        if (connection != null) {
            return connection;
        }
        var opened = dataSource.getConnection();
        try {
            opened.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
            opened.setAutoCommit(false);
            try (var lock = opened.prepareStatement(LOCK)) {
                lock.setString(1, store.chain());
                try (var row = lock.executeQuery()) {
                    if (!row.next() || !row.getBoolean(1)) {
                        throw new SQLException(
                                "Another engine writes to " + store.chain()
                                        + ": stop it, or wait until its session ends.",
                                "55P03");
                    }
                }
            }
            opened.commit();
        } catch (SQLException failed) {
            opened.close();
            throw failed;
        }
        connection = opened;
        return opened;
    }

    private void disconnect() {
        var open = connection;
        connection = null;
        if (open == null) {
            return;
        }
        try (open) {
            open.rollback();
            try (var unlock = open.createStatement()) {
                // A pool may hand this session to somebody else.
                unlock.execute(UNLOCK);
            }
            open.commit();
        } catch (SQLException gone) {
            LOG.debug("The journal's connection was gone already.", gone);
        }
    }
}
