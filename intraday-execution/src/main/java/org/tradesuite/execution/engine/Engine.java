package org.tradesuite.execution.engine;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.InstrumentId;

/**
 * Takes inputs from any thread, decides them one after the other on its own, has the journal commit what happened and lets
 * go what follows from it. {@link #start} reads the journal first; what was on its way out when the last engine stopped
 * comes as {@link Effect.Resume} in the first commit.
 *
 * <p>The inbox is bounded. Somebody who can come again is told so ({@link Intake#BUSY}); a broker's line has to wait and
 * bring the message again, because it must not be lost.
 */
public final class Engine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final int DRAIN = 512;
    private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long FINISH_MILLIS = 10_000;

    /** The newest value of something that comes faster than it is looked at. */
    private static final class Newest {
        final AtomicReference<@Nullable Input> value = new AtomicReference<>();
    }

    private final EngineSettings settings;
    private final Desk desk;
    private final JournalWriter writer;
    private final Snapshots snapshots;
    private final @Nullable KeptStops stops;
    private final MarketTape tape;
    private final Inbox<Object> inbox;
    /** What must not wait behind anything, nor for room. */
    private final Queue<Input> urgent = new ConcurrentLinkedQueue<>();

    private final Map<InstrumentId, Newest> quotes = new ConcurrentHashMap<>();
    private final Newest tick = new Newest();
    private final Thread thread;
    private final Thread tapeThread;
    private Map<BrokerId, Long> inboundSequences = Map.of();
    private Map<String, Long> clientSequences = Map.of();
    private Batch batch = new Batch();

    /** How many facts there are: in the journal when it began, given to the writer, in a snapshot that was asked for. */
    private long begun;

    private long given;
    private long written;

    private volatile boolean open;
    private volatile boolean stopping;
    private volatile boolean parked;
    private volatile @Nullable Throwable failure;

    private Engine(
            EngineSettings settings,
            DataSource dataSource,
            ReferenceData reference,
            Clock clock,
            CommitListener listener,
            @Nullable KeptStops stops) {
        this.settings = settings;
        this.stops = stops;
        this.desk = new Desk(settings, reference);
        this.inbox = new Inbox<>(settings.inbox());
        this.snapshots = new Snapshots(settings.chain(), dataSource, clock);
        this.writer = new JournalWriter(
                settings.chain(),
                dataSource,
                desk.forms(),
                clock,
                commit -> committed(commit, listener),
                snapshots,
                this::wake);
        this.tape = new MarketTape(dataSource);
        this.thread = Thread.ofPlatform().name("engine-" + settings.chain()).unstarted(this::run);
        this.tapeThread = Thread.ofPlatform().name("tape-" + settings.chain()).unstarted(tape);
    }

    /** One that keeps no stops: for whoever has no database that may go away while somebody waits. */
    public static Engine start(
            EngineSettings settings,
            DataSource dataSource,
            ReferenceData reference,
            Clock clock,
            CommitListener listener) {
        return start(settings, dataSource, reference, clock, listener, null);
    }

    /**
     * Reads the journal and begins. The listener is called from another thread, at the earliest with what is to be resumed.
     *
     * @param dataSource logs in as execution; the journal keeps one connection of it for itself
     * @param clock business time, read only to say when a batch was recorded and when the restart was
     * @param stops those that acted and did not come into the journal act again before anything leaves
     * @throws IllegalStateException if the journal or the stops cannot be read, or another engine writes to the journal
     */
    public static Engine start(
            EngineSettings settings,
            DataSource dataSource,
            ReferenceData reference,
            Clock clock,
            CommitListener listener,
            @Nullable KeptStops stops) {
        var engine = new Engine(settings, dataSource, reference, clock, listener, stops);
        try {
            var began = System.nanoTime();
            var snapshot = engine.snapshots.newest();
            if (snapshot != null) {
                engine.desk.restore(snapshot.content());
            }
            engine.writer.replay(snapshot == null ? null : snapshot.at(), engine.desk::replay);
            engine.inboundSequences = engine.writer.inboundSequences();
            engine.begun = engine.writer.committed();
            engine.given = engine.begun;
            engine.written = snapshot == null ? 0 : snapshot.at().seq();
            engine.clientSequences = engine.desk.state().clients().inbound();
            LOG.info(
                    "Read {} events of {} in {} ms{}.",
                    engine.given - engine.written,
                    settings.chain(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began),
                    snapshot == null ? "" : " after a snapshot of " + engine.written);
        } catch (SQLException failed) {
            throw new IllegalStateException(
                    "The journal " + settings.chain() + " cannot be read: " + failed.getMessage(), failed);
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        engine.desk.recover(now, engine.batch);
        if (stops != null) {
            try {
                engine.desk.stopAgain(stops.left(), now, engine.batch);
            } catch (IOException failed) {
                throw new IllegalStateException(
                        "Whether somebody has stopped trading cannot be read from " + stops.file() + ": "
                                + failed.getMessage(),
                        failed);
            }
        }
        engine.open = true;
        engine.writer.start();
        engine.tapeThread.start();
        engine.thread.start();
        return engine;
    }

    /** Never waits. What is {@link Intake#TAKEN} is decided in the order it was taken. */
    public Intake submit(Input input) {
        if (!open) {
            return Intake.STOPPED;
        }
        if (input instanceof Input.SwitchRequested) {
            // Before what waits, and also while nothing can be written: the sooner nothing leaves, the better.
            urgent.add(input);
            wake();
            return Intake.TAKEN;
        }
        if ((input instanceof Input.Request || input instanceof Input.FromClient) && isUnavailable()) {
            return Intake.UNAVAILABLE;
        }
        return switch (input) {
            case Input.MarketQuote quote -> {
                tape.keep(quote);
                yield newest(quotes.computeIfAbsent(quote.instrument(), each -> new Newest()), quote);
            }
            case Input.MarketTrade trade -> {
                var put = put(trade);
                if (put == Intake.TAKEN) {
                    // Whoever is told BUSY brings it again: it is on the tape once.
                    tape.keep(trade);
                }
                yield put;
            }
            case Input.Tick now -> newest(tick, now);
            default -> put(input);
        };
    }

    private Intake newest(Newest slot, Input input) {
        if (slot.value.getAndSet(input) != null) {
            // The one that waited was not looked at yet; this one takes its place.
            return Intake.TAKEN;
        }
        var put = put(slot);
        if (put != Intake.TAKEN) {
            slot.value.set(null);
        }
        return put;
    }

    private Intake put(Object item) {
        if (!inbox.offer(item)) {
            return Intake.BUSY;
        }
        if (parked) {
            LockSupport.unpark(thread);
        }
        return Intake.TAKEN;
    }

    private boolean isUnavailable() {
        return writer.stalledNanos() > settings.unavailableAfterWall().toNanos();
    }

    private void committed(Commit commit, CommitListener listener) {
        for (var effect : commit.effects()) {
            if (effect instanceof Effect.Answer answer) {
                var stop = desk.brake().written(answer.requestId());
                if (stop != null && stops != null) {
                    stops.recorded(stop.key());
                }
            }
        }
        listener.committed(commit);
    }

    /** What is stopped, at once and before it is in the journal. */
    public Brake brake() {
        return desk.brake();
    }

    /** For each broker the MsgSeqNum up to which the journal had its messages when the engine started. */
    public Map<BrokerId, Long> inboundSequences() {
        return inboundSequences;
    }

    /** For each client by FIX the MsgSeqNum up to which the journal had its messages when the engine started. */
    public Map<String, Long> clientSequences() {
        return clientSequences;
    }

    public EngineHealth health() {
        var fatal = failure != null ? failure : writer.failure();
        var condition = !open || fatal != null
                ? EngineHealth.Condition.STOPPED
                : isUnavailable() ? EngineHealth.Condition.JOURNAL_UNAVAILABLE : EngineHealth.Condition.RUNNING;
        var text = fatal != null
                ? String.valueOf(fatal.getMessage())
                : condition == EngineHealth.Condition.JOURNAL_UNAVAILABLE
                        ? "The journal cannot be written; what came in waits."
                        : "";
        return new EngineHealth(condition, writer.committed(), inbox.size(), text);
    }

    private void wake() {
        LockSupport.unpark(thread);
    }

    private void run() {
        try {
            while (failure == null && writer.failure() == null) {
                takeUrgent();
                var room = batch.facts.size() < settings.batch();
                var drained = room ? inbox.drain(this::take, DRAIN) : 0;
                if (!batch.isEmpty() && writer.ready()) {
                    batch.close(desk.state());
                    snapshotIfDue();
                    writer.give(batch);
                    batch = new Batch();
                } else if (drained == 0) {
                    if (stopping && batch.isEmpty() && inbox.isEmpty() && urgent.isEmpty()) {
                        return;
                    }
                    nap(room);
                }
            }
        } catch (Throwable fatal) {
            failure = fatal;
            LOG.error("The engine of {} stops: what it was deciding is not in the journal.", settings.chain(), fatal);
        } finally {
            open = false;
            writer.stop();
        }
    }

    /**
     * Copies the state with the batch that made it; the copy is written once the batch is committed. A large state is
     * written after more events than a small one, so that a day costs what it has and not what it had each time: a restart
     * reads about as many events as the state it has just read has orders and routes.
     */
    private void snapshotIfDue() {
        given += batch.facts.size();
        var enough = Math.max(settings.snapshotEvery(), desk.state().size());
        var dayClosed = batch.facts.stream().anyMatch(recorded -> recorded.fact() instanceof DeskFact.DayClosed);
        if ((dayClosed || given - written >= enough) && snapshots.idle()) {
            batch.content = desk.state().content();
            written = given;
        }
    }

    /** SHA-256 over all that the engine knows, once it is closed: the next one to start has the same. */
    byte[] stateDigest() {
        return new StateCodec().digest(desk.state().content());
    }

    private void nap(boolean forInput) {
        parked = true;
        if (urgent.isEmpty() && (!forInput || inbox.isEmpty())) {
            LockSupport.parkNanos(this, NAP_NANOS);
        }
        parked = false;
    }

    private void takeUrgent() {
        for (var input = urgent.poll(); input != null; input = urgent.poll()) {
            desk.handle(input, batch);
        }
    }

    private void take(Object item) {
        takeUrgent();
        if (item instanceof Newest newest) {
            var input = newest.value.getAndSet(null);
            if (input != null) {
                desk.handle(input, batch);
            }
        } else {
            desk.handle((Input) item, batch);
        }
    }

    /** Takes nothing more, decides and commits what it has taken, and stops. */
    @Override
    public void close() {
        open = false;
        stopping = true;
        wake();
        try {
            thread.join(FINISH_MILLIS);
            writer.stop();
            var ended = writer.hasEnded(FINISH_MILLIS);
            if (!ended) {
                LOG.warn("The journal of {} cannot be written; what was not committed is given up.", settings.chain());
                writer.abandon();
                ended = writer.hasEnded(FINISH_MILLIS);
            }
            tape.stop();
            tapeThread.join(FINISH_MILLIS);
            snapshots.finish(FINISH_MILLIS);
            var all = !thread.isAlive() && ended && failure == null && writer.failure() == null;
            if (all && writer.facts() == given - begun && given > written) {
                snapshots.write(writer.head(), desk.state().content());
                snapshots.finish(FINISH_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
