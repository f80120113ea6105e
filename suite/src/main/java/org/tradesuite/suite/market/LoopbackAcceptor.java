package org.tradesuite.suite.market;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import quickfix.Acceptor;
import quickfix.Application;
import quickfix.ConfigError;
import quickfix.DefaultMessageFactory;
import quickfix.FileStoreFactory;
import quickfix.FixVersions;
import quickfix.MessageStore;
import quickfix.MessageStoreFactory;
import quickfix.ScreenLogFactory;
import quickfix.Session;
import quickfix.SessionID;
import quickfix.SessionSettings;
import quickfix.SocketAcceptor;

/**
 * One FIX session that waits for its counterparty on a loopback port. It never resets by itself: sequence numbers and
 * sent messages are kept in files, so that after a crash each side can ask the other for what it missed.
 */
public final class LoopbackAcceptor {

    private final SessionSettings settings;
    private final SessionID session;
    private final MessageStoreFactory stores;
    private final Application application;
    private final int port;
    private final Path folder;
    private @Nullable SocketAcceptor acceptor;

    /**
     * @param version FIX.4.2, FIX.4.4, or FIXT.1.1 which then carries FIX 5.0 SP2
     * @param keepMessages whether messages missed by the counterparty are sent again, or only skipped over
     */
    public LoopbackAcceptor(
            String version,
            String sender,
            String target,
            int port,
            Path folder,
            boolean keepMessages,
            Application application) {
        this.application = application;
        this.port = port;
        this.folder = folder;
        this.session = new SessionID(version, sender, target);
        this.settings = new SessionSettings();
        settings.setString("ConnectionType", "acceptor");
        settings.setString(Acceptor.SETTING_SOCKET_ACCEPT_ADDRESS, "127.0.0.1");
        settings.setLong(Acceptor.SETTING_SOCKET_ACCEPT_PORT, port);
        settings.setString("SocketReuseAddress", "Y");
        settings.setString("FileStorePath", folder.toString());
        settings.setString(session, "BeginString", version);
        settings.setString(session, "SenderCompID", sender);
        settings.setString(session, "TargetCompID", target);
        settings.setString(session, Session.SETTING_NON_STOP_SESSION, "Y");
        settings.setString(session, Session.SETTING_PERSIST_MESSAGES, keepMessages ? "Y" : "N");
        settings.setString(session, Session.SETTING_CHECK_LATENCY, "N");
        settings.setString(session, Session.SETTING_VALIDATE_USER_DEFINED_FIELDS, "N");
        settings.setString(session, Session.SETTING_TIMESTAMP_PRECISION, "MILLIS");
        if (version.equals(FixVersions.BEGINSTRING_FIXT11)) {
            settings.setString(session, Session.SETTING_DEFAULT_APPL_VER_ID, "9");
            settings.setString(session, Session.SETTING_TRANSPORT_DATA_DICTIONARY, "FIXT11.xml");
            settings.setString(session, Session.SETTING_APP_DATA_DICTIONARY, "FIX50SP2.xml");
        }
        this.stores = new FileStoreFactory(settings);
    }

    public SessionID session() {
        return session;
    }

    /** The session's store as the last process left it; only for reading, and only before {@link #start()}. */
    public MessageStore store() {
        return stores.create(session);
    }

    /** @throws IllegalStateException if the port is taken or the store cannot be opened; nothing is left running then */
    public void start() {
        SocketAcceptor starting;
        try {
            starting = new SocketAcceptor(
                    application,
                    stores,
                    settings,
                    new ScreenLogFactory(false, false, false, false),
                    new DefaultMessageFactory());
        } catch (ConfigError e) {
            throw new IllegalStateException("Session " + session + " cannot be set up: " + e.getMessage(), e);
        }
        try {
            starting.start();
            acceptor = starting;
        } catch (ConfigError | RuntimeException e) {
            // Its timers run by now, and it would listen as soon as the port is free.
            starting.stop(true);
            throw new IllegalStateException(
                    "Session " + session + " cannot listen on port " + port + ": is it in use by another program, or"
                            + " its folder " + folder + " read-only or full?",
                    e);
        }
    }

    public void stop() {
        SocketAcceptor running = acceptor;
        if (running != null) {
            running.stop(true);
            acceptor = null;
        }
    }
}
