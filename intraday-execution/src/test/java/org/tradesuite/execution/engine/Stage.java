package org.tradesuite.execution.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalDatabase;
import org.tradesuite.database.LocalPostgres;
import org.tradesuite.execution.fix.Lines;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.OrderType;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.order.Route;
import org.tradesuite.execution.order.TimeInForce;
import org.tradesuite.execution.reference.Broker;
import org.tradesuite.execution.reference.BrokerRate;
import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.execution.reference.Limit;
import org.tradesuite.execution.reference.LimitKind;
import org.tradesuite.execution.reference.OpeningPosition;
import org.tradesuite.execution.reference.ReferenceContent;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.execution.reference.SettlementCycle;
import org.tradesuite.execution.reference.Standing;
import org.tradesuite.execution.reference.TradingSession;
import org.tradesuite.execution.reference.VolumeBin;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.BasisPoints;
import org.tradesuite.market.Bic;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Lei;
import org.tradesuite.market.Mic;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * Where scripts are played: the engine with its journal in a real database, the real lines, and a scripted broker at the
 * end of each. Every broker has a market of its own, so that an order's instrument says who gets it; none charges
 * anything, so that cash moves by quantity times price alone. The clock stands still unless a script moves it.
 */
final class Stage implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 10;
    private static final List<String> MARKETS =
            List.of("XLON", "XPAR", "XAMS", "XBRU", "XMIL", "XMAD", "XLIS", "XDUB", "XOSL", "XSTO");

    /** Stands still until it is put forward. */
    private static final class StandingClock extends Clock {
        private final AtomicReference<Instant> now = new AtomicReference<>(House.MORNING);

        @Override
        public Instant instant() {
            return Objects.requireNonNull(now.get());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    final Map<String, ScriptedBroker> brokers = new LinkedHashMap<>();
    private final StandingClock clock = new StandingClock();
    private final LocalDatabase database = LocalPostgres.shared().newDatabase();
    private final Map<Long, CompletableFuture<Effect.Outcome>> answers = new ConcurrentHashMap<>();
    private final BlockingQueue<Effect.Alert> alerts = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable Engine> engine = new AtomicReference<>();
    private final ReferenceData reference;
    private final Path store;
    /** What the facts of all commits add up to: the books as a restart would find them. */
    private final State books = new State();

    private Lines lines;
    private long request;
    private long decision;
    private long ping;

    /** @param dialects names of dialect files; each is a broker */
    Stage(Path store, List<String> dialects) throws IOException {
        this.store = store;
        for (var name : dialects) {
            var version = dialect(name).getProperty("version");
            brokers.put(name, new ScriptedBroker(name, version, "VOD." + MARKETS.get(brokers.size())));
        }
        reference = reference();
        lines = open();
        for (var each : brokers.values()) {
            submit(new Input.MarketQuote(
                    House.MORNING, InstrumentId.of(each.instrument), Price.of("109.99"), Price.of("110.01")));
        }
        asks(number -> new Input.TradingDayOpenRequested(House.MORNING, number, "ops", House.MONDAY));
    }

    private static Properties dialect(String name) throws IOException {
        var properties = new Properties();
        try (var in =
                Objects.requireNonNull(Stage.class.getResourceAsStream("/dialects/" + name + ".properties"), name)) {
            properties.load(in);
        }
        return properties;
    }

    private ReferenceData reference() {
        var house = House.reference().content();
        var one = house.instruments().getFirst();
        var instruments = new ArrayList<Instrument>();
        var firms = new ArrayList<Broker>();
        var rates = new ArrayList<BrokerRate>();
        var sessions = new ArrayList<TradingSession>();
        var cycles = new ArrayList<SettlementCycle>();
        var volumes = new ArrayList<VolumeBin>();
        var positions = new ArrayList<OpeningPosition>();
        for (var each : brokers.values()) {
            var id = InstrumentId.of(each.instrument);
            var market = Mic.of(each.instrument.substring(4));
            var session = house.tradingSessions().getFirst();
            var volume = house.volumeProfiles().getFirst();
            instruments.add(new Instrument(
                    id,
                    one.isin(),
                    one.symbol(),
                    market,
                    one.cfi(),
                    one.name(),
                    one.issuer(),
                    one.issuerLei(),
                    one.currency(),
                    one.assetClass(),
                    one.lotSize(),
                    one.tickSize(),
                    one.quantityScale(),
                    one.adv(),
                    one.spread(),
                    one.dailyVolatility(),
                    one.sector(),
                    one.country(),
                    one.placeOfSettlement(),
                    one.calendar(),
                    one.referencePrice(),
                    one.status(),
                    one.rating(),
                    one.esg()));
            firms.add(new Broker(
                    BrokerId.of(each.name),
                    each.name,
                    Lei.of("213800TB53ELEUKM7Q61"),
                    Bic.of("ALFAGB2LXXX"),
                    Standing.ACTIVE));
            rates.add(new BrokerRate(
                    BrokerId.of(each.name), market, BasisPoints.of("0"), BigDecimal.ZERO, BasisPoints.of("0")));
            sessions.add(
                    new TradingSession(market, session.zone(), session.open(), session.close(), session.calendar()));
            cycles.add(new SettlementCycle(
                    market, house.settlementCycles().getFirst().validFrom(), 2));
            volumes.add(new VolumeBin(market, volume.start(), volume.end(), volume.share()));
            positions.add(
                    new OpeningPosition(House.ACCOUNT, id, House.MONDAY, new BigDecimal("1000000000"), Price.of("90")));
        }
        var limits = new ArrayList<Limit>();
        for (var limit : house.limits()) {
            // Appendix D trades between 100 and 120.
            limits.add(
                    limit.kind() != LimitKind.PRICE_COLLAR_PERCENT
                            ? limit
                            : new Limit(
                                    limit.id(),
                                    limit.scope(),
                                    limit.scopeId(),
                                    limit.kind(),
                                    new BigDecimal("50"),
                                    limit.warnAt(),
                                    limit.currency(),
                                    limit.validFrom(),
                                    limit.validUntil()));
        }
        return ReferenceData.of(
                House.MONDAY,
                new ReferenceContent(
                        instruments,
                        house.accounts(),
                        house.cashAccounts(),
                        firms,
                        rates,
                        sessions,
                        cycles,
                        house.calendarOverrides(),
                        house.fxRates(),
                        house.strategies(),
                        house.traders(),
                        house.firm(),
                        limits,
                        positions,
                        house.openingCash(),
                        volumes,
                        house.rulebook()));
    }

    private Lines open() throws IOException {
        Map<String, Map<String, String>> dialects = new LinkedHashMap<>();
        for (var each : brokers.values()) {
            Map<String, String> keys = new HashMap<>();
            dialect(each.name).forEach((key, value) -> keys.put((String) key, (String) value));
            keys.put("port", Integer.toString(each.port()));
            dialects.put(each.name, keys);
        }
        // The lines hear what the engine says from its start on.
        var ready = new CompletableFuture<Lines>();
        var started = Engine.start(
                House.settings(), database.dataSource(DatabaseRole.EXECUTION), reference, clock, commit -> {
                    ready.join().committed(commit);
                    committed(commit);
                });
        engine.set(started);
        var opened = new Lines(
                new Lines.Settings(dialects, store, true, Duration.ofMinutes(1)),
                broker -> {
                    var inbound = started.inboundSequences().get(broker);
                    return inbound == null ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(inbound + 1));
                },
                started.brake()::holds,
                List::of,
                started::submit,
                clock,
                Clock.systemUTC(),
                trouble -> {},
                () -> {});
        ready.complete(opened);
        opened.start();
        Awaitility.await("logon")
                .atMost(Duration.ofSeconds(20))
                .until(() -> opened.states().stream().allMatch(state -> state.loggedOn()));
        return opened;
    }

    private void committed(Commit commit) {
        synchronized (books) {
            commit.facts().forEach(books::apply);
        }
        for (var effect : commit.effects()) {
            switch (effect) {
                case Effect.Alert alert -> alerts.add(alert);
                case Effect.Answer answer -> {
                    var waiting = answers.remove(answer.requestId());
                    if (waiting != null) {
                        waiting.complete(answer.outcome());
                    }
                }
                default -> {
                    // For the lines.
                }
            }
        }
    }

    private void submit(Input input) {
        var intake = Objects.requireNonNull(engine.get()).submit(input);
        if (intake != Intake.TAKEN) {
            throw new IllegalStateException(input + " was not taken: " + intake);
        }
    }

    private Effect.Outcome asks(LongFunction<Input.Request> of) {
        var number = ++request;
        var answer = new CompletableFuture<Effect.Outcome>();
        answers.put(number, answer);
        submit(of.apply(number));
        return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    Instant now() {
        return clock.instant();
    }

    /** The order's id; every decision is accepted, or the script is wrong. */
    String decide(String broker, Side side, String quantity, @Nullable String limit, TimeInForce timeInForce) {
        var id = "M" + ++decision;
        var outcome = asks(number -> new Input.DecisionSubmitted(
                now(),
                number,
                "apatel",
                id,
                "key-" + id,
                "hash-" + id,
                House.ACCOUNT,
                "VALUE",
                "apatel",
                InstrumentId.of(broker(broker).instrument),
                side,
                Quantity.of(quantity),
                limit == null ? OrderType.MARKET : OrderType.LIMIT,
                limit == null ? null : Price.of(limit),
                Algo.IMMEDIATE,
                null,
                null,
                timeInForce,
                null));
        if (outcome instanceof Effect.Outcome.DecisionAccepted accepted) {
            return accepted.orderId();
        }
        throw new AssertionError("The decision was refused: " + outcome);
    }

    Effect.Outcome cancel(String orderId) {
        return asks(number -> new Input.OrderCancelRequested(now(), number, "apatel", "changed my mind", orderId));
    }

    Effect.Outcome amend(String orderId, @Nullable String quantity, @Nullable String limit) {
        return asks(number -> new Input.OrderAmendRequested(
                now(),
                number,
                "apatel",
                "better so",
                orderId,
                quantity == null ? null : Quantity.of(quantity),
                limit == null ? null : Price.of(limit),
                null));
    }

    void passes(Duration time) {
        clock.now.updateAndGet(now -> now.plus(time));
        submit(new Input.Tick(now()));
    }

    /** Stops engine and lines, and starts them again from the journal. */
    void restart() throws IOException {
        closeDesk();
        lines = open();
        for (var each : brokers.values()) {
            submit(new Input.MarketQuote(
                    now(), InstrumentId.of(each.instrument), Price.of("109.99"), Price.of("110.01")));
        }
    }

    ScriptedBroker broker(String name) {
        return Objects.requireNonNull(brokers.get(name), name);
    }

    /**
     * Returns when everything the broker said was decided and committed, and what follows from it has reached the broker.
     * A line may have an answer of its own (what a broker does not understand, it refuses itself): that is decided, and
     * what follows from it has reached the broker, after the second round.
     *
     * @return what the broker heard, in order
     */
    List<Map<Integer, String>> settled(String name) throws IOException, InterruptedException {
        var broker = broker(name);
        broker.isHeard();
        List<Map<Integer, String>> heard = new ArrayList<>();
        for (var round = 0; round < 2; round++) {
            cancel("nobody");
            heard.addAll(through(broker));
        }
        return heard;
    }

    /** The line says everything in the order of the commits: after an order of ours nothing before it is left. */
    private List<Map<Integer, String>> through(ScriptedBroker broker) throws InterruptedException {
        var id = "PING-" + ++ping;
        lines.committed(new Commit(
                0,
                List.of(),
                List.of(new Effect.SendNewOrder(
                        BrokerId.of(broker.name),
                        id,
                        new Effect.Terms(
                                "PING",
                                House.ACCOUNT,
                                InstrumentId.of(broker.instrument),
                                "VOD",
                                House.LONDON,
                                null,
                                Currency.GBP,
                                Side.BUY,
                                Quantity.of(1),
                                OrderType.MARKET,
                                null,
                                TimeInForce.DAY),
                        now()))));
        List<Map<Integer, String>> heard = new ArrayList<>();
        while (true) {
            var message = broker.hears();
            if (message == null) {
                throw new AssertionError("Nothing comes through to " + broker.name + " any more; it heard " + heard);
            }
            if (id.equals(message.get(11))) {
                return heard;
            }
            heard.add(message);
        }
    }

    List<Effect.Alert> alerts() {
        List<Effect.Alert> raised = new ArrayList<>();
        alerts.drainTo(raised);
        return raised;
    }

    @Nullable
    Route route(String clOrdId) {
        synchronized (books) {
            return books.findRoute(clOrdId.substring(0, clOrdId.lastIndexOf('-')));
        }
    }

    ParentOrder order(String orderId) {
        synchronized (books) {
            return Objects.requireNonNull(books.order(orderId), orderId).order;
        }
    }

    /** The first column of the first row. */
    String read(String query, String... arguments) {
        try (var connection = database.dataSource(DatabaseRole.EXECUTION).getConnection();
                var statement = connection.prepareStatement(query)) {
            for (var i = 0; i < arguments.length; i++) {
                statement.setString(i + 1, arguments[i]);
            }
            try (var row = statement.executeQuery()) {
                return row.next() ? String.valueOf(row.getString(1)) : "none";
            }
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    BigDecimal position(String broker) {
        return new BigDecimal(read(
                "select quantity from execution.position where account_id = ? and instrument_id = ?",
                House.ACCOUNT.toString(),
                broker(broker).instrument));
    }

    BigDecimal cash() {
        return new BigDecimal(read(
                "select balance from execution.cash where account_id = ? and currency = 'GBP'",
                House.ACCOUNT.toString()));
    }

    private void closeDesk() {
        var running = engine.getAndSet(null);
        if (running != null) {
            running.close();
        }
        lines.close();
    }

    @Override
    public void close() {
        closeDesk();
        try {
            for (var broker : brokers.values()) {
                broker.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        LocalPostgres.shared().drop(database);
    }

    static AccountId account() {
        return House.ACCOUNT;
    }
}
