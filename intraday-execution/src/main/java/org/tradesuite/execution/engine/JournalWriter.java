package org.tradesuite.execution.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradesuite.eventstore.ChainHead;
import org.tradesuite.eventstore.EventStore;
import org.tradesuite.market.BrokerId;

/**
 * Commits one batch after the other, each in one transaction, and releases its effects afterwards. While one commits the
 * next is written out for the database, and the engine fills the one after: a slow disk makes larger batches and not a
 * longer queue. Two threads take turns at this. Each takes a batch, writes it out, waits until the other's is committed
 * and commits its own; a batch never changes hands, and where there is little to do none waits for another thread.
 *
 * <p>When the database goes away the batch is kept and tried again until it is back. An attempt may have been committed
 * without our hearing of it; the head of the chain tells, because nobody else writes to it: an advisory lock makes sure.
 */
final class JournalWriter {

    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);

    private static final String LOCK = "select pg_try_advisory_lock(hashtextextended('tradesuite.' || ?, 0))";
    private static final String UNLOCK = "select pg_advisory_unlock_all()";
    private static final String SEQUENCES = "select broker_id, inbound from execution.fix_session_sequence";

    private static final int WRITERS = 2;
    private static final int NETWORK_TIMEOUT_MILLIS = 15_000;
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final EventStore store;
    private final FactCodec codec;
    private final DataSource dataSource;
    private final Clock clock;
    private final CommitListener listener;
    private final Snapshots snapshots;
    private final Runnable taken;

    /** Held by the thread that takes a batch and writes it out, until it holds the other too. */
    private final ReentrantLock taking = new ReentrantLock();

    private final ReentrantLock committing = new ReentrantLock();
    private final List<Thread> threads;
    private final AtomicInteger atWork = new AtomicInteger(WRITERS);

    private final AtomicReference<@Nullable Batch> next = new AtomicReference<>();
    private volatile @Nullable Thread waiting;
    private volatile boolean stopping;
    private volatile boolean abandoning;
    private volatile @Nullable Throwable failure;
    private volatile long busySinceNanos;
    private volatile boolean busy;
    private volatile long committed;

    // Of the thread that is taking
    private ChainHead written;

    // Of the thread that is committing
    private @Nullable Connection connection;
    private boolean away;
    private ChainHead head;
    private long facts;

    /**
     * @param forms of the answers in what it is given; it learns those that the journal knows
     * @param taken told when the writer can take another batch
     */
    JournalWriter(
            String chain,
            DataSource dataSource,
            AnswerForms forms,
            Clock clock,
            CommitListener listener,
            Snapshots snapshots,
            Runnable taken) {
        this.store = new EventStore(chain);
        this.codec = new FactCodec(forms);
        this.dataSource = dataSource;
        this.clock = clock;
        this.listener = listener;
        this.snapshots = snapshots;
        this.taken = taken;
        this.head = new ChainHead(chain, 0, new byte[32]);
        this.written = head;
        this.threads = IntStream.rangeClosed(1, WRITERS)
                .mapToObj(number -> Thread.ofPlatform()
                        .name("journal-" + chain + "-" + number)
                        .unstarted(this::run))
                .toList();
    }

    // Before the threads start

    /**
     * Reads the chain from there on, having made sure that nobody else writes to it.
     *
     * @param after the event to begin behind, null for the whole chain
     */
    void replay(@Nullable ChainHead after, Consumer<Recorded> reader) throws SQLException {
        var open = connect();
        store.stream(open, AnswerForms.STREAM).forEach(codec::know);
        new JournalReader(store, codec).read(open, after == null ? head : after, reader);
        head = store.begin(open);
        open.commit();
        written = head;
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

    void start() {
        threads.forEach(Thread::start);
    }

    // From the engine's thread

    /** Whether a thread waits for a batch; until then the engine makes it larger. */
    boolean ready() {
        return waiting != null && next.get() == null;
    }

    /** Only when {@link #ready()}. */
    void give(Batch batch) {
        if (!next.compareAndSet(null, batch)) {
            throw new IllegalStateException("The writer still has a batch waiting.");
        }
        LockSupport.unpark(waiting);
    }

    // From anywhere

    /** How long the batch under way has been under way. */
    long stalledNanos() {
        return busy ? System.nanoTime() - busySinceNanos : 0;
    }

    long committed() {
        return committed;
    }

    /**
     * How many facts were committed since the start, for whoever asks after the threads have ended; the journal has the
     * forms of the rules' answers besides.
     */
    long facts() {
        return facts;
    }

    /** The last event of the journal, for whoever reads it after the threads have ended. */
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
        LockSupport.unpark(waiting);
    }

    /** Stops retrying: what is not committed was never answered and is not lost to anybody. */
    void abandon() {
        abandoning = true;
        stop();
    }

    /** Waits for the threads to end after {@link #stop}, so long at most for each. */
    boolean hasEnded(long millis) throws InterruptedException {
        for (var thread : threads) {
            thread.join(millis);
        }
        return threads.stream().noneMatch(Thread::isAlive);
    }

    /** A batch as it is sent to the database. */
    private record Written(
            Batch batch, OneTrip trip, @Nullable ChainHead head) {}

    private void run() {
        try {
            while (next()) {
                // The turn is taken on.
            }
        } catch (Throwable fatal) {
            failure = fatal;
            LOG.error("The journal of {} cannot be written any more; the engine stops.", store.chain(), fatal);
        } finally {
            stop();
            if (atWork.decrementAndGet() == 0) {
                disconnect();
            }
            taken.run();
        }
    }

    /** @return whether there is to be another */
    private boolean next() throws SQLException {
        Written written;
        taking.lock();
        try {
            var batch = take();
            if (batch == null) {
                return false;
            }
            written = write(batch);
            committing.lock();
        } finally {
            taking.unlock();
        }
        try {
            return !hasFailed() && commit(written);
        } catch (SQLException | RuntimeException fatal) {
            // Before the other's turn comes: what it holds follows from this.
            failure = fatal;
            throw fatal;
        } finally {
            committing.unlock();
        }
    }

    private boolean hasFailed() {
        return failure != null || abandoning;
    }

    private @Nullable Batch take() {
        waiting = Thread.currentThread();
        taken.run();
        try {
            while (true) {
                var batch = next.getAndSet(null);
                if (batch != null) {
                    return batch;
                }
                if (stopping) {
                    return null;
                }
                LockSupport.park(this);
            }
        } finally {
            waiting = null;
        }
    }

    private Written write(Batch batch) {
        var at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var trip = new OneTrip();
        ChainHead after = null;
        if (batch.hasEvents()) {
            var appending = store.appending(codec.write(batch.forms, batch.facts, at), at, written);
            trip.add(appending.sql(), appending::bind);
            after = appending.head();
            written = after;
        }
        ReadModels.add(batch, at, trip);
        return new Written(batch, trip, after);
    }

    /** @return false if it was abandoned */
    private boolean commit(Written written) throws SQLException {
        var batch = written.batch();
        if (batch.writes()) {
            busySinceNanos = System.nanoTime();
            busy = true;
            if (!send(written)) {
                return false;
            }
            busy = false;
        }
        if (batch.content != null) {
            snapshots.write(head, batch.content);
        }
        listener.committed(new Commit(head.seq(), batch.facts, batch.effects));
        return true;
    }

    /** @return false if it was abandoned */
    private boolean send(Written written) throws SQLException {
        var attempted = false;
        while (true) {
            try {
                var open = connect();
                if (!attempted || !didCommit(open, written.head())) {
                    attempted = true;
                    written.trip().commit(open);
                }
                if (written.head() != null) {
                    head = written.head();
                    committed = head.seq();
                    facts += written.batch().facts.size();
                }
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

    /** Whether an attempt that broke off was committed after all: the chain is where it would have left it. */
    private boolean didCommit(Connection open, @Nullable ChainHead after) throws SQLException {
        var now = store.head(open);
        open.rollback();
        if (now.equals(after)) {
            return true;
        }
        if (!now.equals(head)) {
            throw new IllegalStateException("Somebody else has written to " + store.chain() + ": it is at " + now
                    + ", we left it at " + head + ". Only one engine may run on a chain.");
        }
        return false;
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
