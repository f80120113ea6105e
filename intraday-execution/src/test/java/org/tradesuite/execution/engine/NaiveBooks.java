package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.ExecutionReport;
import org.tradesuite.execution.order.ExternalOrder;
import org.tradesuite.execution.order.Route;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Side;

/**
 * A test oracle: a second implementation of what the engine's quantities, positions and cash have to be, plain, slow
 * and taken from the messages alone. It keeps one list of fills and adds all of them up again at every question. It
 * shares no code with the orders, the book or the journal.
 *
 * <p>One thing it is told: at which tick the desk found the order that a waiting execution belongs to, because within a
 * tick the desk may send that order before or after it looks. Whether it may find it, and has to, is judged here.
 */
final class NaiveBooks {

    /** What left for a broker as a new order. */
    private record Sent(String routeId, String orderId, BrokerId broker, Side side) {}

    private record Key(BrokerId broker, LocalDate tradeDate, String execId) {}

    /** An order that nobody gave. */
    private static final class External {
        final String id;
        final BrokerId broker;
        final LocalDate tradeDate;
        final Side side;
        final String clOrdId;
        final @Nullable String symbol;
        final Instant waitsUntil;
        boolean waited;

        /** One person's word for it. */
        @Nullable
        AccountId said;

        @Nullable
        String saidBy;

        @Nullable
        AccountId claimedFor;

        @Nullable
        Sent ours;

        External(String id, BrokerId broker, ExecutionReport report, @Nullable String symbol, Instant waitsUntil) {
            this.id = id;
            this.broker = broker;
            this.tradeDate = report.tradeDate();
            this.side = Objects.requireNonNull(report.side());
            this.clOrdId = Objects.requireNonNull(report.clOrdId());
            this.symbol = symbol;
            this.waitsUntil = waitsUntil;
        }

        boolean isKnownInstrument() {
            return "VOD".equals(symbol);
        }

        /** Null for nowhere. */
        @Nullable
        AccountId account() {
            if (claimedFor != null) {
                return claimedFor;
            }
            return waited && isKnownInstrument() ? House.SUSPENSE : null;
        }
    }

    /** How an ExecID looked that came for an order nobody gave. */
    private record Look(External of, ExecutionReport report) {}

    /** What the broker answered last about an order: CumQty and AvgPx. */
    private record Answer(BigDecimal cumulative, @Nullable BigDecimal average, Instant time) {}

    /** From which to which CumQty nothing was reported, and when the broker said so. */
    private record Stretch(BigDecimal above, BigDecimal to, Instant time) {}

    private static final class Fill {
        @Nullable
        Sent route;

        final @Nullable External external;

        /** Null as long as the engine has not said under which id it books what it infers. */
        @Nullable
        Key key;

        String root;
        final BigDecimal quantity;
        final BigDecimal price;
        final Instant time;
        final @Nullable Stretch inferred;
        boolean standing = true;

        Fill(
                @Nullable Sent route,
                @Nullable External external,
                @Nullable Key key,
                String root,
                BigDecimal quantity,
                BigDecimal price,
                Instant time,
                @Nullable Stretch inferred) {
            this.route = route;
            this.external = external;
            this.key = key;
            this.root = root;
            this.quantity = quantity;
            this.price = price;
            this.time = time;
            this.inferred = inferred;
        }

        @Nullable
        AccountId account() {
            return route != null
                    ? House.ACCOUNT
                    : Objects.requireNonNull(external).account();
        }

        BrokerId broker() {
            return route != null ? route.broker() : Objects.requireNonNull(external).broker;
        }

        Side side() {
            return route != null ? route.side() : Objects.requireNonNull(external).side;
        }

        String order() {
            return route != null ? route.orderId() : Objects.requireNonNull(external).id;
        }

        BigDecimal gross() {
            return cents(quantity.multiply(price));
        }

        BigDecimal charges() {
            return rate(broker(), gross()).add(fee(gross()));
        }

        BigDecimal units() {
            return side() == Side.BUY ? quantity : quantity.negate();
        }

        BigDecimal money() {
            return (side() == Side.BUY ? gross().negate() : gross()).subtract(charges());
        }
    }

    private record Adjusted(AccountId account, BigDecimal by) {}

    private final Map<String, Sent> routes = new HashMap<>();
    private final Map<Key, @Nullable Look> seen = new HashMap<>();
    private final List<External> externals = new ArrayList<>();
    private final Map<BrokerId, Integer> given = new HashMap<>();
    private final List<Fill> fills = new ArrayList<>();
    private final Map<String, Adjusted> byTrade = new HashMap<>();
    private @Nullable LocalDate forgottenTo;
    private final Map<String, Answer> answers = new HashMap<>();
    /**
     * What is left of inferred fills of which a part was reported, until the engine says that it has it too, by route.
     */
    private final Map<String, Deque<Fill>> rests = new HashMap<>();

    // The firm of House: ALFA takes 2 basis points, BRAVO 4, at least 5.00 a trade; the market 1 basis point.

    private static BigDecimal cents(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_UP);
    }

    private static BigDecimal rate(BrokerId broker, BigDecimal gross) {
        return cents(gross.multiply(new BigDecimal(broker.equals(House.ALFA) ? "0.0002" : "0.0004")));
    }

    private static BigDecimal fee(BigDecimal gross) {
        return cents(gross.multiply(new BigDecimal("0.0001")));
    }

    // What happens

    void sent(Effect.SendNewOrder order) {
        var routeId = order.terms().routeId();
        routes.put(
                routeId,
                new Sent(
                        routeId,
                        routeId.substring(0, routeId.indexOf('-')),
                        order.broker(),
                        order.terms().side()));
    }

    void hears(BrokerId broker, ExecutionReport report, ExternalOrder.Named named, Instant now) {
        var route = route(broker, report.clOrdId());
        if (route == null) {
            route = route(broker, report.origClOrdId());
        }
        assertThat(rests).as("not inferred").isEmpty();
        if (report.execType() == ExecType.ORDER_STATUS
                && route != null
                && report.cumQuantity() != null
                && !"NONE".equals(report.brokerOrderId())) {
            answers.put(
                    route.routeId(),
                    new Answer(
                            report.cumQuantity().value(),
                            report.averagePrice() == null
                                    ? null
                                    : report.averagePrice().value(),
                            report.transactTime()));
        }
        if (!executes(report)
                && report.execType() != ExecType.TRADE_CANCEL
                && report.execType() != ExecType.TRADE_CORRECT) {
            return;
        }
        var key = new Key(broker, report.tradeDate(), report.execId());
        if (seen.containsKey(key)) {
            if (route != null) {
                mayBeOf(route, seen.get(key), report);
            }
            return;
        }
        if (route == null && isForgotten(report)) {
            seen.put(key, null);
        } else if (route == null) {
            stray(broker, report, named, now, key);
        } else {
            book(route, report, key);
        }
    }

    /** An execution of days whose ExecIDs nobody remembers: it may have been booked. */
    private boolean isForgotten(ExecutionReport report) {
        return executes(report) && forgottenTo != null && !report.tradeDate().isAfter(forgottenTo);
    }

    private static boolean executes(ExecutionReport report) {
        return report.execType() == ExecType.TRADE
                || ((report.execType() == ExecType.FILL || report.execType() == ExecType.PARTIAL_FILL)
                        && report.lastQuantity() != null
                        && !report.lastQuantity().isZero());
    }

    /** Of an order we gave. */
    private void book(Sent route, ExecutionReport report, Key key) {
        var meant = report.execType() == ExecType.TRADE ? null : meant(route, null, report.execRefId());
        if (report.execType() == ExecType.TRADE_CANCEL) {
            if (meant != null) {
                seen.put(key, null);
                meant.standing = false;
            }
            return;
        }
        if (report.lastQuantity() == null || report.lastQuantity().isZero() || report.lastPrice() == null) {
            return;
        }
        var quantity = report.lastQuantity().value();
        var price = report.lastPrice().value();
        if (executes(report)) {
            if (report.side() == null || report.side() == route.side()) {
                seen.put(key, null);
                var counted = report.cumQuantity();
                takesThePlaceOfOneInferred(
                        route,
                        new Fill(route, null, key, report.execId(), quantity, price, report.transactTime(), null),
                        counted == null ? null : counted.value());
            }
        } else if (meant != null) {
            seen.put(key, null);
            meant.standing = false;
            fills.add(new Fill(route, null, key, meant.root, quantity, price, report.transactTime(), null));
        }
    }

    /** The newest inferred fill that the execution belongs into is one no more; what is left of it is inferred anew. */
    private void takesThePlaceOfOneInferred(Sent route, Fill reported, @Nullable BigDecimal counted) {
        var standIn = fills.reversed().stream()
                .filter(fill -> fill.standing && route.equals(fill.route) && isWithin(fill.inferred, reported, counted))
                .findFirst()
                .orElse(null);
        fills.add(reported);
        if (standIn == null) {
            return;
        }
        standIn.standing = false;
        var left = standIn.quantity.subtract(reported.quantity);
        if (left.signum() <= 0) {
            return;
        }
        var worth = standIn.quantity.multiply(standIn.price).subtract(reported.quantity.multiply(reported.price));
        var price = worth.divide(left, 10, RoundingMode.HALF_EVEN);
        var off = price.subtract(standIn.price).abs();
        if (price.signum() > 0 && off.compareTo(standIn.price.multiply(new BigDecimal("0.1"))) <= 0) {
            var rest = new Fill(route, null, null, "", left, price, standIn.time, standIn.inferred);
            fills.add(rest);
            rests.computeIfAbsent(route.routeId(), _ -> new ArrayDeque<>()).add(rest);
        }
    }

    private static boolean isWithin(@Nullable Stretch stretch, Fill reported, @Nullable BigDecimal counted) {
        if (stretch == null) {
            return false;
        }
        return counted == null
                ? !reported.time.isAfter(stretch.time())
                : counted.compareTo(stretch.to()) <= 0 && counted.compareTo(stretch.above()) > 0;
    }

    /** The engine booked an execution that nobody reported: it has to follow from what the broker said. */
    void inferred(String routeId, Route.Filled fill) {
        var route = Objects.requireNonNull(routes.get(routeId));
        var gap = Objects.requireNonNull(fill.gap());
        var quantity = fill.quantity().value();
        var price = fill.price().value();
        var expected = rest(routeId);
        if (expected == null) {
            var answer = Objects.requireNonNull(answers.get(routeId));
            var before = executedOfRoute(routeId);
            assertThat(before.add(quantity)).as("CumQty").isEqualByComparingTo(answer.cumulative());
            assertThat(valueOfRoute(routeId)
                            .add(quantity.multiply(price))
                            .divide(answer.cumulative(), 6, RoundingMode.HALF_EVEN))
                    .as("AvgPx")
                    .isEqualByComparingTo(
                            Objects.requireNonNull(answer.average()).setScale(6, RoundingMode.HALF_EVEN));
            expected = new Fill(
                    route,
                    null,
                    null,
                    fill.execId(),
                    quantity,
                    price,
                    answer.time(),
                    new Stretch(before, answer.cumulative(), answer.time()));
            fills.add(expected);
        }
        var stretch = Objects.requireNonNull(expected.inferred);
        assertThat(quantity).isEqualByComparingTo(expected.quantity);
        assertThat(price).isEqualByComparingTo(expected.price);
        assertThat(gap.above().value()).isEqualByComparingTo(stretch.above());
        assertThat(gap.to().value()).isEqualByComparingTo(stretch.to());
        var key = new Key(route.broker(), fill.tradeDate(), fill.execId());
        assertThat(seen).as("inferred twice: " + fill.execId()).doesNotContainKey(key);
        seen.put(key, null);
        expected.key = key;
        expected.root = fill.execId();
    }

    private @Nullable Fill rest(String routeId) {
        var ofRoute = rests.get(routeId);
        if (ofRoute == null) {
            return null;
        }
        var rest = ofRoute.remove();
        if (ofRoute.isEmpty()) {
            rests.remove(routeId);
        }
        return rest;
    }

    /** Of none we know. */
    private void stray(BrokerId broker, ExecutionReport report, ExternalOrder.Named named, Instant now, Key key) {
        var order = external(broker, report, named.symbol());
        if (order == null && !executes(report)) {
            order = externalOf(broker, report);
        }
        if (order != null && order.ours != null) {
            if (routes.containsKey(order.ours.routeId())) {
                book(order.ours, report, key);
            } else {
                seen.put(key, null);
            }
            return;
        }
        var says = report.lastQuantity() != null && !report.lastQuantity().isZero() && report.lastPrice() != null;
        if (order == null) {
            if (!executes(report) || report.side() == null || !says) {
                seen.put(key, null);
                return;
            }
            var number = given.merge(broker, 1, Integer::sum);
            order = new External("X-" + broker + "-" + number, broker, report, named.symbol(), now.plusSeconds(5));
            externals.add(order);
        }
        var meant = executes(report) ? null : meant(null, order, report.execRefId());
        if (!executes(report) && meant == null) {
            return;
        }
        if (report.execType() == ExecType.TRADE_CANCEL) {
            seen.put(key, new Look(order, report));
            Objects.requireNonNull(meant).standing = false;
        } else if (says && !(meant != null && hasExecution(order, key))) {
            seen.put(key, new Look(order, report));
            if (meant != null) {
                meant.standing = false;
            }
            fills.add(new Fill(
                    null,
                    order,
                    key,
                    meant == null ? report.execId() : meant.root,
                    Objects.requireNonNull(report.lastQuantity()).value(),
                    Objects.requireNonNull(report.lastPrice()).value(),
                    report.transactTime(),
                    null));
        }
    }

    private boolean hasExecution(External order, Key key) {
        return fills.stream().anyMatch(fill -> order.equals(fill.external) && key.equals(fill.key));
    }

    /**
     * What came before for an order nobody gave now comes for one of ours: with all there is of it, if it is the same.
     */
    private void mayBeOf(Sent route, @Nullable Look look, ExecutionReport report) {
        if (look == null
                || !externals.contains(look.of())
                || look.of().ours != null
                || look.of().claimedFor != null
                || look.of().side != route.side()
                || (report.side() != null && report.side() != route.side())) {
            return;
        }
        var before = look.report();
        var same = kind(before) == kind(report)
                && (kind(report) == 'H'
                        || (Objects.equals(before.lastQuantity(), report.lastQuantity())
                                && Objects.equals(before.lastPrice(), report.lastPrice())
                                && before.transactTime().equals(report.transactTime())));
        if (same) {
            become(look.of(), route);
        }
    }

    private static char kind(ExecutionReport report) {
        return switch (report.execType()) {
            case TRADE_CANCEL -> 'H';
            case TRADE_CORRECT -> 'G';
            default -> 'F';
        };
    }

    private void become(External order, Sent route) {
        order.ours = route;
        var itsFills = fills.stream()
                .filter(fill -> order.equals(fill.external) && fill.standing)
                .toList();
        fills.removeAll(itsFills);
        for (var fill : itsFills) {
            var key = Objects.requireNonNull(fill.key);
            fill.route = route;
            fill.root = key.execId();
            seen.put(key, null);
            takesThePlaceOfOneInferred(route, fill, null);
        }
    }

    /** The tick at which the desk found the route of a waiting execution. */
    void turnedUp(String externalId, String routeId, Instant now) {
        var order = external(externalId);
        var route = Objects.requireNonNull(routes.get(routeId), routeId);
        assertThat(order.waited || order.claimedFor != null || order.ours != null)
                .as(externalId)
                .isFalse();
        assertThat(now).isAfterOrEqualTo(order.waitsUntil);
        assertThat(order.clOrdId).startsWith(routeId + "-");
        assertThat(route.broker()).isEqualTo(order.broker);
        assertThat(route.side()).isEqualTo(order.side);
        become(order, route);
    }

    /** Orders that nobody gave and whose route is there already. */
    Set<String> toTurnUp() {
        var ids = new HashSet<String>();
        for (var order : externals) {
            var route = route(order.broker, order.clOrdId);
            if (!order.waited
                    && order.claimedFor == null
                    && order.ours == null
                    && route != null
                    && route.side() == order.side) {
                ids.add(order.id);
            }
        }
        return ids;
    }

    /** A tick is over. */
    void passed(Instant now, Set<String> hadTurnedUp) {
        for (var order : externals) {
            if (!order.waited && order.ours == null && !now.isBefore(order.waitsUntil)) {
                assertThat(hadTurnedUp).as("its route was there").doesNotContain(order.id);
                order.waited = true;
            }
        }
    }

    /** Whether the person may say so; when another says the same, the account gets it. */
    boolean claims(String externalId, AccountId account, String who) {
        var order = externals.stream()
                .filter(each -> each.id.equals(externalId))
                .findFirst()
                .orElse(null);
        if (order == null || order.ours != null) {
            return false;
        }
        if (order.claimedFor != null) {
            return order.isKnownInstrument() && order.claimedFor.equals(account);
        }
        if (!order.isKnownInstrument()
                || fills.stream().noneMatch(fill -> fill.standing && order.equals(fill.external))) {
            return false;
        }
        if (!account.equals(order.said)) {
            order.said = account;
            order.saidBy = who;
            return true;
        }
        if (who.equals(order.saidBy)) {
            return false;
        }
        order.claimedFor = account;
        return true;
    }

    /** Ids of the orders nobody gave, those forgotten since not among them. */
    List<String> externals() {
        return externals.stream().map(order -> order.id).toList();
    }

    private External external(String id) {
        return externals.stream()
                .filter(order -> order.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + " is not known"));
    }

    private @Nullable External external(BrokerId broker, ExecutionReport report, @Nullable String symbol) {
        for (var order : externals) {
            if (order.broker.equals(broker)
                    && order.tradeDate.equals(report.tradeDate())
                    && order.side == report.side()
                    && order.clOrdId.equals(report.clOrdId())
                    && Objects.equals(order.symbol, symbol)) {
                return order;
            }
        }
        return null;
    }

    /** By the ExecID that is taken back, else the newest of its ClOrdID that has such an execution. */
    private @Nullable External externalOf(BrokerId broker, ExecutionReport report) {
        var execRefId = report.execRefId();
        if (execRefId == null) {
            return null;
        }
        var look = seen.get(new Key(broker, report.tradeDate(), execRefId));
        if (look != null && externals.contains(look.of())) {
            return look.of();
        }
        for (var order : externals.reversed()) {
            if (order.broker.equals(broker)
                    && order.clOrdId.equals(report.clOrdId())
                    && (order.ours != null || meant(null, order, execRefId) != null)) {
                return order;
            }
        }
        return null;
    }

    private @Nullable Sent route(BrokerId broker, @Nullable String clOrdId) {
        if (clOrdId == null || clOrdId.lastIndexOf('-') < 0) {
            return null;
        }
        var route = routes.get(clOrdId.substring(0, clOrdId.lastIndexOf('-')));
        return route != null && route.broker().equals(broker) ? route : null;
    }

    /** The standing fill of that ExecID, else the last of those that came from it by corrections. */
    private @Nullable Fill meant(@Nullable Sent route, @Nullable External external, @Nullable String execId) {
        var candidates = fills.reversed().stream()
                .filter(fill -> fill.standing
                        && (route != null ? route.equals(fill.route) : fill.route == null && external == fill.external))
                .toList();
        return candidates.stream()
                .filter(fill -> fill.key != null && fill.key.execId().equals(execId))
                .findFirst()
                .or(() -> candidates.stream()
                        .filter(fill -> fill.root.equals(execId))
                        .findFirst())
                .orElse(null);
    }

    /** Nobody remembers the order: what is still said about it is booked nowhere, and what was booked stays. */
    void forgotten(Predicate<String> orders, Predicate<String> external, @Nullable LocalDate to) {
        routes.values().removeIf(route -> orders.test(route.orderId()));
        for (var order : externals) {
            if (external.test(order.id)) {
                var settled = order.claimedFor != null
                        || (order.ours != null && !routes.containsKey(order.ours.routeId()))
                        || fills.stream().noneMatch(fill -> fill.standing && order.equals(fill.external));
                assertThat(settled).as(order.id + " was seen to").isTrue();
            }
        }
        externals.removeIf(order -> external.test(order.id));
        if (to != null) {
            forgottenTo = to;
            seen.keySet().removeIf(key -> !key.tradeDate().isAfter(to));
        }
    }

    /**
     * The trade is charged as a whole: what its fills were charged one by one is made good, once however often it is
     * sent.
     */
    void allocated(String tradeId, AccountId account, BigDecimal difference) {
        byTrade.put(tradeId, new Adjusted(account, difference));
    }

    // What it comes to

    BigDecimal executedOfRoute(String routeId) {
        return sum(fill -> isOf(fill, routeId) ? fill.quantity : BigDecimal.ZERO);
    }

    BigDecimal valueOfRoute(String routeId) {
        return sum(fill -> isOf(fill, routeId) ? fill.quantity.multiply(fill.price) : BigDecimal.ZERO);
    }

    private static boolean isOf(Fill fill, String routeId) {
        return fill.route != null && fill.route.routeId().equals(routeId);
    }

    BigDecimal executedOfOrder(String orderId) {
        return sum(fill -> fill.order().equals(orderId) ? fill.quantity : BigDecimal.ZERO);
    }

    /** Beyond what was held in the morning. */
    BigDecimal position(AccountId account) {
        return sum(fill -> account.equals(fill.account()) ? fill.units() : BigDecimal.ZERO);
    }

    /** Beyond what was there in the morning. */
    BigDecimal cash(AccountId account) {
        return sum(fill -> account.equals(fill.account()) ? fill.money() : BigDecimal.ZERO)
                .add(byTrade.values().stream()
                        .filter(adjusted -> adjusted.account().equals(account))
                        .map(Adjusted::by)
                        .reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    /** What the fills of these orders with a broker on a side were charged, and what their trade has to be charged. */
    record Charged(BigDecimal byFills, BigDecimal byTrade, BigDecimal quantity) {}

    Charged charged(Set<String> orderIds, AccountId account, BrokerId broker, Side side) {
        var byFills = BigDecimal.ZERO;
        var quantity = BigDecimal.ZERO;
        var turnover = BigDecimal.ZERO;
        for (var fill : fills) {
            if (fill.standing
                    && orderIds.contains(fill.order())
                    && account.equals(fill.account())
                    && fill.broker().equals(broker)
                    && fill.side() == side) {
                byFills = byFills.add(fill.charges());
                quantity = quantity.add(fill.quantity);
                turnover = turnover.add(fill.quantity.multiply(fill.price));
            }
        }
        var gross = cents(turnover);
        return new Charged(
                byFills, rate(broker, gross).max(new BigDecimal("5.00")).add(fee(gross)), quantity);
    }

    private interface Part {
        BigDecimal of(Fill fill);
    }

    private BigDecimal sum(Part part) {
        var sum = BigDecimal.ZERO;
        for (var fill : fills) {
            if (fill.standing) {
                sum = sum.add(part.of(fill));
            }
        }
        return sum;
    }
}
