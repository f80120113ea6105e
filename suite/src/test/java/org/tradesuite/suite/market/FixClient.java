package org.tradesuite.suite.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import quickfix.ApplicationAdapter;
import quickfix.ConfigError;
import quickfix.DefaultMessageFactory;
import quickfix.FieldNotFound;
import quickfix.MemoryStoreFactory;
import quickfix.Message;
import quickfix.MessageStore;
import quickfix.MessageStoreFactory;
import quickfix.ScreenLogFactory;
import quickfix.Session;
import quickfix.SessionID;
import quickfix.SessionNotFound;
import quickfix.SessionSettings;
import quickfix.SocketInitiator;

/**
 * The other side of a session, for scripts: a plain QuickFIX/J initiator that checks what it receives against the
 * standard dictionary and hands it out in the order of arrival. Its store outlives a stop, as a real client's does.
 */
public final class FixClient extends ApplicationAdapter {

    private final SessionID session;
    private final SessionSettings settings = new SessionSettings();
    private final BlockingQueue<Message> received = new LinkedBlockingQueue<>();
    private final MessageStoreFactory stores;
    private @Nullable SocketInitiator initiator;

    public FixClient(String version, String sender, String target, int port) {
        this.session = new SessionID(version, sender, target);
        settings.setString("ConnectionType", "initiator");
        settings.setString("SocketConnectHost", "127.0.0.1");
        settings.setLong("SocketConnectPort", port);
        settings.setLong("ReconnectInterval", 1);
        settings.setLong("HeartBtInt", 30);
        settings.setString(session, "BeginString", version);
        settings.setString(session, "SenderCompID", sender);
        settings.setString(session, "TargetCompID", target);
        settings.setString(session, "NonStopSession", "Y");
        settings.setString(session, "CheckLatency", "N");
        if (version.equals("FIXT.1.1")) {
            settings.setString(session, "DefaultApplVerID", "9");
            settings.setString(session, "TransportDataDictionary", "FIXT11.xml");
            settings.setString(session, "AppDataDictionary", "FIX50SP2.xml");
        }
        MessageStore store = new MemoryStoreFactory().create(session);
        this.stores = id -> store;
    }

    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void start() {
        try {
            SocketInitiator started = new SocketInitiator(
                    this,
                    stores,
                    settings,
                    new ScreenLogFactory(false, false, false, false),
                    new DefaultMessageFactory());
            started.start();
            initiator = started;
            await().atMost(20, TimeUnit.SECONDS).until(started::isLoggedOn);
        } catch (ConfigError e) {
            throw new IllegalStateException(e);
        }
    }

    public void stop() {
        SocketInitiator running = initiator;
        if (running != null) {
            running.stop(true);
            initiator = null;
        }
    }

    public void send(Message message) throws SessionNotFound {
        Session.sendToTarget(message, session);
    }

    /** The next message received, which must be of that type. */
    public Message next(String type) throws InterruptedException, FieldNotFound {
        Message message = received.poll(20, TimeUnit.SECONDS);
        assertThat(message).as("a message of type %s within 20 s", type).isNotNull();
        assertThat(message.getHeader().getString(35)).as("%s", message).isEqualTo(type);
        return message;
    }

    public boolean isQuiet() {
        return received.isEmpty();
    }

    @Override
    public void fromApp(Message message, SessionID from) {
        received.add(message);
    }
}
