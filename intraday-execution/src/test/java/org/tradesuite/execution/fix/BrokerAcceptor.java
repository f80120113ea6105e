package org.tradesuite.execution.fix;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import quickfix.Application;
import quickfix.ConfigError;
import quickfix.DefaultMessageFactory;
import quickfix.FieldNotFound;
import quickfix.FileStoreFactory;
import quickfix.Message;
import quickfix.RejectLogon;
import quickfix.ScreenLogFactory;
import quickfix.Session;
import quickfix.SessionID;
import quickfix.SessionNotFound;
import quickfix.SessionSettings;
import quickfix.SocketAcceptor;
import quickfix.field.MsgType;

/** The other end of the line in a test: a QuickFIX/J acceptor that keeps what it hears and says what it is told to say. */
public final class BrokerAcceptor implements Application, AutoCloseable {
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    public final int port;
    final List<Message> heard = new CopyOnWriteArrayList<>();
    final List<Message> heardFromSession = new CopyOnWriteArrayList<>();
    private final SessionID session;
    private final SocketAcceptor acceptor;
    private volatile boolean refusing;

    private BrokerAcceptor(Dialect.Version version, String name, int port, Path store) throws ConfigError {
        this.port = port;
        this.session = new SessionID(version.beginString, name, "TRADESUITE");
        var settings = new SessionSettings();
        Map<String, String> keys = Map.ofEntries(
                Map.entry("ConnectionType", "acceptor"),
                Map.entry("BeginString", version.beginString),
                Map.entry("SenderCompID", name),
                Map.entry("TargetCompID", "TRADESUITE"),
                Map.entry("SocketAcceptAddress", "127.0.0.1"),
                Map.entry("SocketAcceptPort", Integer.toString(port)),
                Map.entry("NonStopSession", "Y"),
                Map.entry("FileStorePath", store.toString()),
                Map.entry("ValidateUserDefinedFields", "N"),
                Map.entry("DefaultApplVerID", version.application),
                Map.entry("AppDataDictionary", version.dictionary),
                Map.entry("TransportDataDictionary", "FIXT11.xml"),
                Map.entry("DataDictionary", version.dictionary));
        keys.forEach((key, value) -> settings.setString(session, key, value));
        acceptor = SocketAcceptor.newBuilder()
                .withApplication(this)
                .withMessageStoreFactory(new FileStoreFactory(settings))
                .withSettings(settings)
                .withLogFactory(new ScreenLogFactory(false, false, false))
                .withMessageFactory(new DefaultMessageFactory())
                .build();
    }

    static BrokerAcceptor start(Dialect.Version version, String name, Path store) throws ConfigError, IOException {
        return start(version, name, freePort(), store);
    }

    static BrokerAcceptor start(Dialect.Version version, String name, int port, Path store) throws ConfigError {
        var broker = new BrokerAcceptor(version, name, port, store);
        broker.acceptor.start();
        return broker;
    }

    /** @param version as in FIX.4.4 */
    public static BrokerAcceptor start(String version, String name, Path store) throws ConfigError, IOException {
        return start(Dialect.Version.of(version), name, store);
    }

    /** The same broker, back at the same door. */
    public static BrokerAcceptor start(String version, String name, int port, Path store) throws ConfigError {
        return start(Dialect.Version.of(version), name, port, store);
    }

    /** A port that nobody uses and that was given to nobody else: tests run beside one another. */
    public static int freePort() throws IOException {
        while (true) {
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                if (GIVEN.add(socket.getLocalPort())) {
                    return socket.getLocalPort();
                }
            }
        }
    }

    /** From now on each logon is refused. */
    void refuseLogons() {
        refusing = true;
    }

    boolean loggedOn() {
        Session live = Session.lookupSession(session);
        return live != null && live.isLoggedOn();
    }

    /** Waits for the {@code n}th message of that type. */
    public Message message(String msgType, int n) {
        return Awaitility.await("message " + n + " of type " + msgType)
                .atMost(Duration.ofSeconds(20))
                .until(() -> heardOf(msgType), found -> found.size() >= n)
                .get(n - 1);
    }

    public List<Message> heardOf(String msgType) {
        List<Message> found = new ArrayList<>();
        for (Message message : heard) {
            if (type(message).equals(msgType)) {
                found.add(message);
            }
        }
        return found;
    }

    /** Sends a message written as {@code 35=8|37=A|...}. */
    public void say(String text) throws SessionNotFound {
        Session.sendToTarget(message(text), session);
    }

    public void say(Message message) throws SessionNotFound {
        Session.sendToTarget(message, session);
    }

    public static Message message(String text) {
        var message = new Message();
        for (String field : text.split("\\|", -1)) {
            int equals = field.indexOf('=');
            int tag = Integer.parseInt(field.substring(0, equals));
            String value = field.substring(equals + 1);
            if (tag == MsgType.FIELD) {
                message.getHeader().setString(tag, value);
            } else {
                message.setString(tag, value);
            }
        }
        return message;
    }

    static String type(Message message) {
        try {
            return message.getHeader().getString(MsgType.FIELD);
        } catch (FieldNotFound e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void fromApp(Message message, SessionID sessionId) {
        heard.add(message);
    }

    @Override
    public void fromAdmin(Message message, SessionID sessionId) throws RejectLogon {
        heardFromSession.add(message);
        if (refusing && type(message).equals(MsgType.LOGON)) {
            throw new RejectLogon("not today");
        }
    }

    @Override
    public void onCreate(SessionID sessionId) {}

    @Override
    public void onLogon(SessionID sessionId) {}

    @Override
    public void onLogout(SessionID sessionId) {}

    @Override
    public void toAdmin(Message message, SessionID sessionId) {}

    @Override
    public void toApp(Message message, SessionID sessionId) {}

    @Override
    public void close() {
        acceptor.stop(true);
    }
}
