package org.tradesuite.execution.engine;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalPostgres;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.ExecutionReport;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.execution.order.OrderType;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * How many events a second the engine makes: alone, with its journal in a database on this machine, and read back. Each
 * order is one decision through all rules, one route, one acknowledgement and two fills: seven events.
 *
 * <p>Run it by hand: {@code EngineBenchmark [orders]}.
 */
public final class EngineBenchmark {

    private static final LocalDate DATE = House.MONDAY;

    private EngineBenchmark() {}

    public static void main(String[] arguments) throws InterruptedException {
        var orders = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
        alone(orders / 4);
        alone(orders);
        withJournal(orders);
        System.exit(0);
    }

    private static void alone(int orders) {
        var desk = new Desk(House.settings(), House.reference());
        List<Recorded> journal = new ArrayList<>();
        for (var input : opening()) {
            journal.addAll(take(desk, input));
        }
        var inputs = day(orders);
        var began = System.nanoTime();
        for (var input : inputs) {
            journal.addAll(take(desk, input));
        }
        print("engine alone", journal.size(), orders, System.nanoTime() - began);
        var codec = new FactCodec();
        began = System.nanoTime();
        var written = journal.stream().map(codec::write).toList();
        print("written as JSON", written.size(), orders, System.nanoTime() - began);
        var again = new Desk(House.settings(), House.reference());
        began = System.nanoTime();
        written.forEach(event -> again.replay(codec.read(event)));
        print("read and replayed", written.size(), orders, System.nanoTime() - began);
    }

    private static List<Recorded> take(Desk desk, Input input) {
        var batch = new Batch();
        desk.handle(input, batch);
        batch.close(desk.state());
        return batch.facts;
    }

    private static void withJournal(int orders) throws InterruptedException {
        var database = LocalPostgres.shared().newDatabase();
        var standard = EngineSettings.standard();
        var done = new CountDownLatch(orders);
        var events = new long[1];
        var commits = new long[1];
        var settings = new EngineSettings(
                standard.chain(),
                standard.inbox(),
                standard.batch(),
                standard.askAfter(),
                standard.asks(),
                standard.rejections(),
                standard.cancelTries(),
                standard.twapInterval(),
                standard.vwapInterval(),
                standard.participation(),
                standard.closeWithin(),
                standard.confirmWithin(),
                standard.retryAfter(),
                standard.confirmationTolerance(),
                java.time.Duration.ofMinutes(1),
                standard.snapshotEvery(),
                standard.keepDays());
        var inputs = day(orders);
        try (var engine = Engine.start(
                settings, database.dataSource(DatabaseRole.EXECUTION), House.reference(), Clock.systemUTC(), commit -> {
                    events[0] += commit.facts().size();
                    commits[0]++;
                    for (var recorded : commit.facts()) {
                        if (recorded.fact() instanceof org.tradesuite.execution.order.ParentOrder.Concluded) {
                            done.countDown();
                        }
                    }
                })) {
            opening().forEach(engine::submit);
            var began = System.nanoTime();
            for (var input : inputs) {
                while (engine.submit(input) != Intake.TAKEN) {
                    LockSupport.parkNanos(100_000);
                }
            }
            if (!done.await(10, TimeUnit.MINUTES)) {
                System.out.println("Not all orders ended: " + done.getCount() + " are open.");
            }
            print("engine with journal", events[0], orders, System.nanoTime() - began);
            System.out.printf(
                    "%-22s %,12d commits, %.1f events each%n", "", commits[0], (double) events[0] / commits[0]);
        }
        var began = System.nanoTime();
        try (var engine = Engine.start(
                settings,
                database.dataSource(DatabaseRole.EXECUTION),
                House.reference(),
                Clock.systemUTC(),
                commit -> {})) {
            print("restart by replay", engine.health().committed(), orders, System.nanoTime() - began);
        }
    }

    private static List<Input> opening() {
        return List.of(
                new Input.TradingDayOpenRequested(House.MORNING, 1, "ops", DATE),
                new Input.BrokerSessionUp(House.MORNING, House.ALFA),
                new Input.MarketQuote(House.MORNING, House.VOD, Price.of("99.99"), Price.of("100.01")));
    }

    private static List<Input> day(int orders) {
        List<Input> inputs = new ArrayList<>();
        var sequence = 0L;
        for (var order = 1; order <= orders; order++) {
            var id = "D" + order;
            var clOrdId = "O" + id + "-1-1";
            // One order every 10 ms of business time.
            var at = House.MORNING.plusMillis(order * 10L);
            inputs.add(new Input.DecisionSubmitted(
                    at,
                    order + 1L,
                    "apatel",
                    id,
                    id,
                    "hash",
                    House.ACCOUNT,
                    "VALUE",
                    "apatel",
                    House.VOD,
                    order % 2 == 0 ? Side.BUY : Side.SELL,
                    Quantity.of(100 + order),
                    OrderType.MARKET,
                    null,
                    Algo.IMMEDIATE,
                    null,
                    null));
            inputs.add(report(at, clOrdId, "A" + order, ++sequence, ExecType.NEW, null));
            inputs.add(report(at, clOrdId, "B" + order, ++sequence, ExecType.TRADE, "100"));
            inputs.add(report(at, clOrdId, "C" + order, ++sequence, ExecType.TRADE, "" + order));
        }
        return inputs;
    }

    private static Input report(
            java.time.Instant at,
            String clOrdId,
            String execId,
            long sequence,
            ExecType type,
            @Nullable String quantity) {
        return new Input.BrokerExecutionReport(
                at,
                House.ALFA,
                sequence,
                new ExecutionReport(
                        DATE,
                        execId,
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
                        quantity == null ? null : Price.of("100"),
                        null,
                        null,
                        null,
                        at,
                        "XLON",
                        "A",
                        "1",
                        null,
                        null,
                        null));
    }

    private static void print(String what, long events, int orders, long nanos) {
        var seconds = nanos / 1e9;
        System.out.printf(
                "%-22s %,12d events in %6.2f s: %,10.0f events/s, %,8.0f orders/s%n",
                what, events, seconds, events / seconds, orders / seconds);
    }
}
