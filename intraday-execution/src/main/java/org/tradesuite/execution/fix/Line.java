package org.tradesuite.execution.fix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quickfix.Application;
import quickfix.ConfigError;
import quickfix.DefaultMessageFactory;
import quickfix.DoNotSend;
import quickfix.FieldNotFound;
import quickfix.FileStoreFactory;
import quickfix.IncorrectDataFormat;
import quickfix.IncorrectTagValue;
import quickfix.Message;
import quickfix.MessageStore;
import quickfix.RuntimeError;
import quickfix.Session;
import quickfix.SessionID;
import quickfix.SessionSettings;
import quickfix.SessionStateListener;
import quickfix.SocketInitiator;
import quickfix.UnsupportedMessageType;
import quickfix.field.MsgType;
import quickfix.field.OrigSendingTime;
import quickfix.field.PossDupFlag;
import quickfix.field.RefSeqNum;
import quickfix.field.Text;

/**
 * One FIX session that we begin: it connects, logs on, keeps what it sends, and connects again when it is cut. What it
 * hears goes to its {@link Ear} on the session's own thread, inside the session's lock: the ear must only pass it on.
 *
 * <p>A new order that the broker asks for again after it lay longer than {@code staleAfter} is not sent any more: the
 * market has moved on. The gap is filled instead and the desk is told.
 */
final class Line implements Application, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Line.class);
    private static final Duration SAME_TROUBLE_AGAIN = Duration.ofMinutes(1);

    /** Who listens on a line. */
    interface Ear {
        void hear(Message message) throws FieldNotFound, IncorrectDataFormat, IncorrectTagValue, UnsupportedMessageType;

        void up();

        void down(String reason);

        /** The other side began to count from 1 again. */
        void counterReset();

        /**
         * A new order or replace that will not be sent again.
         *
         * @param neverLeft whether it never left at all
         */
        void stale(Message message, boolean neverLeft);

        /** Whether an order that waits for the line must not leave any more. */
        default boolean isHeld(String clOrdId) {
            return false;
        }

        /** Something a person should see. */
        void trouble(String text);
    }

    private final Dialect dialect;
    private final Ear ear;
    private final Duration staleAfter;
    private final Clock wall;
    private final SessionID id;
    private final SocketInitiator initiator;
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private final Map<String, Instant> told = new ConcurrentHashMap<>();
    private volatile @Nullable FollowingStore store;
    private volatile boolean up;
    private volatile boolean stopping;
    private volatile String state = "not connected yet";
    private volatile Instant since;

    /**
     * @param nextTarget the sequence number the session expects next, as the journal has it; asked when it starts
     * @param wall sending times are of the wall clock, whatever clock the day runs on
     */
    Line(
            Dialect dialect,
            Path storeFolder,
            boolean checkLatency,
            Duration staleAfter,
            Supplier<OptionalInt> nextTarget,
            Clock wall,
            Ear ear) {
        this.dialect = dialect;
        this.ear = ear;
        this.staleAfter = staleAfter;
        this.wall = wall;
        this.since = wall.instant();
        this.id = FixSettings.sessionId(dialect);
        SessionSettings settings = FixSettings.of(dialect, storeFolder, checkLatency);
        var files = new FileStoreFactory(settings);
        BiConsumer<String, String> alert = (name, text) -> tell(text);
        try {
            initiator = SocketInitiator.newBuilder()
                    .withApplication(this)
                    .withMessageStoreFactory(session -> {
                        try {
                            MessageStore file = files.create(session);
                            // Prices are not in the journal: what was missed while we were away is not asked for twice.
                            OptionalInt next = dialect.kind() == Dialect.Kind.MARKET_DATA
                                    ? OptionalInt.of(file.getNextTargetMsgSeqNum())
                                    : nextTarget.get();
                            var following = new FollowingStore(file, next, ear::counterReset);
                            store = following;
                            return following;
                        } catch (IOException e) {
                            throw new UncheckedIOException(
                                    "the store of session " + dialect.name() + " in " + storeFolder
                                            + " cannot be used; is the disk full or the folder read-only?",
                                    e);
                        }
                    })
                    .withSettings(settings)
                    .withLogFactory(SessionLog.factory(dialect.name(), alert, () -> stopping))
                    .withMessageFactory(new DefaultMessageFactory())
                    .build();
        } catch (ConfigError e) {
            throw new IllegalArgumentException("dialect " + dialect.name() + " cannot be used: " + e.getMessage(), e);
        }
    }

    void start() {
        try {
            initiator.start();
        } catch (ConfigError | RuntimeError e) {
            throw new IllegalStateException("session " + dialect.name() + " cannot start: " + e.getMessage(), e);
        }
        session().addStateListener(new SessionStateListener() {
            @Override
            public void onConnectException(SessionID session, Exception e) {
                state = "cannot connect to " + dialect.host() + ":" + dialect.port();
                tell(state + ": " + e.getMessage());
            }

            @Override
            public void onDisconnect(SessionID session) {
                if (!up) {
                    tell("was cut before the logon was answered");
                }
            }
        });
    }

    /** The engine is about to take nothing more: what it leaves is asked for again at the next start, and is no trouble. */
    void stopping() {
        stopping = true;
    }

    /** Logs out and stops; what comes later is not heard any more. */
    @Override
    public void close() {
        initiator.stop();
    }

    boolean isUp() {
        return up;
    }

    /** When it last came up or went down. */
    Instant since() {
        return since;
    }

    /** For a person: logged on, or why not. */
    String state() {
        return state;
    }

    Dialect dialect() {
        return dialect;
    }

    /**
     * Keeps the message in the store and sends it; a session that is down sends it after its next logon. For one thread.
     *
     * @return false if it could not be kept, because the disk is full perhaps: then it was not sent either
     */
    boolean send(Message message) {
        @Nullable String clOrdId = session().isLoggedOn() ? null : clOrdId(message);
        if (clOrdId != null) {
            waiting.add(clOrdId);
        }
        boolean onTheWire = session().send(message);
        if (clOrdId != null && onTheWire) {
            waiting.remove(clOrdId);
        }
        return onTheWire || following().keptTheLast();
    }

    /** The ids of all orders, cancels and replaces ever handed to this session. */
    Set<String> handedOver() {
        try {
            return following().handedOver();
        } catch (IOException e) {
            throw new UncheckedIOException("the store of session " + dialect.name() + " cannot be read", e);
        }
    }

    /** What we sent under this sequence number, as it was on the wire; null if nothing of ours is kept there. */
    @Nullable
    String sent(int sequence) {
        List<String> found = new ArrayList<>();
        try {
            if (sequence > 0) {
                following().get(sequence, sequence, found);
            }
        } catch (IOException e) {
            LOG.warn("{}: message {} cannot be read from the store", dialect.name(), sequence, e);
        }
        return found.isEmpty() ? null : found.getFirst();
    }

    private FollowingStore following() {
        FollowingStore created = store;
        if (created == null) {
            throw new IllegalStateException("session " + dialect.name() + " is not started");
        }
        return created;
    }

    private Session session() {
        @Nullable Session session = Session.lookupSession(id);
        if (session == null) {
            throw new IllegalStateException("session " + dialect.name() + " is not started");
        }
        return session;
    }

    /** The same trouble every second would hide the next one. */
    private void tell(String text) {
        Instant now = wall.instant();
        Instant last = told.get(text);
        if (last == null || last.plus(SAME_TROUBLE_AGAIN).isBefore(now)) {
            told.values().removeIf(at -> at.plus(SAME_TROUBLE_AGAIN).isBefore(now));
            told.put(text, now);
            ear.trouble(text);
        }
    }

    @Override
    public void onCreate(SessionID session) {}

    @Override
    public void onLogon(SessionID session) {
        up = true;
        since = wall.instant();
        state = "logged on";
        ear.up();
    }

    @Override
    public void onLogout(SessionID session) {
        if (!up) {
            // A refused logon ends with a logout too; why it was refused is known already.
            return;
        }
        up = false;
        since = wall.instant();
        state = "logged out";
        ear.down(state);
    }

    @Override
    public void toAdmin(Message message, SessionID session) {
        try {
            if (message.getHeader().getString(MsgType.FIELD).equals("3")) {
                tell("we refused message " + Reading.text(message, RefSeqNum.FIELD) + ": "
                        + Reading.text(message, Text.FIELD));
            }
        } catch (FieldNotFound e) {
            LOG.warn("{}: a reject without a type", dialect.name(), e);
        }
    }

    @Override
    public void fromAdmin(Message message, SessionID session)
            throws FieldNotFound, IncorrectDataFormat, IncorrectTagValue {
        String type = message.getHeader().getString(MsgType.FIELD);
        if (type.equals("5")) {
            @Nullable String text = Reading.text(message, Text.FIELD);
            if (!up) {
                state = "logon refused" + (text == null ? "" : ": " + text);
                tell(state);
            } else if (text != null) {
                tell("logged out by the other side: " + text);
            }
        } else if (type.equals("3")) {
            tell("the other side refused our message " + Reading.text(message, RefSeqNum.FIELD) + ": "
                    + Reading.text(message, Text.FIELD));
            try {
                ear.hear(message);
            } catch (UnsupportedMessageType e) {
                LOG.debug("{}: nobody waits for rejects on this line", dialect.name(), e);
            }
        }
    }

    @Override
    public void toApp(Message message, SessionID session) throws DoNotSend {
        try {
            if (message.getHeader().getString(MsgType.FIELD).equals("j")) {
                tell("we refused message " + Reading.text(message, RefSeqNum.FIELD) + ": "
                        + Reading.text(message, Text.FIELD));
            }
            if (!message.getHeader().isSetField(PossDupFlag.FIELD)
                    || !message.getHeader().getBoolean(PossDupFlag.FIELD)) {
                return;
            }
            if (dialect.kind() == Dialect.Kind.MARKET_DATA) {
                // Prices asked for yesterday interest nobody; each logon asks anew.
                throw new DoNotSend();
            }
            @Nullable String clOrdId = clOrdId(message);
            if (clOrdId == null) {
                return;
            }
            String type = message.getHeader().getString(MsgType.FIELD);
            boolean neverLeft = waiting.remove(clOrdId);
            var stopped = type.equals("D") && neverLeft && ear.isHeld(clOrdId);
            if (stopped || ((type.equals("D") || type.equals("G")) && isStale(message))) {
                ear.stale(message, neverLeft);
                throw new DoNotSend();
            }
        } catch (FieldNotFound e) {
            throw new IllegalStateException("a message from our own store lacks a field", e);
        }
    }

    private boolean isStale(Message message) throws FieldNotFound {
        return message.getHeader().isSetField(OrigSendingTime.FIELD)
                && message.getHeader()
                        .getUtcTimeStamp(OrigSendingTime.FIELD)
                        .toInstant(ZoneOffset.UTC)
                        .plus(staleAfter)
                        .isBefore(wall.instant());
    }

    static @Nullable String clOrdId(Message message) {
        try {
            return Reading.text(message, quickfix.field.ClOrdID.FIELD);
        } catch (FieldNotFound e) {
            throw new IllegalStateException("a field that is set was not found", e);
        }
    }

    @Override
    public void fromApp(Message message, SessionID session)
            throws FieldNotFound, IncorrectDataFormat, IncorrectTagValue, UnsupportedMessageType {
        ear.hear(message);
    }
}
