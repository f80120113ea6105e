package org.tradesuite.execution.engine;

import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalPostgres;
import org.tradesuite.eventstore.EventStore;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.ExecutionReport;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.execution.order.OrderType;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * What a day costs in memory and how long a restart takes after it.
 *
 * <p>Run it by hand: {@code RestartBenchmark memory [orders] [fills per order]} measures the heap that so many orders and
 * fills take, as they came in and as they are read back; {@code RestartBenchmark restart [events] [open orders]} writes a
 * journal of so many events, then starts an engine from all of it and from a snapshot with a tail of 100,000 events, and
 * compares the digests with the state that made the events.
 */
public final class RestartBenchmark {

    private static final int BATCH = 4_096;
    private static final int TAIL = 100_000;

    private final Desk desk = new Desk(House.settings(), House.reference());
    private long sequence;
    private Instant now = House.MORNING;

    private RestartBenchmark() {
        handle(new Input.TradingDayOpenRequested(now, 1, "ops", House.MONDAY));
        handle(new Input.BrokerSessionUp(now, House.ALFA));
        handle(new Input.MarketQuote(now, House.VOD, Price.of("99.99"), Price.of("100.01")));
    }

    public static void main(String[] arguments) throws Exception {
        var first = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
        var second = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
        if (arguments.length > 0 && arguments[0].equals("memory")) {
            memory(first == 0 ? 100_000 : first, second == 0 ? 10 : second);
        } else {
            restart(first == 0 ? 1_000_000 : first, second == 0 ? 10_000 : second);
        }
        System.exit(0);
    }

    // Memory

    private static void memory(int orders, int fills) throws Exception {
        var before = used();
        var live = new RestartBenchmark();
        for (var order = 1; order <= orders; order++) {
            live.order(order, fills, true);
        }
        print("as it came in", used() - before, orders, fills);
        var codec = new StateCodec();
        var began = System.nanoTime();
        var content = live.desk.state().content();
        System.out.printf(
                "the engine stands still for %.1f ms to hand over the state%n", (System.nanoTime() - began) / 1e6);
        began = System.nanoTime();
        var processor = processorSeconds();
        var octets = new long[1];
        var digest = codec.write(content, new java.io.OutputStream() {
            @Override
            public void write(int octet) {
                octets[0]++;
            }

            @Override
            public void write(byte[] from, int at, int length) {
                octets[0] += length;
            }
        });
        System.out.printf(
                "written down in %.0f ms (processor %.0f ms), %,d bytes, digest %s%n",
                (System.nanoTime() - began) / 1e6,
                (processorSeconds() - processor) * 1e3,
                octets[0],
                java.util.HexFormat.of().formatHex(digest, 0, 4));
    }

    private static long used() {
        for (var again = 0; again < 3; again++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void print(String what, long bytes, int orders, int fills) {
        System.out.printf(
                "%s: %,d orders with %d fills each take %,d MB, %,d bytes an order with its fills%n",
                what, orders, fills, bytes >> 20, bytes / orders);
    }

    // Restart

    private static void restart(int events, int open) throws SQLException {
        var dataSource = LocalPostgres.shared().newDatabase().dataSource(DatabaseRole.EXECUTION);
        var live = new RestartBenchmark();
        var began = System.nanoTime();
        var snapshot = live.fill(dataSource, events, open);
        print("journal written", live.written, began);
        var digest = new StateCodec().digest(live.desk.state().content());

        var snapshots = new Snapshots(House.settings().chain(), dataSource, Clock.systemUTC());
        began = System.nanoTime();
        snapshots.write(snapshot.at(), snapshot.content());
        join(snapshots);
        print("snapshot written", snapshot.at().seq(), began);
        // First, so that reading is as cold as in a process that begins with it.
        started("from a snapshot and a tail of " + TAIL, dataSource, live.written, digest);
        try (var connection = dataSource.getConnection();
                var clear = connection.createStatement()) {
            clear.executeUpdate("delete from execution.snapshot");
        }
        started("from the whole journal", dataSource, live.written, digest);
    }

    private static void join(Snapshots snapshots) {
        try {
            snapshots.finish(0);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** A closed engine waits for its last snapshot only so long; one that came later would spoil the next measurement. */
    private static void joinWriters() {
        for (var thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("snapshot-")) {
                try {
                    thread.join();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private static void started(String how, DataSource dataSource, long events, byte[] digest) {
        var began = System.nanoTime();
        processorBefore = processorSeconds();
        var engine = Engine.start(House.settings(), dataSource, House.reference(), Clock.systemUTC(), commit -> {});
        print("restart " + how, events, began);
        engine.close();
        joinWriters();
        System.out.println("    digest " + (Arrays.equals(digest, engine.stateDigest()) ? "equal" : "DIFFERENT"));
    }

    private static void print(String what, long events, long began) {
        var seconds = (System.nanoTime() - began) / 1e9;
        var processor = processorSeconds();
        System.out.printf(
                "%-42s %,10d events in %6.2f s: %,8.0f events/s; processor %.2f s%n",
                what, events, seconds, events / seconds, processor - processorBefore);
        processorBefore = processor;
    }

    private static double processorBefore;

    /** Of this process; the database has its own. On a busy machine it says more than the clock. */
    private static double processorSeconds() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getProcessCpuTime()
                / 1e9;
    }

    private long written;
    private final List<Recorded> facts = new ArrayList<>();

    /** @return the state as it was when there were still a tail of events to come */
    private Snapshots.Snapshot fill(DataSource dataSource, int events, int open) throws SQLException {
        var store = new EventStore(House.settings().chain());
        var forms = new AnswerForms();
        var codec = new FactCodec(forms);
        Snapshots.Snapshot snapshot = null;
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            // An order that stays open is four events: decision, order, route and one fill.
            for (var order = 1; written + facts.size() < events; order++) {
                order(order, 2, written + facts.size() < events - 4L * open);
                if (facts.size() >= BATCH) {
                    var head = store.append(
                                    connection,
                                    codec.write(forms.untold(), facts, House.MORNING),
                                    Instant.now().truncatedTo(ChronoUnit.MICROS))
                            .head();
                    connection.commit();
                    written = head.seq();
                    facts.clear();
                    if (snapshot == null && written >= events - TAIL) {
                        snapshot = new Snapshots.Snapshot(head, desk.state().content());
                    }
                }
            }
            written = store.append(
                            connection,
                            codec.write(forms.untold(), facts, House.MORNING),
                            Instant.now().truncatedTo(ChronoUnit.MICROS))
                    .head()
                    .seq();
            connection.commit();
        }
        return java.util.Objects.requireNonNull(snapshot);
    }

    // A day

    private void handle(Input input) {
        var batch = new Batch();
        desk.handle(input, batch);
        batch.close(desk.state());
        facts.addAll(batch.facts);
    }

    private void order(int order, int fills, boolean toTheEnd) {
        now = now.plusMillis(10);
        var id = "0J8K2M4N6P" + order;
        handle(new Input.DecisionSubmitted(
                now,
                order + 1L,
                "apatel",
                id,
                "desk-20260302-" + order,
                "3a7bd3e2360a3d29eea436fcfb7e44c735d117c42d1c1835420b6b9942dd4f1b",
                House.ACCOUNT,
                "VALUE",
                "apatel",
                House.VOD,
                order % 2 == 0 ? Side.BUY : Side.SELL,
                Quantity.of(100L * fills),
                OrderType.MARKET,
                null,
                Algo.IMMEDIATE,
                null,
                null));
        var clOrdId = "O" + id + "-1-1";
        if (!toTheEnd) {
            report(clOrdId, ExecType.TRADE, "50");
            return;
        }
        report(clOrdId, ExecType.NEW, null);
        for (var fill = 0; fill < fills; fill++) {
            report(clOrdId, ExecType.TRADE, "100");
        }
        if (written == 0 && facts.size() > BATCH * 4) {
            facts.clear();
        }
    }

    private void report(String clOrdId, ExecType type, @Nullable String quantity) {
        sequence++;
        handle(new Input.BrokerExecutionReport(
                now,
                House.ALFA,
                sequence,
                new ExecutionReport(
                        House.MONDAY,
                        "20260302-ALFA-" + sequence,
                        null,
                        type,
                        OrdStatus.NEW,
                        clOrdId,
                        null,
                        "B" + clOrdId,
                        null,
                        null,
                        null,
                        quantity == null ? null : Quantity.of(quantity),
                        quantity == null ? null : Price.of("100." + sequence % 97),
                        null,
                        null,
                        null,
                        now.plusNanos(sequence % 1_000 * 1_000),
                        "XLON",
                        "A",
                        "1",
                        null,
                        null,
                        null)));
    }
}
