package org.tradesuite.execution.engine;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.ExecutionReport;
import org.tradesuite.execution.order.ExternalExecution;
import org.tradesuite.execution.order.ExternalOrder;
import org.tradesuite.execution.position.Book;
import org.tradesuite.execution.position.BookedFill;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Money;
import org.tradesuite.market.Side;

/** The part of {@link State} that is about orders we did not give, and about executions we told a broker we do not know. */
final class Externals {

    /**
     * What makes two executions executions of one order.
     *
     * @param reference ClOrdID (11), else OrderID (37), else the execution is alone
     */
    private record Key(
            BrokerId broker,
            LocalDate tradeDate,
            Side side,
            @Nullable String symbol,
            @Nullable String isin,
            String reference) {}

    /** An execution we said we do not know. */
    record Disowned(String fillId, DeskFact.DontKnowSaid said, Instant at) {}

    private final Map<String, ExternalOrder> orders = new LinkedHashMap<>();
    private final Map<Key, String> ids = new HashMap<>();
    private final Map<BrokerId, Integer> given;
    private final Map<String, Disowned> disowned;

    /**
     * All that is known, as values.
     *
     * @param given how many numbers each broker's orders were given, also those of orders forgotten since
     */
    record Content(List<ExternalOrder> orders, Map<BrokerId, Integer> given, Map<String, Disowned> disowned) {}

    /** Takes over the content's maps. */
    Externals(Content content) {
        content.orders().forEach(order -> take(order.body().externalId(), order));
        given = content.given();
        disowned = content.disowned();
    }

    Content content() {
        return new Content(List.copyOf(orders.values()), new LinkedHashMap<>(given), new LinkedHashMap<>(disowned));
    }

    private void take(String externalId, ExternalOrder order) {
        if (orders.put(externalId, order) != null) {
            throw new IllegalStateException("External order " + externalId + " was reported twice");
        }
        ids.put(key(order.body()), externalId);
    }

    private static Key key(ExternalOrder.Body body) {
        return key(
                body.broker(),
                body.tradeDate(),
                body.side(),
                body.named(),
                body.clOrdId(),
                body.brokerOrderId(),
                body.externalId());
    }

    @Nullable
    ExternalOrder order(String externalId) {
        return orders.get(externalId);
    }

    Iterable<ExternalOrder> orders() {
        return orders.values();
    }

    /** The order that others of its executions made known. */
    @Nullable
    ExternalOrder order(BrokerId broker, ExecutionReport report, ExternalOrder.Named named) {
        if (report.side() == null) {
            return null;
        }
        var id = ids.get(key(
                broker,
                report.tradeDate(),
                report.side(),
                named,
                clOrdId(report),
                report.brokerOrderId(),
                report.execId()));
        return id == null ? null : orders.get(id);
    }

    /**
     * The order that a bust or a correction means by its ClOrdID (11) or OrderID (37), whatever trade date it bears; the
     * newest of them.
     */
    @Nullable
    ExternalOrder meant(BrokerId broker, ExecutionReport report) {
        ExternalOrder newest = null;
        var clOrdId = clOrdId(report);
        for (var order : orders.values()) {
            var body = order.body();
            var isOfReference = clOrdId == null
                    ? body.brokerOrderId() != null && body.brokerOrderId().equals(report.brokerOrderId())
                    : clOrdId.equals(body.clOrdId());
            if (isOfReference
                    && body.broker().equals(broker)
                    && (order instanceof ExternalOrder.Ours || body.meant(report.execRefId()) != null)) {
                newest = order;
            }
        }
        return newest;
    }

    /** ClOrdID (11) as a reference; some brokers fill the field where they have none. */
    static @Nullable String clOrdId(ExecutionReport report) {
        var id = report.clOrdId();
        return id == null || id.isBlank() || id.equals("NONE") ? null : id;
    }

    String nextId(BrokerId broker) {
        return "X-" + broker + "-" + (given.getOrDefault(broker, 0) + 1);
    }

    @Nullable
    Disowned disowned(String fillId) {
        return disowned.get(fillId);
    }

    Iterable<Disowned> disowned() {
        return disowned.values();
    }

    int nextVersion(String externalId) {
        return Objects.requireNonNull(orders.get(externalId), externalId).body().version() + 1;
    }

    private static Key key(
            BrokerId broker,
            LocalDate tradeDate,
            Side side,
            ExternalOrder.Named named,
            @Nullable String clOrdId,
            @Nullable String brokerOrderId,
            String otherwise) {
        var reference =
                clOrdId != null ? "11=" + clOrdId : brokerOrderId != null ? "37=" + brokerOrderId : "17=" + otherwise;
        return new Key(broker, tradeDate, side, named.symbol(), named.isin(), reference);
    }

    // What the facts make of it

    void reported(String externalId, ExternalOrder.Reported event, Instant at) {
        take(externalId, ExternalOrder.create(externalId, event, at));
        given.merge(event.broker(), 1, Integer::sum);
    }

    /**
     * What a person has seen to, or nobody need, until that day. One that is ours is known as long as its route.
     *
     * @return their ids
     */
    Set<String> forget(LocalDate until, Predicate<String> hasRoute) {
        var gone = new HashSet<String>();
        for (var order : orders.values()) {
            var body = order.body();
            var done = switch (order) {
                case ExternalOrder.Claimed _ -> true;
                case ExternalOrder.Ours ours -> !hasRoute.test(ours.routeId());
                case ExternalOrder.Unbooked _ -> body.live().isEmpty();
                case ExternalOrder.Waiting _, ExternalOrder.InSuspense _ -> false;
            };
            if (done && !body.businessDate().isAfter(until)) {
                gone.add(body.externalId());
                ids.remove(key(body));
            }
        }
        orders.keySet().removeAll(gone);
        return gone;
    }

    /** Executions that were disowned of orders that are forgotten; gives their fills. */
    Set<String> forgetDisowned(Set<String> orders) {
        var gone = new HashSet<String>();
        disowned.values().forEach(each -> {
            if (orders.contains(each.said().about())) {
                gone.add(each.fillId());
            }
        });
        disowned.keySet().removeAll(gone);
        return gone;
    }

    ExternalOrder happened(String externalId, ExternalOrder.Event event, Instant at, Book book) {
        var before = Objects.requireNonNull(orders.get(externalId), externalId);
        var after = ExternalOrder.evolve(before, event, at);
        orders.put(externalId, after);
        switch (event) {
            case ExternalOrder.Booked booked ->
                booked.fills().forEach(fill -> book(book, after, fill.fillId(), fill.charges()));
            case ExternalOrder.WasClaimed _ -> {
                for (var each : before.body().live()) {
                    if (each.charges() != null) {
                        book.takeBack(each.fillId());
                        book(book, after, each.fillId(), each.charges());
                    }
                }
            }
            case ExternalOrder.Recognised _ ->
                before.body().live().stream()
                        .filter(ExternalExecution::isBooked)
                        .forEach(each -> book.takeBack(each.fillId()));
            case ExternalOrder.Busted busted -> takeBack(book, before, busted.fillId());
            case ExternalOrder.Corrected corrected -> takeBack(book, before, corrected.replacedFillId());
            default -> {
                // Moves no position.
            }
        }
        return after;
    }

    private static void takeBack(Book book, ExternalOrder order, String fillId) {
        var execution = order.body().execution(fillId);
        if (execution != null && execution.isBooked()) {
            book.takeBack(fillId);
        }
    }

    private static void book(Book book, ExternalOrder order, String fillId, Money charges) {
        var body = order.body();
        var execution = Objects.requireNonNull(body.execution(fillId), fillId);
        var product = Objects.requireNonNull(body.product(), body.externalId());
        book.apply(new BookedFill(
                fillId,
                body.externalId(),
                Objects.requireNonNull(body.account(), body.externalId()),
                product.instrument(),
                product.currency(),
                body.side(),
                execution.quantity(),
                execution.price(),
                charges));
    }

    void said(String fillId, DeskFact.DontKnowSaid said, Instant at) {
        disowned.put(fillId, new Disowned(fillId, said, at));
    }

    void notSaid(String fillId) {
        disowned.remove(fillId);
    }
}
