package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalDatabase;
import org.tradesuite.database.LocalPostgres;
import org.tradesuite.execution.fix.BrokerAcceptor;
import org.tradesuite.execution.fix.Lines;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.Fact;
import org.tradesuite.execution.order.OrderType;
import org.tradesuite.execution.order.Route;
import org.tradesuite.execution.risk.SwitchScope;
import org.tradesuite.execution.risk.TradingState;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * The stop button with everything there is behind it: the engine, its journal in a real database, a real FIX line. What the
 * broker has in its hands at the end is the truth.
 */
class StopStormTest {

    private static final int WORKING = 1_000;
    private static final int A_SECOND = 1_000;

    /** What a line had in its hands when the stop came is on the wire a moment later. */
    private static final Duration IN_HAND = Duration.ofMillis(10);

    @TempDir
    private Path folder;

    private final LocalDatabase database = LocalPostgres.shared().newDatabase();
    private final BreakableDataSource way = new BreakableDataSource(database.dataSource(DatabaseRole.EXECUTION));
    private final List<Fact> facts = new CopyOnWriteArrayList<>();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();
    private BrokerAcceptor broker;
    private Engine engine;
    private Lines lines;

    @BeforeEach
    void open() throws Exception {
        broker = BrokerAcceptor.start("FIX.4.2", "ALFA", folder.resolve("broker"));
        var ready = new CompletableFuture<Lines>();
        var clock = Clock.fixed(House.MORNING, ZoneOffset.UTC);
        engine = Engine.start(House.settings(), way, House.reference(), clock, commit -> {
            ready.join().committed(commit);
            committed(commit);
        });
        lines = new Lines(
                new Lines.Settings(Map.of("ALFA", dialect()), folder.resolve("store"), true, Duration.ofMinutes(1)),
                name -> OptionalInt.empty(),
                engine.brake()::holds,
                List::of,
                engine::submit,
                clock,
                Clock.systemUTC(),
                trouble -> {},
                () -> {});
        ready.complete(lines);
        lines.start();
        engine.submit(new Input.MarketQuote(House.MORNING, House.VOD, Price.of("99.99"), Price.of("100.01")));
        engine.submit(
                new Input.TradingDayOpenRequested(House.MORNING, requests.incrementAndGet(), "ops", House.MONDAY));
        until("the broker may have orders", () -> facts.stream().anyMatch(DeskFact.GateOpened.class::isInstance));
    }

    @AfterEach
    void close() {
        way.mend();
        lines.stopping();
        engine.close();
        lines.close();
        broker.close();
        LocalPostgres.shared().drop(database);
    }

    private Map<String, String> dialect() throws IOException {
        var properties = new Properties();
        try (var in = Objects.requireNonNull(StopStormTest.class.getResourceAsStream("/dialects/ALFA.properties"))) {
            properties.load(in);
        }
        Map<String, String> keys = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> keys.put(key, properties.getProperty(key)));
        keys.put("port", Integer.toString(broker.port));
        return keys;
    }

    private void committed(Commit commit) {
        for (var recorded : commit.facts()) {
            var fact = recorded.fact();
            if (fact instanceof Route.Acknowledged) {
                acknowledged.incrementAndGet();
            } else if (!(fact instanceof DeskFact.DecisionAccepted) && !(fact instanceof DeskFact.DecisionRefused)) {
                facts.add(fact);
            }
        }
        answered.addAndGet(commit.effects().stream()
                .filter(Effect.Answer.class::isInstance)
                .count());
    }

    private static void until(String what, java.util.concurrent.Callable<Boolean> so) {
        Awaitility.await(what)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(so);
    }

    private boolean decides(int number) {
        return engine.submit(new Input.DecisionSubmitted(
                        House.MORNING,
                        requests.incrementAndGet(),
                        "apatel",
                        "D" + number,
                        "key-" + number,
                        "hash",
                        House.ACCOUNT,
                        "VALUE",
                        "apatel",
                        House.VOD,
                        Side.BUY,
                        Quantity.of(100 + number),
                        OrderType.LIMIT,
                        Price.of("99"),
                        Algo.IMMEDIATE,
                        null,
                        null))
                == Intake.TAKEN;
    }

    private void stops() {
        assertThat(engine.submit(new Input.SwitchRequested(
                        House.MORNING,
                        requests.incrementAndGet(),
                        "rsmith",
                        "a storm",
                        SwitchScope.FIRM,
                        TradingState.HALTED,
                        true,
                        "the-stop",
                        "hash")))
                .isEqualTo(Intake.TAKEN);
    }

    /** When the engine had it. */
    private Instant acts() {
        while (engine.brake().switches().isEmpty()) {
            Thread.onSpinWait();
        }
        return Clock.systemUTC().instant();
    }

    private Set<String> ids(String type) {
        return broker.heardOf(type).stream()
                .map(message -> field(message, type.equals("F") ? 41 : 11))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String field(quickfix.Message message, int tag) {
        try {
            return message.getString(tag);
        } catch (quickfix.FieldNotFound missing) {
            throw new IllegalStateException(message + " has no field " + tag, missing);
        }
    }

    private static Instant sent(quickfix.Message message) {
        try {
            return message.getHeader().getUtcTimeStamp(52).toInstant(ZoneOffset.UTC);
        } catch (quickfix.FieldNotFound missing) {
            throw new IllegalStateException(message + " was never sent", missing);
        }
    }

    private Set<String> sentByUs() {
        return facts.stream()
                .filter(Route.Opened.class::isInstance)
                .map(fact -> ((Route.Opened) fact).clOrdId())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> neverLeft() {
        return facts.stream()
                .filter(Route.Finished.class::isInstance)
                .map(Route.Finished.class::cast)
                .filter(finished -> Brake.NEVER_LEFT.equals(finished.text()))
                .map(Route.Finished::execId)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void nothingLeftAfter(Instant stop) {
        assertThat(broker.heardOf("D"))
                .allSatisfy(order -> assertThat(sent(order)).isBefore(stop.plus(IN_HAND)));
        var left = new TreeSet<>(sentByUs());
        left.removeAll(neverLeft());
        assertThat(ids("D")).isEqualTo(left);
        assertThat(ids("F")).isEqualTo(left);
    }

    @Test
    void the_cancels_of_a_thousand_working_routes_are_on_the_wire_within_a_second() throws Exception {
        for (int number = 0; number < WORKING; number++) {
            assertThat(decides(number)).isTrue();
        }
        until("all are at the broker", () -> broker.heardOf("D").size() == WORKING);
        for (var order : broker.heardOf("D")) {
            var id = field(order, 11);
            broker.say("35=8|37=B" + id + "|11=" + id + "|17=A" + id + "|20=0|150=0|39=0|55=VOD|54=1|38="
                    + field(order, 38) + "|14=0|151=" + field(order, 38) + "|6=0|60=20260302-09:00:01.000");
        }
        until("all work", () -> acknowledged.get() == WORKING);

        long began = System.nanoTime();
        stops();
        until("all cancels are there", () -> broker.heardOf("F").size() == WORKING);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        System.out.println("1,000 cancels were with the broker " + millis + " ms after the stop was pressed");
        assertThat(millis).isLessThan(1_000);
        assertThat(ids("F")).isEqualTo(ids("D"));
    }

    @Test
    void no_order_leaves_after_a_stop_in_a_storm_of_a_thousand_orders_a_second() throws Exception {
        var given = new AtomicLong();
        var storm = Thread.ofPlatform().name("storm").start(() -> {
            long next = System.nanoTime();
            for (int number = 0; number < 3 * A_SECOND; number++) {
                if (decides(number)) {
                    given.incrementAndGet();
                }
                next += TimeUnit.SECONDS.toNanos(1) / A_SECOND;
                LockSupport.parkNanos(next - System.nanoTime());
            }
        });
        until("it blows", () -> broker.heardOf("D").size() > A_SECOND);
        stops();
        var stop = acts();
        storm.join();
        until("all are answered", () -> answered.get() >= given.get() + 2);
        settled();
        nothingLeftAfter(stop);
        assertThat(broker.heardOf("D")).hasSizeLessThan(3 * A_SECOND);
    }

    @Test
    void what_was_decided_while_the_database_was_away_and_before_the_stop_never_leaves() throws Exception {
        decides(0);
        until("the first is there", () -> broker.heardOf("D").size() == 1);
        way.cut();
        var decided = new ArrayList<Integer>();
        for (int number = 1; number <= 50; number++) {
            if (decides(number)) {
                decided.add(number);
            }
        }
        assertThat(decided).isNotEmpty();
        until("the journal is known to be away", () -> !decides(1_000 + requests.intValue()));
        stops();
        var stop = acts();
        assertThat(engine.brake().isUnwritten(SwitchScope.FIRM)).isTrue();
        way.mend();
        until("it is written", () -> !engine.brake().isUnwritten(SwitchScope.FIRM));
        settled();
        nothingLeftAfter(stop);
        assertThat(broker.heardOf("D")).hasSize(1);
        assertThat(neverLeft()).isNotEmpty();
    }

    /** Every order has left and its cancel too, or never will. */
    private void settled() {
        until("every order is cancelled or never left", () -> {
            var left = new TreeSet<>(sentByUs());
            left.removeAll(neverLeft());
            return ids("F").equals(left) && ids("D").equals(left);
        });
    }
}
