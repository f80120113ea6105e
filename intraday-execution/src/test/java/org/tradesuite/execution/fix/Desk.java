package org.tradesuite.execution.fix;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.engine.Commit;
import org.tradesuite.execution.engine.Effect;
import org.tradesuite.execution.engine.Input;
import org.tradesuite.execution.engine.Intake;
import org.tradesuite.execution.order.DontKnowReason;
import org.tradesuite.execution.order.ExternalOrder;
import org.tradesuite.execution.order.OrderType;
import org.tradesuite.execution.order.TimeInForce;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Mic;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** Our end of one line in a test: the real line, and a list where the engine would be. */
final class Desk implements AutoCloseable {
    static final Instant TEN_O_CLOCK = Instant.parse("2026-03-02T10:00:00.123456Z");
    static final InstrumentId VOD = InstrumentId.of("VOD.XLON");

    static final InstrumentId BTC = InstrumentId.of("BTC-USD.XBTS");

    final List<Input> heard = new CopyOnWriteArrayList<>();
    final List<LineTrouble> troubles = new CopyOnWriteArrayList<>();
    final Lines lines;
    private final BrokerId broker;
    private volatile boolean takesNothing;

    private Desk(BrokerId broker, Lines.Settings settings, OptionalInt next) {
        this.broker = broker;
        this.lines = new Lines(
                settings,
                name -> next,
                route -> false,
                () -> List.of(
                        new Subscription(VOD, "VOD", Mic.of("XLON")), new Subscription(BTC, "BTC/USD", Mic.of("XBTS"))),
                this::take,
                Clock.fixed(TEN_O_CLOCK, ZoneOffset.UTC),
                Clock.systemUTC(),
                troubles::add,
                () -> {});
    }

    private Intake take(Input input) {
        if (takesNothing) {
            return Intake.STOPPED;
        }
        heard.add(input);
        return Intake.TAKEN;
    }

    /** As if the engine were gone. */
    void takesNothing(boolean nothing) {
        takesNothing = nothing;
    }

    static Desk open(String dialect, int port, Path store, Map<String, String> changes) throws IOException {
        return open(dialect, port, store, changes, OptionalInt.empty(), Duration.ofMinutes(1));
    }

    static Desk open(
            String dialect, int port, Path store, Map<String, String> changes, OptionalInt next, Duration staleAfter)
            throws IOException {
        Map<String, String> keys = new HashMap<>(DialectTest.file(dialect));
        keys.put("port", Integer.toString(port));
        keys.putAll(changes);
        var desk = new Desk(
                BrokerId.of(dialect), new Lines.Settings(Map.of(dialect, keys), store, true, staleAfter), next);
        desk.lines.start();
        return desk;
    }

    Desk loggedOn() {
        Awaitility.await("logon")
                .atMost(Duration.ofSeconds(20))
                .until(() -> lines.states().getFirst().loggedOn());
        return this;
    }

    static Effect.Terms terms(long quantity, String price) {
        return new Effect.Terms(
                "R1",
                AccountId.of("ACC1"),
                VOD,
                "VOD",
                Mic.of("XLON"),
                "GB00BH4HKS39",
                Currency.GBP,
                Side.BUY,
                Quantity.of(quantity),
                OrderType.LIMIT,
                Price.of(price),
                TimeInForce.DAY);
    }

    Effect.SendNewOrder order(String clOrdId, long quantity, String price) {
        return new Effect.SendNewOrder(broker, clOrdId, terms(quantity, price), TEN_O_CLOCK);
    }

    Effect.SendCancel cancel(String clOrdId, String origClOrdId) {
        return new Effect.SendCancel(broker, clOrdId, origClOrdId, null, terms(1000, "71.5"), TEN_O_CLOCK);
    }

    Effect.SendReplace replace(String clOrdId, String origClOrdId, long quantity) {
        return new Effect.SendReplace(broker, clOrdId, origClOrdId, null, terms(quantity, "71.5"), TEN_O_CLOCK);
    }

    Effect.SendStatusRequest question(String clOrdId) {
        return new Effect.SendStatusRequest(broker, clOrdId, null, terms(1000, "71.5"));
    }

    Effect.SendAllocation allocation(String id) {
        return allocation(id, null);
    }

    Effect.SendAllocation allocation(String id, @Nullable String replaces) {
        var executions = List.of(
                new Effect.AllocatedExecution("E1", Quantity.of(600), Price.of("71.5")),
                new Effect.AllocatedExecution("E2", Quantity.of(400), Price.of("71.4")));
        return new Effect.SendAllocation(
                broker,
                id,
                "T1",
                LocalDate.of(2026, 3, 2),
                LocalDate.of(2026, 3, 4),
                AccountId.of("ACC1"),
                VOD,
                "VOD",
                Mic.of("XLON"),
                "GB00BH4HKS39",
                Currency.GBP,
                Side.BUY,
                Quantity.of(1000),
                Price.of("71.46"),
                new java.math.BigDecimal("71460.00"),
                new java.math.BigDecimal("35.73"),
                new java.math.BigDecimal("1.00"),
                new java.math.BigDecimal("71496.73"),
                List.of(new Effect.AllocatedOrder("C1", "B1", Quantity.of(1000), executions)),
                TEN_O_CLOCK,
                replaces);
    }

    Effect.SendConfirmationAck affirmation(String confirmId) {
        return new Effect.SendConfirmationAck(
                broker, confirmId, "T1", LocalDate.of(2026, 3, 2), true, null, TEN_O_CLOCK);
    }

    Effect.SendDontKnow dontKnow(String execId, DontKnowReason reason) {
        return new Effect.SendDontKnow(
                broker,
                "X-1-F1",
                execId,
                "B1",
                new ExternalOrder.Named("VOD", "GB00BH4HKS39", "XLON", null),
                Side.BUY,
                Quantity.of(1000),
                Quantity.of(400),
                Price.of("71.4"),
                reason,
                "No order of ours is like this.");
    }

    void say(Effect effect) {
        lines.committed(new Commit(1, List.of(), List.of(effect)));
    }

    <T extends Input> T hears(Class<T> type) {
        return hears(type, input -> true);
    }

    <T extends Input> T hears(Class<T> type, Predicate<T> which) {
        return Awaitility.await(type.getSimpleName())
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> heard.stream()
                                .filter(type::isInstance)
                                .map(type::cast)
                                .filter(which)
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    LineTrouble isTold(String text) {
        return Awaitility.await("trouble: " + text)
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> troubles.stream()
                                .filter(trouble -> trouble.text().contains(text))
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    @Override
    public void close() {
        lines.close();
    }
}
