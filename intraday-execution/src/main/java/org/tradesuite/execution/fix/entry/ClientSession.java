package org.tradesuite.execution.fix.entry;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradesuite.execution.engine.ClientFact;
import org.tradesuite.execution.engine.ClientMessage;
import org.tradesuite.execution.engine.ClientReports;
import org.tradesuite.execution.engine.Effect;
import org.tradesuite.execution.fix.LineState;
import org.tradesuite.execution.fix.Reading;
import org.tradesuite.execution.fix.entry.Client.Version;
import org.tradesuite.market.AccountId;
import quickfix.FieldNotFound;
import quickfix.IncorrectDataFormat;
import quickfix.IncorrectTagValue;
import quickfix.Message;
import quickfix.MessageStore;
import quickfix.RejectLogon;
import quickfix.Session;
import quickfix.UnsupportedMessageType;
import quickfix.field.MsgType;
import quickfix.field.Password;
import quickfix.field.RawData;
import quickfix.field.ResetSeqNumFlag;
import quickfix.field.Username;

/** One client's session: who may log on, what it hears of the journal, and what it says to the desk. */
final class ClientSession {
    private static final Logger LOG = LoggerFactory.getLogger(ClientSession.class);

    private final Client client;
    private final ClientOrders orders;
    private final ClientReplies replies;
    private final OrderEntry.SignIn signIn;
    private final Consumer<ClientMessage> engine;
    private final Predicate<ClientMessage> offer;
    private final Supplier<Instant> now;
    private final Clock wall;
    private final BiConsumer<String, String> trouble;
    private final Runnable upOrDown;
    private final Consumer<Runnable> sender;
    private final Supplier<OptionalLong> inbound;
    private volatile @Nullable ClientStore store;
    private volatile boolean up;
    private volatile Instant since;
    /** Only touched by the sender: everything up to there was delivered or is not for this client. */
    private long place;
    /** Only touched by the sender: something was kept that could not go out at once. */
    private boolean waiting;

    /**
     * @param engine waits until the engine takes it, throws if it does not
     * @param offer whether the engine took it at once
     * @param now the day's time
     * @param sender runs something on the thread that reports are sent by
     */
    ClientSession(
            Client client,
            ClientOrders orders,
            OrderEntry.SignIn signIn,
            Consumer<ClientMessage> engine,
            Predicate<ClientMessage> offer,
            Supplier<Instant> now,
            Clock wall,
            BiConsumer<String, String> trouble,
            Runnable upOrDown,
            Consumer<Runnable> sender,
            Supplier<OptionalLong> inbound) {
        this.client = client;
        this.orders = orders;
        this.replies = new ClientReplies(client);
        this.signIn = signIn;
        this.engine = engine;
        this.offer = offer;
        this.now = now;
        this.wall = wall;
        this.trouble = trouble;
        this.upOrDown = upOrDown;
        this.sender = sender;
        this.inbound = inbound;
        this.since = wall.instant();
    }

    Client client() {
        return client;
    }

    LineState lineState(String host, int port) {
        return new LineState(
                client.name(),
                client.version().application,
                host,
                port,
                up,
                up ? "logged on" : "not logged on",
                since.truncatedTo(ChronoUnit.MICROS));
    }

    MessageStore open(MessageStore file) throws IOException {
        var opened = new ClientStore(
                file, inbound.get(), () -> engine.accept(new ClientMessage.CounterReset(client.name())));

        store = opened;
        return opened;
    }

    /** Nobody is connected yet: who wants nothing in the market while it is away has nothing in the market. */
    void beforeStart() {
        if (client.takesCopies()) {
            engine.accept(new ClientMessage.CopiesWanted(client.name()));
        }
        if (client.cancelOnDisconnect()) {
            engine.accept(new ClientMessage.Gone(client.name()));
        }
    }

    // What the session says of itself

    void up() {
        up = true;
        since = wall.instant();
        sender.accept(this::afterLogon);
        upOrDown.run();
    }

    void down() {
        if (!up) {
            return;
        }
        up = false;
        since = wall.instant();
        if (client.cancelOnDisconnect() && !offer.test(new ClientMessage.Gone(client.name()))) {
            // On our own way out the next start does it.
            LOG.info("{} is gone, and the engine takes nothing more; its orders are cancelled later", client.name());
        }
        upOrDown.run();
    }

    void admin(Message message) throws FieldNotFound, RejectLogon {
        if (!message.getHeader().getString(MsgType.FIELD).equals("A")) {
            return;
        }
        // FIX 4.2 has no Password (554); RawData (96) is where that version's counterparties carry it.
        @Nullable
        String password = Reading.text(message, client.version() == Version.FIX42 ? RawData.FIELD : Password.FIELD);
        @Nullable
        String username = client.version() == Version.FIX42 ? client.user() : Reading.text(message, Username.FIELD);
        if (password == null || !signIn.accepts(client, username, password)) {
            trouble.accept(client.name(), "a logon with a wrong user or password was refused");
            throw new RejectLogon("The user or the password is wrong.");
        }
        if (message.isSetField(ResetSeqNumFlag.FIELD)
                && message.getBoolean(ResetSeqNumFlag.FIELD)
                && !client.mayReset()) {
            trouble.accept(client.name(), "a logon that would reset the sequence numbers was refused");
            throw new RejectLogon("You may not reset the sequence numbers (141): go on from the last ones.");
        }
    }

    void hear(Message message) throws FieldNotFound, IncorrectDataFormat, IncorrectTagValue, UnsupportedMessageType {
        engine.accept(orders.read(message, now.get()));
    }

    // What it is told: on the sender's thread

    /** Where this session goes on in the journal. */
    long beginAt(long beginning) {
        long kept = kept().kept();
        place = kept == 0 ? beginning : kept;
        return place;
    }

    /** @return false if it could not be kept and has to be brought again */
    boolean deliver(ClientReports.Entry entry) {
        if (entry.seq() <= place) {
            return true;
        }
        @Nullable Message message = message(entry.fact());
        if (message != null) {
            // The store writes this place beside the message.
            kept().next(entry.seq());
            send(message);
            if (kept().kept() != entry.seq()) {
                return false;
            }
        }
        place = entry.seq();
        return true;
    }

    void answer(Effect.TellClient answer) {
        // Nobody waits for the answer to a question of another connection.
        if (up && client.name().equals(answer.report().client())) {
            kept().next(kept().kept());
            send(replies.report(answer.report(), answer.asked()));
        }
    }

    private @Nullable Message message(ClientFact fact) {
        return switch (fact) {
            case ClientFact.Told told ->
                isFor(told.report().client(), told.report().account()) ? replies.report(told.report(), null) : null;
            case ClientFact.RequestRefused refused ->
                isFor(refused.client(), refused.account()) ? replies.refusal(refused) : null;
            case ClientFact.CounterReset _ -> null;
        };
    }

    private boolean isFor(@Nullable String owner, @Nullable AccountId account) {
        @Nullable Set<AccountId> copied = client.copies();
        if (copied == null) {
            return client.name().equals(owner);
        }
        return copied.isEmpty() || (account != null && copied.contains(account));
    }

    /** Kept in the store and sent; a client that is away asks for it when it is back. */
    private void send(Message message) {
        @Nullable Session session = Session.lookupSession(EntrySettings.sessionId(client));
        if (session == null) {
            throw new IllegalStateException("session " + client.name() + " is not started");
        }
        waiting |= !session.send(message);
    }

    /**
     * The client has logged on. A report that was kept between our logon and this moment has a number that the client has
     * not seen: the next message shows it the gap, and a heartbeat is that message at once.
     */
    void afterLogon() {
        @Nullable Session session = Session.lookupSession(EntrySettings.sessionId(client));
        if (waiting && session != null && session.isLoggedOn()) {
            waiting = false;
            session.generateHeartbeat();
        }
    }

    private ClientStore kept() {
        ClientStore opened = store;
        if (opened == null) {
            throw new IllegalStateException("session " + client.name() + " is not started");
        }
        return opened;
    }
}
