package org.tradesuite.suite.benchmark;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalPostgres;
import org.tradesuite.execution.ExecutionApplication;
import org.tradesuite.openapi.execution.model.ReferenceKind;
import org.tradesuite.suite.clock.AcceleratedClock;
import org.tradesuite.suite.day.ReferenceFiles;
import org.tradesuite.suite.door.FrontDoor;
import org.tradesuite.suite.door.MachineUser;
import org.tradesuite.suite.house.Resident;
import org.tradesuite.suite.house.SharedPort;
import org.tradesuite.suite.market.Market;
import org.tradesuite.suite.market.MarketFeed;

/**
 * From {@code POST /decisions} to the NewOrderSingle at the broker, with every rule on and every event committed before
 * the order leaves: how many a second, and how long one takes.
 */
final class LiveBenchmark {

    private static final LocalDate DATE = LocalDate.of(2026, 11, 18);
    private static final int WARM_UP = 6_000;
    private static final int SUSTAINED = 15_000;
    private static final int AT_ONCE = 128;
    private static final int PER_SECOND = 500;
    private static final int TIMED = 5_000;

    private LiveBenchmark() {}

    static void run(Path folder, PrintStream out) throws Exception {
        // London is open, and stays so: the clock runs as fast as the wall's.
        var clock = AcceleratedClock.startingAt(DATE.atTime(9, 0).toInstant(ZoneOffset.UTC), 1);
        var marketPort = Benchmarks.freePort();
        var brokerPort = Benchmarks.freePort();
        var market = Market.of(org.tradesuite.suite.market.ReferenceFiles.onClassPath(), 1, DATE);
        var feed = new MarketFeed(market, clock, marketPort, "TRADESUITE", folder.resolve("market"));
        feed.start();
        try (var postgres = LocalPostgres.start(folder.resolve("postgres"), 0);
                var sink = new OrderSink(folder.resolve("sink"), "BRAVO", brokerPort);
                var execution = start(postgres, folder, clock, marketPort, brokerPort)) {
            var address = "http://localhost:" + execution.getEnvironment().getRequiredProperty("local.server.port");
            var door = new FrontDoor(address, MachineUser.signUp(postgres, "benchmark"));
            open(door);
            var load = new DecisionLoad(address, door.token(), sink);
            load.asFastAsItGoes(WARM_UP, AT_ONCE);
            var sustained = load.asFastAsItGoes(SUSTAINED, AT_ONCE);
            out.printf(
                    "POST one decision -> committed -> NewOrderSingle at the broker, %d requests open: %.0f orders/s,"
                            + " %s, %d lost, %d not taken%n",
                    AT_ONCE,
                    sustained.perSecond(),
                    Benchmarks.percentiles(sustained.nanos()),
                    sustained.lost(),
                    sustained.notTaken());
            var timed = load.at(PER_SECOND, TIMED);
            out.printf(
                    "the same at %d/s: %s, %d lost, %d not taken%n",
                    PER_SECOND, Benchmarks.percentiles(timed.nanos()), timed.lost(), timed.notTaken());
        } finally {
            feed.stop();
        }
    }

    private static org.springframework.context.ConfigurableApplicationContext start(
            LocalPostgres postgres, Path folder, Clock clock, int marketPort, int brokerPort) {
        var database = postgres.database();
        return new Resident(
                        "execution",
                        ExecutionApplication.class,
                        Map.of(
                                "server.port", "0",
                                "spring.datasource.url", database.url(),
                                "spring.datasource.username", database.username(DatabaseRole.EXECUTION),
                                "spring.datasource.password", database.password(DatabaseRole.EXECUTION),
                                "execution.fix.store", folder.resolve("fix").toString(),
                                "execution.fix.check-latency", "false",
                                "execution.fix.sessions", "BRAVO",
                                "execution.fix.session.BRAVO.port", Integer.toString(brokerPort),
                                "execution.fix.session.MARKET.port", Integer.toString(marketPort)))
                .start(new SharedPort().host(), clock);
    }

    /** The sample firm, with one broker and with limits that a load test does not hit. */
    private static void open(FrontDoor door) throws InterruptedException {
        for (var kind : ReferenceFiles.KINDS) {
            var text = ReferenceFiles.text(kind.name(), DATE);
            if (kind.name().equals("limits"))
                text = text.replaceAll("MAX_MESSAGES_PER_SECOND,\\d+", "MAX_MESSAGES_PER_SECOND,1000000");
            if (kind.name().equals("opening_cash")) text = text.replaceAll("(PEN1,GBP,[^,]*,)\\d+", "$1900000000");
            if (kind.name().equals("brokers") || kind.name().equals("broker_rates")) text = onlyBravo(text);
            var result = door.reference().importReference(ReferenceKind.fromValue(kind.table()), text);
            if (!result.getFailures().isEmpty())
                throw new IllegalStateException(
                        "the sample file of " + kind.name() + " was refused: " + result.getFailures());
        }
        door.tradingDays().openTradingDay(DATE);
        var deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!ready(door)) {
            if (System.nanoTime() > deadline) throw new IllegalStateException("no price or no broker after 30 s");
            Thread.sleep(100);
        }
    }

    private static boolean ready(FrontDoor door) {
        return door.brokers().listBrokers().getItems().stream()
                        .anyMatch(broker -> broker.getState().getValue().equals("UP"))
                && door.reference().listInstruments("XLON", null, null, 1000).getItems().stream()
                        .anyMatch(each -> each.getInstrumentId().equals("VOD.XLON") && each.getBid() != null);
    }

    private static String onlyBravo(String text) {
        return text.lines()
                .filter(line -> line.startsWith("broker_id") || line.startsWith("BRAVO"))
                .collect(java.util.stream.Collectors.joining("\n", "", "\n"));
    }
}
