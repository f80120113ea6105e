package org.tradesuite.execution.engine;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.engine.BreakerFact.Measure;
import org.tradesuite.execution.engine.Effect.AlertKind;
import org.tradesuite.execution.engine.Effect.Refusal;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.execution.order.Route;
import org.tradesuite.execution.reference.LimitKind;
import org.tradesuite.execution.risk.Breaker;
import org.tradesuite.execution.risk.Breaker.Kind;
import org.tradesuite.execution.risk.SwitchScope;
import org.tradesuite.execution.risk.TradingState;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Price;

/**
 * Circuit breakers: one for each broker, fed by its rejects, its silence and its broken sessions; one for each strategy, fed
 * by slippage, odd fills, the orders it sends, what it loses, and how often it executes (RTS 6 Article 15(3)). It takes
 * several oddities within a window to trip one. Whatever is recorded is noted while it happens, and acted upon when the
 * input is dealt with: a breaker must not stop an order in the middle of its being sent.
 *
 * <p>A broker that was left alone for a while gets a few orders; if it acknowledges all of them in time it is back, and the
 * first oddity shuts it off again. A strategy stays stopped until a person resets its breaker.
 *
 * <p>A restart forgives nobody: what was noted is a fact, what was sent and executed is known of the orders, and the time an
 * order has been without an acknowledgement begins anew, because we could not have heard one.
 */
final class Breakers {

    private static final String ENGINE = "engine";
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final BigDecimal BASIS_POINTS = BigDecimal.valueOf(10_000);

    /** One breaker as it counts. */
    private static final class Counts {
        final Kind kind;
        final String of;
        final Map<Measure, Deque<Instant>> moments = new EnumMap<>(Measure.class);
        /** Of a broker that is tried again: what it was given and has not acknowledged, and what it has. */
        final Set<String> trying = new LinkedHashSet<>();

        int tried;
        int passed;

        @Nullable
        String trip;

        Counts(Kind kind, String of) {
            this.kind = kind;
            this.of = of;
        }
    }

    /** What a strategy has of an instrument since the day opened: units, and what they cost. */
    private record Stake(BigDecimal units, BigDecimal cost, Currency currency) {}

    private record Part(BigDecimal units, BigDecimal cost) {}

    private final Desk desk;
    private final Breaking when;
    private final Map<String, Counts> counts = new LinkedHashMap<>();
    private final Map<String, Instant> unacknowledged = new LinkedHashMap<>();
    private final Map<String, Map<InstrumentId, Stake>> stakes = new LinkedHashMap<>();
    private final Map<String, Part> parts = new HashMap<>();
    private Instant looked = Instant.EPOCH;
    private boolean tripped;

    Breakers(Desk desk, EngineSettings settings) {
        this.desk = desk;
        this.when = settings.breaking();
    }

    // What is noted

    /** Of every fact, once it is recorded. */
    void follow(Recorded recorded) {
        switch (recorded.fact()) {
            case Route.Event event -> route(recorded.id(), event, recorded.at());
            case DeskFact.DayOpened _ -> {
                stakes.clear();
                parts.clear();
            }
            default -> {
                // Says nothing about a broker or a strategy.
            }
        }
    }

    private void route(String routeId, Route.Event event, Instant at) {
        var route = desk.state().route(routeId);
        var broker = route.body().broker();
        var work = desk.work(route.body().orderId());
        var strategy = work.order.body().terms().strategy();
        switch (event) {
            case Route.Opened _ -> {
                unacknowledged.put(routeId, at);
                var ofBroker = of(Kind.BROKER, broker.toString());
                if (state(ofBroker) == Breaker.State.HALF_OPEN) {
                    ofBroker.tried++;
                    ofBroker.trying.add(routeId);
                }
                odd(Kind.STRATEGY, strategy, Measure.ORDERS, when.strategyOrders(), routeId, at);
            }
            case Route.Acknowledged _ -> acknowledged(routeId, broker);
            case Route.Filled filled -> {
                acknowledged(routeId, broker);
                filled(work, route, filled, at);
                stake(work);
            }
            case Route.Busted _, Route.Corrected _ -> stake(work);
            case Route.Quarantined _ ->
                odd(Kind.STRATEGY, strategy, Measure.ODD_FILLS, when.strategyOddFills(), routeId, at);
            case Route.Finished finished -> {
                unacknowledged.remove(routeId);
                if (Brake.NEVER_LEFT.equals(finished.text())) {
                    notTried(routeId, broker);
                } else if (finished.as() == OrdStatus.REJECTED) {
                    odd(Kind.BROKER, broker.toString(), Measure.REJECTS, when.brokerRejects(), routeId, at);
                } else {
                    acknowledged(routeId, broker);
                }
            }
            default -> {
                // An answer, a question or a wish.
            }
        }
    }

    private void acknowledged(String routeId, BrokerId broker) {
        unacknowledged.remove(routeId);
        var of = of(Kind.BROKER, broker.toString());
        if (of.trying.remove(routeId)) {
            of.passed++;
            tripped = true;
        }
    }

    /** It never left, so it says nothing about the broker: another order is to be the probe. */
    private void notTried(String routeId, BrokerId broker) {
        unacknowledged.remove(routeId);
        var of = of(Kind.BROKER, broker.toString());
        if (of.trying.remove(routeId)) {
            of.tried--;
        }
    }

    private void filled(State.Work work, Route route, Route.Filled filled, Instant at) {
        var strategy = work.order.body().terms().strategy();
        var body = route.body();
        if (filled.kind() != Route.FillKind.REGULAR || Claims.isBeyondLimit(body, filled.price())) {
            odd(Kind.STRATEGY, strategy, Measure.ODD_FILLS, when.strategyOddFills(), body.routeId(), at);
        }
        var mid = body.mid();
        // An inferred price was never dealt.
        if (mid != null && filled.gap() == null && mid.value().signum() > 0) {
            var worse = filled.price()
                    .value()
                    .subtract(mid.value())
                    .multiply(BigDecimal.valueOf(body.side().sign()))
                    .multiply(BASIS_POINTS)
                    .divide(mid.value(), MathContext.DECIMAL64);
            if (worse.compareTo(when.slipBasisPoints()) > 0) {
                odd(Kind.STRATEGY, strategy, Measure.SLIPS, when.strategySlips(), body.routeId(), at);
            }
        }
        repeated(work, body.broker(), at);
    }

    /** The repeated automated execution throttle: its two limits come from the limits in force, the tightest of each. */
    private void repeated(State.Work work, BrokerId broker, Instant at) {
        var order = desk.stakes().limited(work, broker).orElse(null);
        if (order == null) {
            return;
        }
        var holding = desk.reference().limits().under(order, at);
        var limit = holding.smallest(LimitKind.MAX_REPEATED_EXECUTIONS);
        var window = holding.smallest(LimitKind.REPEATED_EXECUTION_WINDOW_SECONDS);
        if (limit == null || window == null) {
            return;
        }
        var most = limit.amount();
        var seconds = window.amount();
        var of = of(Kind.STRATEGY, work.order.body().terms().strategy());
        var within = count(of, Measure.EXECUTIONS, at, Duration.ofSeconds(seconds.longValue()));
        if (BigDecimal.valueOf(within).compareTo(most) > 0) {
            trip(
                    of,
                    within + " executions in " + seconds.toPlainString() + " seconds, " + most.toPlainString()
                            + " are allowed");
        }
    }

    /** A session broke. */
    void lost(BrokerId broker) {
        odd(Kind.BROKER, broker.toString(), Measure.LOST, when.brokerLosses(), null, desk.now());
    }

    private void odd(Kind kind, String name, Measure measure, int most, @Nullable String about, Instant at) {
        var of = of(kind, name);
        // Who is tried again is shut off by anything that goes wrong, or nobody would learn how it went.
        var trying = state(of) == Breaker.State.HALF_OPEN && measure != Measure.ORDERS;
        if (most == 0 && !trying) {
            return;
        }
        if (measure != Measure.ORDERS) {
            desk.record(
                    Streams.breaker(Breaker.id(kind, name)), new BreakerFact.Noted(kind, name, measure, about), null);
        }
        var within = count(of, measure, at, when.window());
        if (within >= most || trying) {
            trip(
                    of,
                    within + " " + measure.words + " in " + when.window().toSeconds() + " seconds"
                            + (trying ? " while it was tried again" : ""));
        }
    }

    private static int count(Counts of, Measure measure, Instant at, Duration window) {
        var moments = of.moments.computeIfAbsent(measure, each -> new ArrayDeque<>());
        moments.addLast(at);
        var oldest = at.minus(window);
        while (!moments.getFirst().isAfter(oldest)) {
            moments.removeFirst();
        }
        return moments.size();
    }

    private void trip(Counts of, String why) {
        if (of.trip == null && state(of) != Breaker.State.OPEN) {
            of.trip = why;
            tripped = true;
        }
    }

    private Counts of(Kind kind, String name) {
        return counts.computeIfAbsent(Breaker.id(kind, name), each -> new Counts(kind, name));
    }

    private Breaker.State state(Counts of) {
        var breaker = desk.state().breaker(Breaker.id(of.kind, of.of));
        return breaker == null ? Breaker.State.CLOSED : breaker.state();
    }

    // What follows, when an input is dealt with

    void act() {
        if (!tripped) {
            return;
        }
        tripped = false;
        for (var of : List.copyOf(counts.values())) {
            if (of.trip != null) {
                var why = of.trip;
                of.trip = null;
                open(of, why);
            } else if (state(of) == Breaker.State.HALF_OPEN && of.passed >= when.probes()) {
                move(of, Breaker.State.CLOSED, of.passed + " orders were acknowledged in time", ENGINE);
                desk.switchboard().retry();
            }
        }
    }

    private void open(Counts of, String why) {
        move(of, Breaker.State.OPEN, why, ENGINE);
        desk.switchboard().trip(scope(of), TradingState.HALTED, why, Breaker.named(of.kind, of.of), false);
    }

    private static SwitchScope scope(Counts of) {
        return of.kind == Kind.BROKER ? SwitchScope.ofBroker(BrokerId.of(of.of)) : SwitchScope.ofStrategy(of.of);
    }

    private void move(Counts of, Breaker.State to, String why, String by) {
        of.moments.clear();
        of.trying.clear();
        of.tried = 0;
        of.passed = 0;
        desk.record(
                Streams.breaker(Breaker.id(of.kind, of.of)), new BreakerFact.Moved(of.kind, of.of, to, why, by), null);
        desk.brake().showBreakers(desk.state().breakers());
        desk.alert(
                switch (to) {
                    case OPEN -> AlertKind.BREAKER_OPENED;
                    case HALF_OPEN -> AlertKind.BREAKER_TRIES;
                    case CLOSED -> AlertKind.BREAKER_CLOSED;
                },
                Breaker.id(of.kind, of.of),
                by.equals(ENGINE) ? why + "." : Switchboard.sentence(why) + " Says " + by + ".");
    }

    void tick() {
        for (var each : List.copyOf(unacknowledged.entrySet())) {
            if (desk.now().isBefore(each.getValue().plus(when.slowAfter()))) {
                // The ones behind it are younger.
                break;
            }
            unacknowledged.remove(each.getKey());
            var route = desk.state().findRoute(each.getKey());
            if (route instanceof Route.Sent sent) {
                odd(
                        Kind.BROKER,
                        sent.body().broker().toString(),
                        Measure.SLOW,
                        when.brokerSlow(),
                        each.getKey(),
                        desk.now());
            }
        }
        for (var breaker : desk.state().breakers()) {
            if (breaker.kind() == Kind.BROKER
                    && breaker.state() == Breaker.State.OPEN
                    && !desk.now().isBefore(breaker.since().plus(when.openFor()))) {
                var of = of(breaker.kind(), breaker.of());
                move(
                        of,
                        Breaker.State.HALF_OPEN,
                        "left alone for " + when.openFor().toSeconds() + " seconds",
                        ENGINE);
                desk.switchboard()
                        .release(
                                scope(of),
                                Breaker.named(of.kind, of.of),
                                "it is tried again",
                                Breaker.named(of.kind, of.of));
            }
        }
        if (when.strategyLosses() > 0 && !desk.now().isBefore(looked.plus(LOOK))) {
            looked = desk.now();
            losses();
        }
    }

    /** A broker that is tried again gets no more than a few orders until it has answered for them. */
    boolean hasEnough(BrokerId broker) {
        return isTriedAgain(broker) && of(Kind.BROKER, broker.toString()).tried >= when.probes();
    }

    private boolean isTriedAgain(BrokerId broker) {
        return state(of(Kind.BROKER, broker.toString())) == Breaker.State.HALF_OPEN;
    }

    /**
     * Why this broker has the next order whatever it costs, null if it does not: without orders nobody would ever learn
     * whether it works again.
     */
    @Nullable
    String probe(BrokerId broker) {
        if (!isTriedAgain(broker) || hasEnough(broker)) {
            return null;
        }
        return broker + " is tried again: order " + (of(Kind.BROKER, broker.toString()).tried + 1) + " of "
                + when.probes() + ".";
    }

    boolean anyTried() {
        return desk.state().breakers().stream().anyMatch(each -> each.state() == Breaker.State.HALF_OPEN);
    }

    void reset(Input.BreakerResetRequested input) {
        var breaker = desk.state().breaker(input.breakerId());
        if (breaker == null) {
            desk.refuse(
                    input,
                    Refusal.UNKNOWN_BREAKER,
                    "No breaker " + input.breakerId() + " was ever open. Look it up with GET /breakers.");
        } else if (breaker.state() == Breaker.State.CLOSED) {
            desk.refuse(input, Refusal.NOTHING_TO_REOPEN, input.breakerId() + " is closed: nothing is to be reset.");
        } else {
            var of = of(breaker.kind(), breaker.of());
            of.trip = null;
            move(of, Breaker.State.CLOSED, input.reason(), input.actor());
            desk.switchboard()
                    .release(scope(of), Breaker.named(breaker.kind(), breaker.of()), input.reason(), input.actor());
            desk.switchboard().retry();
            desk.answer(input, new Effect.Outcome.Done());
        }
    }

    // After a restart

    void recover() {
        stakes();
        var noted = desk.state().noted();
        noted.forEach((id, all) -> {
            var of = of(id);
            all.forEach(each -> of.moments
                    .computeIfAbsent(each.measure(), _ -> new ArrayDeque<>())
                    .addLast(each.at()));
        });
        var orders = new ArrayList<Moment>();
        var executions = new ArrayList<Moment>();
        for (var work : desk.state().orders()) {
            var strategy = of(Kind.STRATEGY, work.order.body().terms().strategy());
            var from = since(strategy);
            for (var id : work.routes) {
                var body = desk.state().route(id).body();
                if (!body.sentAt().isBefore(from)) {
                    orders.add(new Moment(strategy, body.sentAt()));
                }
                for (var each = body.newest(); each != null; each = each.earlier()) {
                    if (each.filledAt() != null && !each.filledAt().isBefore(from)) {
                        executions.add(new Moment(strategy, each.filledAt()));
                    }
                }
            }
        }
        restore(orders, Measure.ORDERS);
        restore(executions, Measure.EXECUTIONS);
        triedAgain(noted);
        desk.brake().showBreakers(desk.state().breakers());
    }

    private record Moment(Counts of, Instant at) {}

    private static void restore(List<Moment> moments, Measure measure) {
        moments.sort(Comparator.comparing(Moment::at));
        moments.forEach(each -> each.of()
                .moments
                .computeIfAbsent(measure, _ -> new ArrayDeque<>())
                .addLast(each.at()));
    }

    /** What counted before it moved last does not count any more, and nothing counts for longer than is kept. */
    private Instant since(Counts of) {
        var breaker = desk.state().breaker(Breaker.id(of.kind, of.of));
        var oldest = desk.now().minus(BreakerBook.KEPT);
        return breaker == null || breaker.since().isBefore(oldest) ? oldest : breaker.since();
    }

    /** The orders that brokers have not acknowledged, and what those that are tried again have got and answered. */
    private void triedAgain(Map<String, List<BreakerBook.Noted>> noted) {
        for (var work : desk.state().orders()) {
            for (var id : work.routes) {
                var route = desk.state().route(id);
                var broker = of(Kind.BROKER, route.body().broker().toString());
                var breaker = desk.state().breaker(Breaker.id(broker.kind, broker.of));
                var silent = noted.getOrDefault(Breaker.id(broker.kind, broker.of), List.of()).stream()
                        .anyMatch(each -> each.measure() == Measure.SLOW && id.equals(each.about()));
                if (route instanceof Route.Sent && !silent) {
                    unacknowledged.put(id, desk.now());
                }
                if (breaker != null
                        && breaker.state() == Breaker.State.HALF_OPEN
                        && !route.body().sentAt().isBefore(breaker.since())
                        && !Brake.NEVER_LEFT.equals(route.body().rejectReason())) {
                    broker.tried++;
                    if (route instanceof Route.Sent) {
                        broker.trying.add(id);
                    } else {
                        broker.passed++;
                        tripped = true;
                    }
                }
            }
        }
    }

    private Counts of(String breakerId) {
        var dash = breakerId.indexOf('=');
        return of(
                Kind.valueOf(breakerId.substring(0, dash).toUpperCase(java.util.Locale.ROOT)),
                breakerId.substring(dash + 1));
    }

    // What a strategy loses

    /** After a restart: what was executed today is what the orders have. */
    private void stakes() {
        var day = desk.state().day();
        for (var work : desk.state().orders()) {
            if (day != null && work.order.body().terms().businessDate().equals(day.date())) {
                stake(work);
            }
        }
    }

    private void stake(State.Work work) {
        if (when.strategyLosses() == 0) {
            return;
        }
        var body = work.order.body();
        var terms = body.terms();
        var sign = BigDecimal.valueOf(terms.side().sign());
        var now = new Part(body.executed().value().multiply(sign), body.value().multiply(sign));
        var before = parts.put(body.orderId(), now);
        var units = before == null ? now.units() : now.units().subtract(before.units());
        var cost = before == null ? now.cost() : now.cost().subtract(before.cost());
        stakes.computeIfAbsent(terms.strategy(), each -> new LinkedHashMap<>())
                .merge(
                        terms.instrument(),
                        new Stake(units, cost, terms.currency()),
                        (one, more) -> new Stake(
                                one.units().add(more.units()), one.cost().add(more.cost()), one.currency()));
    }

    private void losses() {
        var base = desk.stakes().exposures().base();
        for (var each : stakes.entrySet()) {
            var of = of(Kind.STRATEGY, each.getKey());
            var loss = loss(each.getValue(), base);
            if (loss.compareTo(when.loss()) <= 0) {
                // In a row: one bad tick is forgotten with the next good one.
                of.moments.remove(Measure.LOSSES);
            } else if (count(of, Measure.LOSSES, desk.now(), Duration.ofDays(1)) >= when.strategyLosses()) {
                trip(
                        of,
                        "it has lost "
                                + loss.setScale(2, java.math.RoundingMode.HALF_UP)
                                        .toPlainString() + " " + base + " today, "
                                + when.loss().toPlainString() + " are allowed");
            }
        }
    }

    /** What nobody can price or convert is left out: its orders are refused for that reason anyway. */
    private BigDecimal loss(Map<InstrumentId, Stake> of, Currency base) {
        var loss = BigDecimal.ZERO;
        for (var each : of.entrySet()) {
            var stake = each.getValue();
            @Nullable Price mid = desk.market().mid(each.getKey());
            var rate = desk.reference().fxRate(stake.currency(), base).orElse(null);
            if (mid != null && rate != null) {
                loss = loss.add(stake.cost()
                        .subtract(stake.units().multiply(mid.value()))
                        .multiply(rate));
            }
        }
        return loss;
    }

    List<Breaker> all() {
        return new ArrayList<>(desk.state().breakers());
    }
}
