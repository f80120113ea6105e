package org.tradesuite.suite.benchmark;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import quickfix.ApplicationAdapter;
import quickfix.ConfigError;
import quickfix.DefaultMessageFactory;
import quickfix.FieldNotFound;
import quickfix.FileStoreFactory;
import quickfix.Message;
import quickfix.SLF4JLogFactory;
import quickfix.Session;
import quickfix.SessionID;
import quickfix.SessionNotFound;
import quickfix.SessionSettings;
import quickfix.SocketAcceptor;
import quickfix.field.AvgPx;
import quickfix.field.ClOrdID;
import quickfix.field.CumQty;
import quickfix.field.ExecID;
import quickfix.field.ExecType;
import quickfix.field.LeavesQty;
import quickfix.field.MsgType;
import quickfix.field.OrdStatus;
import quickfix.field.OrderID;
import quickfix.field.OrderQty;
import quickfix.field.Side;
import quickfix.field.Symbol;
import quickfix.fix44.ExecutionReport;

/** A broker that notes when each order reached it, by the monotonic clock, and acknowledges it. FIX 4.4. Thread-safe. */
final class OrderSink implements AutoCloseable {

    private final Map<String, Long> arrivals = new ConcurrentHashMap<>();
    private final AtomicLong executions = new AtomicLong();
    private final SocketAcceptor acceptor;

    OrderSink(Path folder, String broker, int port) throws ConfigError {
        var settings = new SessionSettings();
        var session = new SessionID("FIX.4.4", broker, "TRADESUITE");
        Map.of(
                        "ConnectionType", "acceptor",
                        "FileStorePath", folder.toString(),
                        "FileStoreSync", "N",
                        "StartTime", "00:00:00",
                        "EndTime", "00:00:00",
                        "HeartBtInt", "30",
                        "SocketTcpNoDelay", "Y",
                        "UseDataDictionary", "N",
                        "CheckLatency", "N",
                        "SocketAcceptAddress", "127.0.0.1")
                .forEach((key, value) -> settings.setString(session, key, value));
        settings.setLong(session, "SocketAcceptPort", port);
        settings.setString("ConnectionType", "acceptor");
        acceptor = new SocketAcceptor(
                new ApplicationAdapter() {
                    @Override
                    public void fromApp(Message message, SessionID from) throws FieldNotFound {
                        if (message.getHeader().getString(MsgType.FIELD).equals(MsgType.NEW_ORDER_SINGLE))
                            take(message, from);
                    }
                },
                new FileStoreFactory(settings),
                settings,
                new SLF4JLogFactory(settings),
                new DefaultMessageFactory());
        acceptor.start();
    }

    private void take(Message order, SessionID from) throws FieldNotFound {
        var id = order.getString(ClOrdID.FIELD);
        arrivals.putIfAbsent(id, System.nanoTime());
        var report = new ExecutionReport(
                new OrderID("S" + id),
                new ExecID("E" + executions.incrementAndGet()),
                new ExecType(ExecType.NEW),
                new OrdStatus(OrdStatus.NEW),
                new Side(order.getChar(Side.FIELD)),
                new LeavesQty(order.getDouble(OrderQty.FIELD)),
                new CumQty(0),
                new AvgPx(0));
        report.set(new ClOrdID(id));
        report.set(new Symbol(order.getString(Symbol.FIELD)));
        try {
            Session.sendToTarget(report, from);
        } catch (SessionNotFound e) {
            throw new IllegalStateException("the order sink lost its session", e);
        }
    }

    /** How many different orders have arrived. */
    int count() {
        return arrivals.size();
    }

    /** When each ClOrdID arrived, in nanoseconds of the monotonic clock. */
    Map<String, Long> arrivals() {
        return Map.copyOf(arrivals);
    }

    @Override
    public void close() {
        acceptor.stop(true);
    }
}
