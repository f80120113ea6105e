package org.tradesuite.execution.engine;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.ExecutionReport;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Side;

/**
 * A test oracle: a second implementation of what the engine's quantities, positions and cash have to be, plain, slow and
 * taken from the messages alone. It keeps one list of fills and adds all of them up again at every question. It shares no
 * code with the orders, the book or the journal.
 */
final class NaiveBooks {

    /** What left for a broker as a new order. */
    private record Sent(String routeId, String orderId, BrokerId broker, Side side) {}

    private record Key(BrokerId broker, LocalDate tradeDate, String execId) {}

    private static final class Fill {
        final Sent route;
        final String execId;
        final String root;
        final BigDecimal quantity;
        final BigDecimal price;
        boolean standing = true;

        Fill(Sent route, String execId, String root, BigDecimal quantity, BigDecimal price) {
            this.route = route;
            this.execId = execId;
            this.root = root;
            this.quantity = quantity;
            this.price = price;
        }

        BigDecimal gross() {
            return cents(quantity.multiply(price));
        }

        BigDecimal charges() {
            return rate(route.broker(), gross()).add(fee(gross()));
        }
    }

    private final Map<String, Sent> routes = new HashMap<>();
    private final Set<Key> seen = new HashSet<>();
    private final List<Fill> fills = new ArrayList<>();
    private BigDecimal otherCash = BigDecimal.ZERO;

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

    void hears(BrokerId broker, ExecutionReport report) {
        var route = route(broker, report.clOrdId());
        if (route == null) {
            route = route(broker, report.origClOrdId());
        }
        var quantity =
                report.lastQuantity() == null ? null : report.lastQuantity().value();
        var executes = report.execType() == ExecType.TRADE
                || ((report.execType() == ExecType.FILL || report.execType() == ExecType.PARTIAL_FILL)
                        && quantity != null
                        && quantity.signum() > 0);
        var takesBack = report.execType() == ExecType.TRADE_CANCEL;
        var corrects = report.execType() == ExecType.TRADE_CORRECT;
        if (!executes && !takesBack && !corrects) {
            return;
        }
        var key = new Key(broker, report.tradeDate(), report.execId());
        if (seen.contains(key)) {
            return;
        }
        if (route == null) {
            seen.add(key);
            return;
        }
        var price = report.lastPrice() == null ? null : report.lastPrice().value();
        if (takesBack) {
            var meant = meant(route, report.execRefId());
            if (meant != null) {
                seen.add(key);
                meant.standing = false;
            }
            return;
        }
        if (quantity == null || quantity.signum() == 0 || price == null) {
            return;
        }
        if (executes) {
            if (report.side() == null || report.side() == route.side()) {
                seen.add(key);
                fills.add(new Fill(route, report.execId(), report.execId(), quantity, price));
            }
            return;
        }
        var meant = meant(route, report.execRefId());
        if (meant != null) {
            seen.add(key);
            meant.standing = false;
            fills.add(new Fill(route, report.execId(), meant.root, quantity, price));
        }
    }

    private @Nullable Sent route(BrokerId broker, @Nullable String clOrdId) {
        if (clOrdId == null || clOrdId.lastIndexOf('-') < 0) {
            return null;
        }
        var route = routes.get(clOrdId.substring(0, clOrdId.lastIndexOf('-')));
        return route != null && route.broker().equals(broker) ? route : null;
    }

    /** The standing fill of that ExecID, else the last of those that came from it by corrections. */
    private @Nullable Fill meant(Sent route, @Nullable String execId) {
        for (var fill : fills.reversed()) {
            if (fill.route.equals(route) && fill.standing && fill.execId.equals(execId)) {
                return fill;
            }
        }
        for (var fill : fills.reversed()) {
            if (fill.route.equals(route) && fill.standing && fill.root.equals(execId)) {
                return fill;
            }
        }
        return null;
    }

    /** Nobody remembers the order: what is still said about it is booked nowhere, and what was booked stays. */
    void forgotten(Predicate<String> orders) {
        routes.values().removeIf(route -> orders.test(route.orderId()));
    }

    /** The trade is charged as a whole: what its fills were charged one by one is made good. */
    void allocated(BigDecimal difference) {
        otherCash = otherCash.add(difference);
    }

    // What it comes to

    BigDecimal executedOfRoute(String routeId) {
        return sum(fill -> fill.route.routeId().equals(routeId) ? fill.quantity : BigDecimal.ZERO);
    }

    BigDecimal valueOfRoute(String routeId) {
        return sum(fill -> fill.route.routeId().equals(routeId) ? fill.quantity.multiply(fill.price) : BigDecimal.ZERO);
    }

    BigDecimal executedOfOrder(String orderId) {
        return sum(fill -> fill.route.orderId().equals(orderId) ? fill.quantity : BigDecimal.ZERO);
    }

    /** Beyond what was held in the morning. */
    BigDecimal position() {
        return sum(fill -> fill.route.side() == Side.BUY ? fill.quantity : fill.quantity.negate());
    }

    /** Beyond what was there in the morning. */
    BigDecimal cash() {
        return sum(fill ->
                        (fill.route.side() == Side.BUY ? fill.gross().negate() : fill.gross()).subtract(fill.charges()))
                .add(otherCash);
    }

    /** What the fills of these orders with a broker on a side were charged, and what their trade has to be charged. */
    record Charged(BigDecimal byFills, BigDecimal byTrade, BigDecimal quantity) {}

    Charged charged(Set<String> orderIds, BrokerId broker, Side side) {
        var byFills = BigDecimal.ZERO;
        var quantity = BigDecimal.ZERO;
        var turnover = BigDecimal.ZERO;
        for (var fill : fills) {
            if (fill.standing
                    && orderIds.contains(fill.route.orderId())
                    && fill.route.broker().equals(broker)
                    && fill.route.side() == side) {
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
