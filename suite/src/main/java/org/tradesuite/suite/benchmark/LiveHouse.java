package org.tradesuite.suite.benchmark;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalPostgres;
import org.tradesuite.execution.ExecutionApplication;
import org.tradesuite.openapi.execution.model.ReferenceKind;
import org.tradesuite.suite.clock.AcceleratedClock;
import org.tradesuite.suite.door.FrontDoor;
import org.tradesuite.suite.door.MachineUser;
import org.tradesuite.suite.house.Resident;
import org.tradesuite.suite.house.SharedPort;
import org.tradesuite.suite.market.Market;
import org.tradesuite.suite.market.MarketFeed;
import org.tradesuite.suite.market.ReferenceFiles;

/**
 * Execution on a database of its own, forced to disk, with the market data feed and one broker at the other end of real
 * FIX sessions; the trading day is open and London trades.
 */
final class LiveHouse implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    private final LocalPostgres postgres;
    private final OrderSink sink;
    private final DecisionLoad load;
    private final Deque<Runnable> toShut;

    private LiveHouse(LocalPostgres postgres, OrderSink sink, DecisionLoad load, Deque<Runnable> toShut) {
        this.postgres = postgres;
        this.sink = sink;
        this.load = load;
        this.toShut = toShut;
    }

    static LiveHouse open(Path folder) throws Exception {
        Deque<Runnable> toShut = new ArrayDeque<>();
        try {
            return open(folder, toShut);
        } catch (Exception e) {
            shut(toShut);
            throw e;
        }
    }

    private static LiveHouse open(Path folder, Deque<Runnable> toShut) throws Exception {
        // The clock runs as fast as the wall's.
        var clock = AcceleratedClock.startingAt(SampleFirm.MORNING, 1);
        var marketPort = Ports.free();
        var brokerPort = Ports.free();
        var market = Market.of(ReferenceFiles.onClassPath(), 1, SampleFirm.DATE);
        var feed = new MarketFeed(market, clock, marketPort, "TRADESUITE", folder.resolve("market"));
        feed.start();
        toShut.push(feed::stop);
        var postgres = LocalPostgres.start(folder.resolve("postgres"), 0);
        toShut.push(postgres::close);
        postgres.readyLog();
        var sink = new OrderSink(folder.resolve("sink"), SampleFirm.BROKER, brokerPort, clock);
        toShut.push(sink::close);
        var execution = start(postgres, folder, clock, marketPort, brokerPort);
        toShut.push(execution::close);
        var port = execution.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        var door = new FrontDoor("http://localhost:" + port, MachineUser.signUp(postgres, "benchmark"));
        openDay(door);
        var load = new DecisionLoad(port, door.token(), sink);
        toShut.push(load::close);
        return new LiveHouse(postgres, sink, load, toShut);
    }

    DecisionLoad load() {
        return load;
    }

    OrderSink sink() {
        return sink;
    }

    LocalPostgres postgres() {
        return postgres;
    }

    private static ConfigurableApplicationContext start(
            LocalPostgres postgres, Path folder, Clock clock, int marketPort, int brokerPort) {
        var database = postgres.database();
        var line = "execution.fix.session.";
        var settings = Map.of(
                "server.port",
                "0",
                "tradesuite.web.first-users",
                "false",
                "spring.datasource.url",
                database.url(),
                "spring.datasource.username",
                database.username(DatabaseRole.EXECUTION),
                "spring.datasource.password",
                database.password(DatabaseRole.EXECUTION),
                "execution.fix.store",
                folder.resolve("fix").toString(),
                "execution.fix.check-latency",
                "false",
                "execution.fix.sessions",
                SampleFirm.BROKER,
                line + SampleFirm.BROKER + ".port",
                Integer.toString(brokerPort),
                line + "MARKET.port",
                Integer.toString(marketPort));
        return new Resident("execution", ExecutionApplication.class, settings).start(new SharedPort().host(), clock);
    }

    private static void openDay(FrontDoor door) throws InterruptedException {
        SampleFirm.files((table, text) -> {
            var result = door.reference().importReference(ReferenceKind.fromValue(table), text);
            if (!result.getFailures().isEmpty())
                throw new IllegalStateException(table + " was refused: " + result.getFailures());
        });
        door.tradingDays().openTradingDay(SampleFirm.DATE);
        var deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (!isReady(door)) {
            if (System.nanoTime() > deadline)
                throw new IllegalStateException("no price or no broker after " + READY_WITHIN);
            Thread.sleep(100);
        }
    }

    private static boolean isReady(FrontDoor door) {
        return door.brokers().listBrokers().getItems().stream()
                        .anyMatch(broker -> broker.getState().getValue().equals("UP"))
                && door.reference().listInstruments("XLON", null, null, 1000).getItems().stream()
                        .anyMatch(
                                each -> each.getInstrumentId().equals(SampleFirm.INSTRUMENT) && each.getBid() != null);
    }

    @Override
    public void close() {
        shut(toShut);
    }

    /** The last one opened first. */
    private static void shut(Deque<Runnable> toShut) {
        while (!toShut.isEmpty()) toShut.pop().run();
    }
}
