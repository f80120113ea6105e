package org.tradesuite.reconciliation.dropcopy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradesuite.reconciliation.dropcopy.DropCopyTerms.Role;
import quickfix.Application;
import quickfix.ConfigError;
import quickfix.Connector;
import quickfix.DefaultMessageFactory;
import quickfix.FieldNotFound;
import quickfix.FileStoreFactory;
import quickfix.Message;
import quickfix.RuntimeError;
import quickfix.Session;
import quickfix.SessionID;
import quickfix.SessionStateListener;
import quickfix.SocketAcceptor;
import quickfix.SocketInitiator;
import quickfix.field.MsgType;

/**
 * The session on which one broker sends its drop copy, on a thread of its own. What it says is on disk before the session
 * moves its sequence number on, so that after a kill, a loss of power or on a full disk the broker is asked for it again.
 */
final class DropCopyLine implements Application, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DropCopyLine.class);

    private static final int USERNAME = 553;
    private static final int PASSWORD = 554;

    private final DropCopyTerms terms;
    private final DropCopyLog log;
    private final Clock clock;
    private final SessionID id;
    private final Connector connector;
    private final LongAdder recorded = new LongAdder();
    private volatile boolean up;
    private volatile boolean recording = true;
    private volatile String says;
    private volatile Instant since;
    private volatile @Nullable Instant lastMessage;

    /** @throws IllegalArgumentException if the session cannot be as it is agreed */
    DropCopyLine(DropCopyTerms terms, DropCopyLog log, Path store, boolean checkLatency, Clock clock) {
        this.terms = terms;
        this.log = log;
        this.clock = clock;
        this.id = LineSettings.id(terms);
        this.since = clock.instant();
        this.says = terms.role() == Role.INITIATOR ? "not connected yet" : "waits for the broker to call";
        var settings = LineSettings.of(terms, store, checkLatency);
        var files = new FileStoreFactory(settings);
        var messages = new DefaultMessageFactory();
        try {
            connector = terms.role() == Role.INITIATOR
                    ? SocketInitiator.newBuilder()
                            .withApplication(this)
                            .withMessageStoreFactory(files)
                            .withSettings(settings)
                            .withLogFactory(session -> new LineEvents(terms.broker(), this::incoming, this::wrong))
                            .withMessageFactory(messages)
                            .build()
                    : SocketAcceptor.newBuilder()
                            .withApplication(this)
                            .withMessageStoreFactory(files)
                            .withSettings(settings)
                            .withLogFactory(session -> new LineEvents(terms.broker(), this::incoming, this::wrong))
                            .withMessageFactory(messages)
                            .build();
        } catch (ConfigError failed) {
            throw new IllegalArgumentException(
                    "The drop-copy session of " + terms.broker() + " cannot be made: " + failed.getMessage(), failed);
        }
    }

    /** @throws IllegalStateException if it cannot listen or keep its numbers, with what to do */
    void start() {
        try {
            connector.start();
        } catch (ConfigError | RuntimeError failed) {
            throw new IllegalStateException(
                    "The drop-copy session of " + terms.broker() + " cannot start: " + failed.getMessage()
                            + (terms.role() == Role.ACCEPTOR
                                    ? ". If port " + terms.port() + " of " + terms.host()
                                            + " is taken, end what listens there or set another in "
                                            + DropCopyTerms.KEYS + terms.broker() + ".port."
                                    : ". Look whether the folder tradesuite.reconciliation.drop-copy.store can be"
                                            + " written and has room."),
                    failed);
        }
        session().addStateListener(new Listener());
    }

    private Session session() {
        return Objects.requireNonNull(Session.lookupSession(id), "the session is there since it was started");
    }

    private final class Listener implements SessionStateListener {

        @Override
        public void onConnectException(SessionID session, Exception failed) {
            wrong("cannot connect to " + terms.host() + ":" + terms.port() + " (" + failed.getMessage()
                    + "): ask the broker whether it listens, and whether our address is let in");
        }

        @Override
        public void onDisconnect(SessionID session) {
            if (!up && terms.role() == Role.INITIATOR) {
                wrong("was cut before the logon was answered: ask the broker whether SenderCompID " + terms.sender()
                        + " and TargetCompID " + terms.target() + " are what it expects");
            }
        }

        @Override
        public void onResendRequestSent(SessionID session, int from, int to, int currentTo) {
            says = "logged on; messages from " + from + (to == 0 ? " on" : " to " + to)
                    + " are missing and were asked for";
            LOG.info("{}: {}", terms.broker(), says);
        }

        @Override
        public void onResendRequestSatisfied(SessionID session, int from, int to) {
            says = "logged on";
        }

        @Override
        public void onReset(SessionID session) {
            try {
                log.numbersBeginAnew();
            } catch (IOException failed) {
                notWritten(failed);
            }
        }
    }

    /** What comes before its turn is not handed over until its turn is there. */
    private void incoming(String raw) {
        lastMessage = clock.instant();
        var session = Session.lookupSession(id);
        if (session == null || !session.isLoggedOn()) {
            return;
        }
        try {
            var message = Heard.of(raw);
            if (message.number() > session.getExpectedTargetNum()
                    && raw.contains((char) 1 + "49=" + terms.target() + (char) 1)) {
                log.early(message);
            }
        } catch (IllegalArgumentException garbled) {
            LOG.debug("{}: garbled, the session will say so: {}", terms.broker(), garbled.getMessage());
        }
    }

    private void wrong(String text) {
        if (recording && !says.equals(text)) {
            says = text;
            LOG.warn("Drop copy of {}: {}", terms.broker(), text);
        }
    }

    private void record(Message message) {
        try {
            log.record(Heard.of(Objects.requireNonNullElseGet(message.toRawString(), message::toString)));
        } catch (IOException failed) {
            notWritten(failed);
            cut("what came cannot be written down");
            // The session counts only what this returns from.
            throw new UncheckedIOException(failed);
        }
        recorded.increment();
        if (!recording) {
            recording = true;
            says = "logged on";
            LOG.info("Drop copy of {}: it can be written down again", terms.broker());
        }
    }

    private void notWritten(IOException failed) {
        var text =
                "what came cannot be written down (" + failed + "): free room in the drop folder of " + terms.broker()
                        + ", or give back the right to write there. Nothing is lost: the broker is asked for it again";
        if (recording) {
            LOG.error("Drop copy of {}: {}", terms.broker(), text);
        }
        recording = false;
        says = text;
    }

    private void cut(String why) {
        try {
            session().disconnect(why, false);
        } catch (IOException failed) {
            LOG.warn("Drop copy of {}: the session was not cut: {}", terms.broker(), failed.toString());
        }
    }

    /** Hands in what came so far of the days up to that one. */
    List<Path> handIn(LocalDate upTo) throws IOException {
        return log.handIn(upTo);
    }

    /** What there is of a day, and whether that is all that the broker has sent of it. */
    HeardSoFar heardSoFar(LocalDate date) throws IOException {
        var session = Session.lookupSession(id);
        var expected = session == null ? 0 : session.getExpectedTargetNum();
        var gaps = expected == 0 ? 0 : log.gaps(expected);
        var there = log.soFar(date);
        return new HeardSoFar(
                terms.broker(),
                there == null ? null : there.file(),
                there == null ? 0 : there.length(),
                up && recording,
                gaps > 0,
                says);
    }

    /** Hands in the days that are over. */
    void endDays() {
        try {
            log.endDays(this::giveUp)
                    .forEach(file -> LOG.info("Drop copy of {}: handed in {}", terms.broker(), file.getFileName()));
        } catch (IOException | RuntimeException failed) {
            // The next look tries again.
            wrong("a day that is over cannot be handed in: " + failed.getMessage());
        }
    }

    /** The day is over and a gap before that message was not closed: the session goes on behind it. */
    private void giveUp(int last) {
        var session = session();
        if (session.getExpectedTargetNum() > last) {
            return;
        }
        LOG.error(
                "Drop copy of {}: message {} and others up to {} did not come until the end of the day. The day is"
                    + " handed in as it is and will be refused for its gap: ask the broker for the whole drop copy as"
                    + " a file",
                terms.broker(),
                session.getExpectedTargetNum(),
                last);
        try {
            session.setNextTargetMsgSeqNum(last + 1);
        } catch (IOException failed) {
            wrong("the sequence number cannot be set to " + (last + 1) + ": " + failed.getMessage());
        }
        cut("the session goes on behind a gap");
    }

    DropCopyLineState state() {
        var session = Session.lookupSession(id);
        var newest = log.newest();
        return new DropCopyLineState(
                terms.broker(),
                terms.version().application,
                terms.role() == Role.ACCEPTOR,
                terms.host() + ":" + terms.port(),
                up,
                recording,
                says,
                since,
                lastMessage,
                session == null ? 0 : session.getExpectedTargetNum(),
                session == null ? 0 : session.getExpectedSenderNum(),
                session == null ? 0 : log.early(session.getExpectedTargetNum()),
                session == null ? 0 : log.gaps(session.getExpectedTargetNum()),
                recorded.sum(),
                newest == null ? null : newest.date(),
                newest == null ? null : newest.file(),
                newest == null ? 0 : newest.messages(),
                newest == null ? 0 : newest.handedIn());
    }

    @Override
    public void close() {
        connector.stop();
        try {
            log.close();
        } catch (IOException failed) {
            LOG.warn("Drop copy of {}: its files were not closed: {}", terms.broker(), failed.toString());
        }
    }

    @Override
    public void onCreate(SessionID session) {
        LOG.info(
                "Drop copy of {}: {} {}:{}",
                terms.broker(),
                terms.role() == Role.ACCEPTOR ? "waits for it at" : "calls it at",
                terms.host(),
                terms.port());
    }

    @Override
    public void onLogon(SessionID session) {
        up = true;
        since = clock.instant();
        if (recording) {
            says = "logged on";
        }
        LOG.info("Drop copy of {}: logged on", terms.broker());
    }

    @Override
    public void onLogout(SessionID session) {
        if (up) {
            since = clock.instant();
            if (recording) {
                says = "logged out, or the connection was cut";
            }
            LOG.info("Drop copy of {}: logged out, or the connection was cut", terms.broker());
        }
        up = false;
    }

    @Override
    public void toAdmin(Message message, SessionID session) {
        if (terms.role() == Role.INITIATOR && isLogon(message)) {
            if (terms.username() != null) {
                message.setString(USERNAME, terms.username());
            }
            if (terms.password() != null) {
                message.setString(PASSWORD, terms.password());
            }
        }
    }

    @Override
    public void fromAdmin(Message message, SessionID session) {
        if (terms.role() == Role.ACCEPTOR
                && isLogon(message)
                && !(says(message, USERNAME, terms.username()) && says(message, PASSWORD, terms.password()))) {
            var text = "a caller with another Username (553) or Password (554) than agreed was not let in";
            wrong(text);
            cut(text);
            // Not a refusal by the session: that would count the stranger's message as one of the broker's.
            throw new IllegalStateException(text);
        }
        record(message);
    }

    private static boolean says(Message message, int tag, @Nullable String agreed) {
        try {
            return agreed == null
                    || (message.isSetField(tag) && message.getString(tag).equals(agreed));
        } catch (FieldNotFound gone) {
            throw new IllegalStateException("It was there a moment ago", gone);
        }
    }

    private static boolean isLogon(Message message) {
        try {
            return MsgType.LOGON.equals(message.getHeader().getString(MsgType.FIELD));
        } catch (FieldNotFound none) {
            // Without a type it is no logon; the session refuses it by itself.
            return false;
        }
    }

    @Override
    public void toApp(Message message, SessionID session) {
        LOG.debug("{}: nothing is sent on a drop copy but {}", terms.broker(), message.getClass());
    }

    @Override
    public void fromApp(Message message, SessionID session) {
        record(message);
    }
}
