package org.tradesuite.suite.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import quickfix.Application;
import quickfix.ApplicationAdapter;
import quickfix.ConfigError;
import quickfix.DefaultMessageFactory;
import quickfix.FileStoreFactory;
import quickfix.Message;
import quickfix.SLF4JLogFactory;
import quickfix.Session;
import quickfix.SessionID;
import quickfix.SessionNotFound;
import quickfix.SessionSettings;
import quickfix.SocketAcceptor;
import quickfix.SocketInitiator;
import quickfix.field.AvgPx;
import quickfix.field.ClOrdID;
import quickfix.field.CumQty;
import quickfix.field.ExecID;
import quickfix.field.ExecType;
import quickfix.field.LeavesQty;
import quickfix.field.OrdStatus;
import quickfix.field.OrdType;
import quickfix.field.OrderID;
import quickfix.field.OrderQty;
import quickfix.field.Side;
import quickfix.field.Symbol;
import quickfix.field.TransactTime;
import quickfix.fix44.ExecutionReport;
import quickfix.fix44.NewOrderSingle;

/**
 * The raw peer: two bare QuickFIX/J 4.4 sessions over loopback with file stores and no sync, a NewOrderSingle one way and
 * an ExecutionReport back, no journal, no risk, no database. What the suite adds is measured against it.
 */
final class RawFixPair {

    /**
     * @param perSecond round trips a second
     * @param nanos from the moment an order was due to be sent to its report
     * @param oneWay from the same moment to the broker
     */
    record Result(double perSecond, Histogram nanos, Histogram oneWay) {}

    private static final int IN_FLIGHT = 500;

    private RawFixPair() {}

    /** {@code count} round trips with at most 500 on the way. */
    static Result run(Path folder, int port, int count) throws Exception {
        return run(folder, port, count, 0);
    }

    /** {@code perSecond} orders a second whether or not the earlier ones are answered. */
    static Result at(Path folder, int port, int perSecond, int count) throws Exception {
        return run(folder, port, count, TimeUnit.SECONDS.toNanos(1) / perSecond);
    }

    private static Result run(Path folder, int port, int count, long interval) throws Exception {
        var times = new AtomicLongArray(count);
        var nanos = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
        var oneWay = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
        var slots = new Semaphore(IN_FLIGHT);
        var loggedOn = new CountDownLatch(1);
        var done = new CountDownLatch(count);
        var client = new ApplicationAdapter() {
            @Override
            public void onLogon(SessionID session) {
                loggedOn.countDown();
            }

            @Override
            public void fromApp(Message message, SessionID session) throws quickfix.FieldNotFound {
                var number = message.getInt(ClOrdID.FIELD);
                nanos.recordValue(System.nanoTime() - times.get(number));
                slots.release();
                done.countDown();
            }
        };
        var broker = new ApplicationAdapter() {
            @Override
            public void fromApp(Message message, SessionID session) throws quickfix.FieldNotFound {
                oneWay.recordValue(System.nanoTime() - times.get(message.getInt(ClOrdID.FIELD)));
                answer(message, session);
            }
        };
        var acceptor = acceptor(broker, folder, port);
        var initiator = initiator(client, folder, port);
        acceptor.start();
        try {
            initiator.start();
            if (!loggedOn.await(20, TimeUnit.SECONDS)) throw new TimeoutException("the raw pair did not log on");
            var session = initiator.getSessions().getFirst();
            var start = System.nanoTime();
            for (var i = 0; i < count; i++) {
                if (interval == 0) slots.acquire();
                var moment = interval == 0 ? System.nanoTime() : start + i * interval;
                while (System.nanoTime() < moment) LockSupport.parkNanos(moment - System.nanoTime());
                times.set(i, moment);
                Session.sendToTarget(order(i), session);
            }
            if (!done.await(60, TimeUnit.SECONDS))
                throw new TimeoutException("the raw pair did not answer every order");
            var elapsed = Duration.ofNanos(System.nanoTime() - start);
            return new Result(count / (elapsed.toNanos() / 1e9), nanos, oneWay);
        } finally {
            initiator.stop();
            acceptor.stop();
        }
    }

    private static NewOrderSingle order(int number) {
        var order = new NewOrderSingle(
                new ClOrdID(Integer.toString(number)),
                new Side(Side.BUY),
                new TransactTime(now()),
                new OrdType(OrdType.MARKET));
        order.set(new Symbol("VOD"));
        order.set(new OrderQty(100));
        return order;
    }

    private static void answer(Message order, SessionID session) throws quickfix.FieldNotFound {
        var id = order.getString(ClOrdID.FIELD);
        var report = new ExecutionReport(
                new OrderID(id),
                new ExecID(id),
                new ExecType(ExecType.NEW),
                new OrdStatus(OrdStatus.NEW),
                new Side(Side.BUY),
                new LeavesQty(100),
                new CumQty(0),
                new AvgPx(0));
        report.set(new ClOrdID(id));
        report.set(new Symbol("VOD"));
        try {
            Session.sendToTarget(report, session);
        } catch (SessionNotFound e) {
            throw new IllegalStateException("the raw pair lost its session", e);
        }
    }

    private static LocalDateTime now() {
        return LocalDateTime.ofEpochSecond(System.nanoTime() / 1_000_000_000L, 0, ZoneOffset.UTC);
    }

    private static SocketAcceptor acceptor(Application application, Path folder, int port) throws ConfigError {
        var settings = settings("acceptor", "BROKER", "DESK", folder);
        settings.setLong("SocketAcceptPort", port);
        settings.setString("SocketAcceptAddress", "127.0.0.1");
        return new SocketAcceptor(
                application,
                new FileStoreFactory(settings),
                settings,
                new SLF4JLogFactory(settings),
                new DefaultMessageFactory());
    }

    private static SocketInitiator initiator(Application application, Path folder, int port) throws ConfigError {
        var settings = settings("initiator", "DESK", "BROKER", folder);
        settings.setLong("SocketConnectPort", port);
        settings.setString("SocketConnectHost", "127.0.0.1");
        return new SocketInitiator(
                application,
                new FileStoreFactory(settings),
                settings,
                new SLF4JLogFactory(settings),
                new DefaultMessageFactory());
    }

    private static SessionSettings settings(String type, String sender, String target, Path folder) {
        var settings = new SessionSettings();
        var session = new SessionID("FIX.4.4", sender, target);
        Map.of(
                        "ConnectionType", type,
                        "FileStorePath", folder.resolve(type).toString(),
                        "FileStoreSync", "N",
                        "StartTime", "00:00:00",
                        "EndTime", "00:00:00",
                        "HeartBtInt", "30",
                        "ReconnectInterval", "1",
                        "SocketTcpNoDelay", "Y",
                        "UseDataDictionary", "N",
                        "ResetOnLogon", "Y")
                .forEach((key, value) -> settings.setString(session, key, value));
        settings.setString("ConnectionType", type);
        return settings;
    }
}
