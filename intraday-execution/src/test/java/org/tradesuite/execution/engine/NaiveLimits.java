package org.tradesuite.execution.engine;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.Execution;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.order.Route;
import org.tradesuite.execution.reference.Limit;
import org.tradesuite.execution.reference.LimitScope;
import org.tradesuite.execution.reference.MarginType;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Price;
import org.tradesuite.market.Side;

/**
 * What everybody has at stake, by walking all orders, their routes and their executions from scratch: the second, naive
 * computation beside {@code Exposures} and {@code Book}. It knows neither of them.
 */
final class NaiveLimits {

    /** What a limit is measured by, and up to where it may go. */
    record Measure(BigDecimal measured, BigDecimal limit) {}

    /** An order that may still trade: at most so much, at most at that price. */
    private record Open(ParentOrder.Terms terms, Currency currency, BigDecimal leaves, BigDecimal value) {}

    private record Traded(
            ParentOrder.Terms terms, Currency currency, BigDecimal quantity, BigDecimal price, LocalDate day) {}

    private record AtBroker(BrokerId broker, Currency currency, BigDecimal value) {}

    private final ReferenceData reference;
    private final LocalDate today;
    private final Currency base;
    private final Map<InstrumentId, BigDecimal> marks;
    private final boolean atMost;
    private final List<Open> open = new ArrayList<>();
    private final List<Traded> traded = new ArrayList<>();
    private final List<AtBroker> atBrokers = new ArrayList<>();

    /**
     * @param atMost all that works at the dearest price of any part of it, which it cannot be worth; else what it is worth
     *     at most
     */
    NaiveLimits(
            ReferenceData reference,
            LocalDate today,
            Map<InstrumentId, BigDecimal> marks,
            State state,
            boolean atMost) {
        this.reference = reference;
        this.today = today;
        this.base = Currency.GBP;
        this.marks = marks;
        this.atMost = atMost;
        for (var work : state.orders()) {
            walk(
                    work,
                    work.routes.stream().map(state::route).toList(),
                    state.heldAmendment(work.order.body().orderId()));
        }
    }

    private void walk(State.Work work, List<Route> routes, @Nullable HeldAmendment asked) {
        var body = work.order.body();
        var terms = body.terms();
        var executed = BigDecimal.ZERO;
        var outstanding = BigDecimal.ZERO;
        var outstandingValue = BigDecimal.ZERO;
        var dearer = BigDecimal.ZERO;
        var price = body.limit() != null ? body.limit().value() : atMarket(terms);
        var dearest = price;
        for (var route : routes) {
            for (Execution each = route.body().newest(); each != null; each = each.earlier()) {
                if (each.live()) {
                    executed = executed.add(each.quantity().value());
                    traded.add(new Traded(
                            terms,
                            terms.currency(),
                            each.quantity().value(),
                            each.price().value(),
                            terms.businessDate()));
                }
            }
            var leaves = leaves(route);
            var alternatives = alternatives(route, price);
            var value = value(alternatives);
            outstanding = outstanding.add(leaves);
            outstandingValue = outstandingValue.add(value);
            for (var each : alternatives) {
                dearest = dearest.max(each.price());
            }
            dearer = dearer.add(dearerThan(price, alternatives));
            if (leaves.signum() > 0) {
                atBrokers.add(new AtBroker(
                        route.body().broker(),
                        terms.currency(),
                        body.limit() == null
                                ? leaves.multiply(
                                        price(route.body().price(), route.body().mid(), price))
                                : value));
            }
        }
        var wanted = work.order.ended()
                ? BigDecimal.ZERO
                : body.quantity().value().subtract(executed).max(BigDecimal.ZERO);
        // What it shall become, or what brokers may still do under its old terms: whichever is more.
        var leaves = wanted.max(outstanding);
        var value = wanted.multiply(price).add(dearer).max(outstandingValue);
        if (asked != null) {
            // Or what it becomes if somebody lets that pass.
            var askedFor = (asked.quantity() == null
                            ? body.quantity().value()
                            : asked.quantity().value())
                    .subtract(executed)
                    .max(BigDecimal.ZERO);
            var askedPrice = price(asked.limit(), null, price);
            leaves = leaves.max(askedFor);
            value = value.max(askedFor.multiply(askedPrice));
            dearest = dearest.max(askedPrice);
        }
        if (leaves.signum() > 0) {
            if (atMost) {
                value = leaves.multiply(dearest);
            }
            open.add(new Open(terms, terms.currency(), leaves, value));
        }
    }

    private static BigDecimal atMarket(ParentOrder.Terms terms) {
        var touch = terms.side() == Side.BUY ? terms.arrivalAsk() : terms.arrivalBid();
        return Objects.requireNonNull(terms.decisionPrice())
                .value()
                .max(Objects.requireNonNull(touch).value());
    }

    /** What a broker may still execute: as it is or as it was asked to become, before anybody has answered. */
    private static BigDecimal leaves(Route route) {
        var body = route.body();
        var most =
                route instanceof Route.Ended ? BigDecimal.ZERO : body.quantity().value();
        if (!(route instanceof Route.Ended) || route.filled()) {
            for (var request : body.pending()) {
                most = request.quantity() == null
                        ? most
                        : most.max(request.quantity().value());
            }
        }
        most = most.max(body.brokerCumulative().value());
        return most.subtract(body.cumulative().value()).max(BigDecimal.ZERO);
    }

    /** What a broker may have of an order: as it is, or as one of the replaces would make it that nobody has answered. */
    private record Alternative(BigDecimal leaves, BigDecimal price) {}

    private static List<Alternative> alternatives(Route route, BigDecimal otherwise) {
        var body = route.body();
        var executed = body.cumulative().value();
        var all = new ArrayList<Alternative>();
        var now = price(body.price(), null, otherwise);
        all.add(new Alternative(route.live() ? body.remainder().value() : BigDecimal.ZERO, now));
        all.add(new Alternative(
                body.brokerCumulative().value().subtract(executed).max(BigDecimal.ZERO), now));
        for (var request : body.pending()) {
            if (request.quantity() != null && (route.live() || route.filled())) {
                all.add(new Alternative(
                        request.quantity().value().subtract(executed).max(BigDecimal.ZERO),
                        price(request.price(), null, otherwise)));
            }
        }
        return all;
    }

    /** The most that a route is worth. */
    private static BigDecimal value(List<Alternative> alternatives) {
        return most(alternatives, each -> each.leaves().multiply(each.price()));
    }

    /** By how much dearer a route may be than at the order's price. */
    private static BigDecimal dearerThan(BigDecimal price, List<Alternative> alternatives) {
        return most(alternatives, each -> each.leaves().multiply(each.price().subtract(price)))
                .max(BigDecimal.ZERO);
    }

    private static BigDecimal most(List<Alternative> alternatives, Function<Alternative, BigDecimal> of) {
        return alternatives.stream().map(of).reduce(BigDecimal.ZERO, BigDecimal::max);
    }

    private static BigDecimal price(@Nullable Price first, @Nullable Price second, BigDecimal otherwise) {
        return first != null ? first.value() : second != null ? second.value() : otherwise;
    }

    // What is measured

    /** Everything that has a limit, by a name for a person. */
    Map<String, Measure> measures() {
        var all = new TreeMap<String, Measure>();
        for (var limit : reference.limits().all()) {
            var name = limit.kind() + " " + limit.scope() + ":" + limit.scopeId();
            switch (limit.kind()) {
                case MAX_OPEN_ORDERS ->
                    all.put(name, measure(limit, BigDecimal.valueOf(open(limit).size())));
                case MAX_WORKING_NOTIONAL, MAX_VENUE_NOTIONAL -> all.put(name, measure(limit, working(limit)));
                case MAX_DAILY_NOTIONAL ->
                    all.put(name, measure(limit, working(limit).add(dealt(limit))));
                case MAX_BROKER_NOTIONAL -> all.put(name, measure(limit, atBroker(limit)));
                case MAX_POSITION_QUANTITY -> {
                    for (var instrument : marks.keySet()) {
                        var line = line(limit, instrument);
                        all.put(name + " " + instrument + " BUY", measure(limit, line.highest()));
                        all.put(
                                name + " " + instrument + " SELL",
                                measure(limit, line.lowest().negate()));
                    }
                }
                case MAX_GROSS_EXPOSURE -> all.put(name, measure(limit, gross(limit)));
                case MAX_NET_EXPOSURE -> {
                    all.put(name + " BUY", measure(limit, net(limit, Side.BUY)));
                    all.put(name + " SELL", measure(limit, net(limit, Side.SELL)));
                }
                default -> {
                    // Not about what is at stake.
                }
            }
        }
        for (var account : reference.content().accounts()) {
            if (account.marginType() == MarginType.CASH) {
                cash(account.id(), all);
                for (var instrument : marks.keySet()) {
                    var line = line(order -> order.account().equals(account.id()), account.id(), instrument);
                    all.put(
                            "SHORT " + account.id() + " " + instrument,
                            new Measure(line.lowest().negate(), BigDecimal.ZERO));
                }
            }
        }
        return all;
    }

    private Measure measure(Limit limit, BigDecimal measured) {
        return new Measure(
                limit.currency() == null ? measured : measured.multiply(rate(base, limit.currency())), limit.amount());
    }

    private List<Open> open(Limit limit) {
        return open.stream().filter(each -> falls(each.terms(), limit)).toList();
    }

    private BigDecimal working(Limit limit) {
        return open(limit).stream()
                .map(each -> each.value().multiply(rate(each.currency(), base)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private BigDecimal dealt(Limit limit) {
        return traded.stream()
                .filter(each -> each.day().equals(today) && falls(each.terms(), limit))
                .map(each -> each.quantity().multiply(each.price()).multiply(rate(each.currency(), base)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private BigDecimal atBroker(Limit limit) {
        return atBrokers.stream()
                .filter(each -> limit.scope() == LimitScope.BROKER
                        && each.broker().value().equals(limit.scopeId()))
                .map(each -> each.value().multiply(rate(each.currency(), base)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** A line and how far what works may take it. */
    private record Line(BigDecimal held, BigDecimal buys, BigDecimal sells) {
        BigDecimal highest() {
            return held.add(buys);
        }

        BigDecimal lowest() {
            return held.subtract(sells);
        }
    }

    private Line line(Limit limit, InstrumentId instrument) {
        return switch (limit.scope()) {
            // What they dealt: positions are an account's.
            case TRADER, DESK, STRATEGY -> line(order -> falls(order, limit), null, instrument);
            default -> {
                var line = new Line(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
                for (var account : accounts(limit)) {
                    var one = line(order -> order.account().equals(account), account, instrument);
                    line = new Line(
                            line.held().add(one.held()),
                            line.buys().add(one.buys()),
                            line.sells().add(one.sells()));
                }
                yield line;
            }
        };
    }

    /** @param opening whose opening position counts; nobody's if absent, and what was dealt today alone */
    private Line line(Predicate<ParentOrder.Terms> whose, @Nullable AccountId opening, InstrumentId instrument) {
        var held = BigDecimal.ZERO;
        for (var position : reference.content().openingPositions()) {
            if (position.account().equals(opening) && position.instrument().equals(instrument)) {
                held = held.add(position.quantity());
            }
        }
        for (var each : traded) {
            if (whose.test(each.terms())
                    && each.terms().instrument().equals(instrument)
                    && (opening != null || each.day().equals(today))) {
                held = held.add(signed(each.terms().side(), each.quantity()));
            }
        }
        var works = new HashMap<Side, BigDecimal>();
        for (var each : open) {
            if (whose.test(each.terms()) && each.terms().instrument().equals(instrument)) {
                works.merge(each.terms().side(), each.leaves(), BigDecimal::add);
            }
        }
        return new Line(
                held, works.getOrDefault(Side.BUY, BigDecimal.ZERO), works.getOrDefault(Side.SELL, BigDecimal.ZERO));
    }

    private BigDecimal gross(Limit limit) {
        var gross = BigDecimal.ZERO;
        for (var account : accounts(limit)) {
            for (var instrument : marks.keySet()) {
                var line = line(order -> order.account().equals(account), account, instrument);
                var reach = line.highest()
                        .abs()
                        .max(line.lowest().abs())
                        .max(line.held().abs());
                gross = gross.add(reach.multiply(unit(instrument)));
            }
        }
        return gross;
    }

    private BigDecimal net(Limit limit, Side side) {
        var net = BigDecimal.ZERO;
        for (var instrument : marks.keySet()) {
            var line = line(limit, instrument);
            net = net.add((side == Side.BUY ? line.highest() : line.lowest().negate()).multiply(unit(instrument)));
        }
        return net;
    }

    /** What an account would owe if all that it buys were bought; its sales have brought nothing yet. */
    private void cash(AccountId account, Map<String, Measure> all) {
        for (var opening : reference.content().openingCash()) {
            if (!opening.account().equals(account)) {
                continue;
            }
            var currency = opening.balance().currency();
            var balance = opening.balance().amount();
            for (var each : traded) {
                if (each.terms().account().equals(account) && each.currency().equals(currency)) {
                    balance = balance.subtract(
                            signed(each.terms().side(), each.quantity().multiply(each.price())));
                }
            }
            for (var each : open) {
                if (each.terms().account().equals(account)
                        && each.currency().equals(currency)
                        && each.terms().side() == Side.BUY) {
                    balance = balance.subtract(each.value());
                }
            }
            all.put("CASH " + account + " " + currency, new Measure(balance.negate(), BigDecimal.ZERO));
        }
    }

    /** How long, or on the other side how short, the owner of a limit may become in the instrument. */
    BigDecimal lineOf(Limit limit, InstrumentId instrument, Side side) {
        var line = line(limit, instrument);
        return side == Side.BUY ? line.highest() : line.lowest().negate();
    }

    private BigDecimal unit(InstrumentId instrument) {
        var currency = reference.instrument(instrument).orElseThrow().currency();
        return Objects.requireNonNull(marks.get(instrument)).multiply(rate(currency, base));
    }

    BigDecimal rate(Currency from, Currency to) {
        return reference.fxRate(from, to).orElseThrow();
    }

    private static BigDecimal signed(Side side, BigDecimal amount) {
        return side == Side.BUY ? amount : amount.negate();
    }

    private List<AccountId> accounts(Limit limit) {
        return reference.content().accounts().stream()
                .filter(account -> switch (limit.scope()) {
                    case ACCOUNT -> account.id().value().equals(limit.scopeId());
                    case CLIENT -> account.client().equals(limit.scopeId());
                    case PORTFOLIO -> account.portfolio().equals(limit.scopeId());
                    default -> true;
                })
                .map(account -> account.id())
                .toList();
    }

    boolean falls(ParentOrder.Terms terms, Limit limit) {
        var id = limit.scopeId();
        var account = reference.account(terms.account()).orElseThrow();
        return switch (limit.scope()) {
            case FIRM -> true;
            case CLIENT -> account.client().equals(id);
            case PORTFOLIO -> account.portfolio().equals(id);
            case ACCOUNT -> terms.account().value().equals(id);
            case STRATEGY -> terms.strategy().equals(id);
            case TRADER -> terms.trader().equals(id);
            case DESK -> reference.trader(terms.trader()).orElseThrow().desk().equals(id);
            case MARKET -> terms.mic().value().equals(id);
            case INSTRUMENT -> terms.instrument().value().equals(id);
            case ASSET_CLASS -> true;
            case BROKER -> false;
        };
    }
}
