package org.tradesuite.suite.benchmark;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
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
import quickfix.field.LastMkt;
import quickfix.field.LastPx;
import quickfix.field.LastQty;
import quickfix.field.LastRptRequested;
import quickfix.field.LeavesQty;
import quickfix.field.MassStatusReqID;
import quickfix.field.MsgType;
import quickfix.field.OrdRejReason;
import quickfix.field.OrdStatus;
import quickfix.field.OrderID;
import quickfix.field.OrderQty;
import quickfix.field.Side;
import quickfix.field.Symbol;
import quickfix.field.TotNumReports;
import quickfix.field.TransactTime;
import quickfix.fix44.ExecutionReport;

/**
 * A broker that notes when each order reached it, by the monotonic clock, and acknowledges it; it fills what it is told to
 * and says how its orders are when it is asked. FIX 4.4. Thread-safe.
 */
final class OrderSink implements AutoCloseable {

    /**
     * What is kept of an order: little, so that the memory of what is measured is not mostly ours.
     *
     * @param arrival in nanoseconds of the monotonic clock
     */
    private record Held(long arrival, String symbol, char side, double quantity) {
        private static Held of(Message order, long arrival) throws FieldNotFound {
            return new Held(
                    arrival,
                    order.getString(Symbol.FIELD).intern(),
                    order.getChar(Side.FIELD),
                    order.getDouble(OrderQty.FIELD));
        }
    }

    private static final double PRICE = 0.721;

    private final Map<String, Held> held = new ConcurrentHashMap<>();
    /** CumQty of the orders that were filled in part or whole. */
    private final Map<String, Double> done = new ConcurrentHashMap<>();

    private final AtomicLong executions = new AtomicLong();
    private final Clock clock;
    private final SessionID session;
    private final SocketAcceptor acceptor;

    /** @param clock of the business, for the time of an execution */
    OrderSink(Path folder, String broker, int port, Clock clock) throws ConfigError {
        this.clock = clock;
        this.session = new SessionID("FIX.4.4", broker, "TRADESUITE");
        var settings = new SessionSettings();
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
                        switch (message.getHeader().getString(MsgType.FIELD)) {
                            case MsgType.NEW_ORDER_SINGLE -> take(message, from);
                            case MsgType.ORDER_STATUS_REQUEST -> answer(message, from);
                            case MsgType.ORDER_MASS_STATUS_REQUEST -> answerAll(message, from);
                            default -> {
                                // It is asked for nothing else.
                            }
                        }
                    }
                },
                new FileStoreFactory(settings),
                settings,
                new SLF4JLogFactory(settings),
                new DefaultMessageFactory());
        acceptor.start();
    }

    private void take(Message order, SessionID from) throws FieldNotFound {
        var arrival = System.nanoTime();
        var id = order.getString(ClOrdID.FIELD);
        var known = Held.of(order, arrival);
        held.putIfAbsent(id, known);
        send(report(known, id, ExecType.NEW, OrdStatus.NEW, 0), from);
    }

    /** A house that hears nothing of an order for a while asks, and one that comes back asks before it sends more. */
    private void answer(Message question, SessionID to) throws FieldNotFound {
        var id = question.getString(ClOrdID.FIELD);
        var of = held.get(id);
        send(of == null ? unknown(id, question) : status(of, id), to);
    }

    private void answerAll(Message question, SessionID to) throws FieldNotFound {
        var open = held.entrySet().stream()
                .filter(each -> !isFilled(each.getKey(), each.getValue()))
                .toList();
        var answers = new ArrayList<ExecutionReport>();
        for (var each : open) answers.add(status(each.getValue(), each.getKey()));
        if (answers.isEmpty()) answers.add(unknown("NONE", question));
        for (var i = 0; i < answers.size(); i++) {
            var answer = answers.get(i);
            answer.setField(new MassStatusReqID(question.getString(MassStatusReqID.FIELD)));
            answer.setField(new TotNumReports(open.size()));
            answer.setField(new LastRptRequested(i == answers.size() - 1));
            send(answer, to);
        }
    }

    private boolean isFilled(String id, Held order) {
        return done.getOrDefault(id, 0.0) >= order.quantity();
    }

    private ExecutionReport status(Held order, String id) {
        var executed = done.getOrDefault(id, 0.0);
        var status =
                executed == 0 ? OrdStatus.NEW : isFilled(id, order) ? OrdStatus.FILLED : OrdStatus.PARTIALLY_FILLED;
        return report(order, id, ExecType.ORDER_STATUS, status, executed);
    }

    private ExecutionReport unknown(String id, Message question) throws FieldNotFound {
        var answer = new ExecutionReport(
                new OrderID("NONE"),
                new ExecID("0"),
                new ExecType(ExecType.ORDER_STATUS),
                new OrdStatus(OrdStatus.REJECTED),
                new Side(question.isSetField(Side.FIELD) ? question.getChar(Side.FIELD) : Side.BUY),
                new LeavesQty(0),
                new CumQty(0),
                new AvgPx(0));
        answer.set(new ClOrdID(id));
        answer.set(new Symbol(question.isSetField(Symbol.FIELD) ? question.getString(Symbol.FIELD) : "[N/A]"));
        answer.set(new OrdRejReason(OrdRejReason.UNKNOWN_ORDER));
        answer.set(new TransactTime(LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC)));
        return answer;
    }

    /**
     * Fills these orders whole, each in so many parts of one share with the rest in the last, the orders in turn.
     *
     * @return the shares
     */
    double fill(Collection<String> clOrdIds, int parts) {
        var shares = 0.0;
        for (var part = 1; part <= parts; part++) {
            for (var id : clOrdIds) {
                var order = Objects.requireNonNull(held.get(id), id);
                var whole = order.quantity();
                var last = part == parts ? whole - parts + 1 : 1.0;
                var filled = part == parts ? whole : (double) part;
                done.put(id, filled);
                var report = report(
                        order,
                        id,
                        ExecType.TRADE,
                        part == parts ? OrdStatus.FILLED : OrdStatus.PARTIALLY_FILLED,
                        filled);
                report.set(new LastQty(last));
                report.set(new LastPx(PRICE));
                report.setField(new LastMkt("XLON"));
                send(report, session);
                shares += last;
            }
        }
        return shares;
    }

    private ExecutionReport report(Held order, String id, char type, char status, double done) {
        var report = new ExecutionReport(
                new OrderID("S" + id),
                new ExecID("E" + executions.incrementAndGet()),
                new ExecType(type),
                new OrdStatus(status),
                new Side(order.side()),
                new LeavesQty(order.quantity() - done),
                new CumQty(done),
                new AvgPx(done == 0 ? 0 : PRICE));
        report.set(new ClOrdID(id));
        report.set(new Symbol(order.symbol()));
        report.set(new TransactTime(LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC)));
        return report;
    }

    private static void send(Message report, SessionID to) {
        try {
            Session.sendToTarget(report, to);
        } catch (SessionNotFound e) {
            throw new IllegalStateException("the order sink lost its session", e);
        }
    }

    /** How many different orders have arrived. */
    int count() {
        return held.size();
    }

    /** When each ClOrdID arrived, in nanoseconds of the monotonic clock. */
    Map<String, Long> arrivals() {
        var arrivals = new HashMap<String, Long>(held.size() * 2);
        held.forEach((id, each) -> arrivals.put(id, each.arrival()));
        return arrivals;
    }

    @Override
    public void close() {
        acceptor.stop(true);
    }
}
