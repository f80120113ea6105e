package org.tradesuite.execution.fix.entry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradesuite.execution.engine.ClientFact;
import org.tradesuite.execution.engine.ClientMessage;
import org.tradesuite.execution.engine.ClientReports;
import org.tradesuite.execution.engine.Commit;
import org.tradesuite.execution.engine.CommitListener;
import org.tradesuite.execution.engine.Effect;
import org.tradesuite.execution.engine.Input;
import org.tradesuite.execution.engine.Intake;
import org.tradesuite.execution.fix.LineState;
import org.tradesuite.execution.fix.LineTrouble;
import org.tradesuite.execution.fix.SessionLog;
import org.tradesuite.execution.fix.ToEngine;
import org.tradesuite.execution.reference.ReferenceData;
import quickfix.ConfigError;
import quickfix.DefaultMessageFactory;
import quickfix.FileStoreFactory;
import quickfix.RuntimeError;
import quickfix.Session;
import quickfix.SessionID;
import quickfix.ThreadedSocketAcceptor;

/**
 * The clients' door: one port, one session per client. What a client asks goes to the engine on its session's own thread;
 * what it is told comes from the journal, in the journal's order, on one thread of ours. Does nothing without a port or
 * without clients. Thread-safe.
 */
public final class OrderEntry implements CommitListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OrderEntry.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    /**
     * @param port 0 for no order entry
     * @param clients keys of each client's file by its name
     * @param store the folder that keeps what was sent
     * @param checkLatency refuse messages whose sending time is far off
     * @param staleAfter an order that comes again after a gap is not entered if it was first sent before that
     */
    public record Settings(
            String address,
            int port,
            Map<String, Map<String, String>> clients,
            Path store,
            boolean checkLatency,
            Duration staleAfter) {}

    /** What clients were told before, and where a session without a memory begins. */
    public interface Past {
        void since(long place, Consumer<ClientReports.Entry> reader) throws SQLException;

        long beginning() throws SQLException;
    }

    /** How a client proves who it is. */
    public record SignIn(BiPredicate<String, String> user, BiPredicate<String, String> password) {

        /** @param given has to be the user's, or fit the hash of the client's own */
        boolean accepts(Client client, @Nullable String username, String given) {
            return client.user() == null
                    ? (username == null || username.equals(client.name()))
                            && password.test(given, String.valueOf(client.passwordHash()))
                    : client.user().equals(username) && user.test(client.user(), given);
        }
    }

    private final Settings settings;
    private final Map<SessionID, ClientSession> sessions = new LinkedHashMap<>();
    private final Past past;
    private final ToEngine engine;
    private final Clock clock;
    private final Consumer<LineTrouble> troubles;
    private final ExecutorService sender;
    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile boolean started;
    private volatile boolean closing;
    private @Nullable ThreadedSocketAcceptor acceptor;

    /**
     * @param inbound the MsgSeqNum up to which the journal has a client's messages, empty if it has none
     * @param decisionIds gives an id that was never given before
     * @param clock the day's clock
     * @param wall the clock of sending times
     * @param upOrDown told when a client came or went, inside the session's lock
     */
    public OrderEntry(
            Settings settings,
            Function<String, OptionalLong> inbound,
            Past past,
            SignIn signIn,
            Supplier<ReferenceData> reference,
            Supplier<String> decisionIds,
            Function<Input, Intake> engine,
            Clock clock,
            Clock wall,
            Consumer<LineTrouble> troubles,
            Runnable upOrDown) {
        this.settings = settings;
        this.past = past;
        this.engine = new ToEngine(engine);
        this.clock = clock;
        this.troubles = troubles;
        this.sender = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("fix-clients").daemon(true).factory());
        if (settings.port() != 0) {
            settings.clients().forEach((name, keys) -> {
                var client = Client.of(name, keys);
                var orders = new ClientOrders(client, reference, decisionIds, wall, settings.staleAfter());
                var session = new ClientSession(
                        client,
                        orders,
                        signIn,
                        this::bring,
                        this::offer,
                        this::now,
                        wall,
                        this::trouble,
                        upOrDown,
                        this::later,
                        () -> inbound.apply(name));
                if (sessions.put(EntrySettings.sessionId(client), session) != null) {
                    throw new IllegalArgumentException("Two clients have the session of " + name + ".");
                }
            });
        }
    }

    /** Opens the port, once the engine takes inputs; before the lines to brokers, so that copies miss nothing. */
    public void start() {
        if (sessions.isEmpty()) {
            return;
        }
        var qfj = EntrySettings.of(
                sessions.values().stream().map(ClientSession::client).toList(),
                settings.address(),
                settings.port(),
                settings.store(),
                settings.checkLatency());
        var files = new FileStoreFactory(qfj);
        var application = new ClientSessions(sessions);
        try {
            var made = ThreadedSocketAcceptor.newBuilder()
                    .withApplication(application)
                    .withMessageStoreFactory(id -> {
                        try {
                            return application.of(id).open(files.create(id));
                        } catch (IOException e) {
                            throw new UncheckedIOException(
                                    "the store of session " + id + " in " + settings.store()
                                            + " cannot be used; is the disk full or the folder read-only?",
                                    e);
                        }
                    })
                    .withSettings(qfj)
                    .withLogFactory(
                            id -> SessionLog.factory(application.of(id).client().name(), this::trouble, () -> closing)
                                    .create(id))
                    .withMessageFactory(new DefaultMessageFactory())
                    .build();
            for (ClientSession session : sessions.values()) {
                session.beforeStart();
            }
            acceptor = made;
            made.setSessionProvider(
                    new InetSocketAddress(settings.address(), settings.port()), (id, connector) -> session(id));
            made.start();
        } catch (ConfigError | RuntimeError e) {
            throw new IllegalStateException(
                    "order entry cannot start on port " + settings.port() + ": " + e.getMessage(), e);
        }
        sender.execute(this::catchUp);
        // What was committed before this moment is read from the journal, what comes later is handed to us.
        started = true;
        begun.countDown();
        LOG.info("Clients may log on at port {}: {}", settings.port(), names());
    }

    /**
     * The session that a logon asks for, null if there is none. The library would put the whole logon into the log, with its
     * password; it is silenced in {@code execution.properties}, and this tells who it was.
     */
    private @Nullable Session session(SessionID id) {
        if (!sessions.containsKey(id)) {
            trouble(id.getTargetCompID(), "a logon to " + id + " was refused: there is no such session");
            return null;
        }
        return Session.lookupSession(id);
    }

    private List<String> names() {
        return sessions.values().stream()
                .map(session -> session.client().name())
                .toList();
    }

    /** Logs everybody out. What is not sent by then is in the journal and is sent after the next start. */
    @Override
    public void close() {
        closing = true;
        sender.shutdown();
        begun.countDown();
        try {
            if (!sender.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("not every report was handed to its session; the rest is sent at the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var running = acceptor;
        if (running != null) {
            running.stop();
        }
    }

    /** The clients' lines; empty if there is no order entry. */
    public List<LineState> states() {
        return sessions.values().stream()
                .map(session -> session.lineState(settings.address(), settings.port()))
                .toList();
    }

    // To clients

    @Override
    public void committed(Commit commit) {
        if (!started || closing) {
            return;
        }
        List<Runnable> tasks = new ArrayList<>();
        var effects = commit.effects().stream()
                .filter(Effect.TellClient.class::isInstance)
                .map(Effect.TellClient.class::cast)
                .iterator();
        Effect.@Nullable TellClient next = effects.hasNext() ? effects.next() : null;
        long place = commit.head() - commit.facts().size();
        for (int i = 0; i <= commit.facts().size(); i++) {
            while (next != null && next.place() <= i) {
                var answer = next;
                tasks.add(() -> sessions.values().forEach(session -> session.answer(answer)));
                next = effects.hasNext() ? effects.next() : null;
            }
            if (i < commit.facts().size()) {
                place++;
                if (commit.facts().get(i).fact() instanceof ClientFact fact) {
                    var entry = new ClientReports.Entry(place, fact);
                    tasks.add(() -> deliver(entry));
                }
            }
        }
        if (tasks.isEmpty()) {
            return;
        }
        later(() -> tasks.forEach(Runnable::run));
    }

    private void later(Runnable task) {
        try {
            sender.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.info("closed; what is in the journal is sent at the next start", e);
        }
    }

    /** Everything the journal has for a session that the session does not have. */
    private void catchUp() {
        try {
            begun.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        while (!closing) {
            try {
                long beginning = past.beginning();
                long from = Long.MAX_VALUE;
                for (ClientSession session : sessions.values()) {
                    from = Math.min(from, session.beginAt(beginning));
                }
                past.since(from, this::deliver);
                return;
            } catch (SQLException e) {
                LOG.warn("what clients were told cannot be read and is tried again", e);
                LockSupport.parkNanos(AGAIN.toNanos());
            }
        }
    }

    private void deliver(ClientReports.Entry entry) {
        for (ClientSession session : sessions.values()) {
            while (!closing && !session.deliver(entry)) {
                trouble(
                        session.client().name(),
                        "a report cannot be kept for sending; is the disk full? It is tried" + " again.");
                LockSupport.parkNanos(AGAIN.toNanos());
            }
        }
    }

    // To the engine

    private void bring(ClientMessage message) {
        engine.bring(new Input.FromClient(now(), message));
    }

    private boolean offer(ClientMessage message) {
        return engine.offer(new Input.FromClient(now(), message));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private void trouble(String client, String text) {
        troubles.accept(new LineTrouble(now(), client, text));
    }
}
