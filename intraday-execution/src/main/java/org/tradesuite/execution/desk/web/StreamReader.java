package org.tradesuite.execution.desk.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.tradesuite.execution.publish.Change;
import org.tradesuite.execution.publish.Message;
import org.tradesuite.execution.publish.Publisher;
import org.tradesuite.execution.reference.LimitDesk;
import org.tradesuite.openapi.execution.model.LimitsChanged;
import org.tradesuite.openapi.execution.model.Order;
import org.tradesuite.openapi.execution.model.Route;
import tools.jackson.databind.json.JsonMapper;

/**
 * The present state of what changed, as the contract's GET operations would answer it. A route that changed brings its
 * order, its new fills, and what the account then holds.
 */
@Component
class StreamReader implements Publisher.Reader {
    private final OrderReader orders;
    private final DecisionReader decisions;
    private final BookReader book;
    private final DayReader days;
    private final BrokerController brokers;
    private final SwitchController stop;
    private final LimitDesk limits;
    private final JsonMapper json;

    StreamReader(
            OrderReader orders,
            DecisionReader decisions,
            BookReader book,
            DayReader days,
            BrokerController brokers,
            SwitchController stop,
            LimitDesk limits,
            JsonMapper json) {
        this.orders = orders;
        this.decisions = decisions;
        this.book = book;
        this.days = days;
        this.brokers = brokers;
        this.stop = stop;
        this.limits = limits;
        this.json = json;
    }

    @Override
    public List<Message> read(List<Change> changes) {
        List<Message> messages = new ArrayList<>();
        Map<String, Change> changedDecisions = of(changes, Change.Kind.DECISION);
        if (!changedDecisions.isEmpty()) {
            decisions
                    .decisions(changedDecisions.keySet())
                    .forEach((id, decision) -> add(messages, changedDecisions.get(id), "DECISION", decision));
        }
        Map<String, Change> changedRoutes = of(changes, Change.Kind.ROUTE);
        Map<String, Long> changedOrders = new HashMap<>();
        of(changes, Change.Kind.ORDER).forEach((id, change) -> changedOrders.put(id, change.seq()));
        Set<String> executed = new HashSet<>();
        if (!changedRoutes.isEmpty()) {
            for (Route route : orders.routes(changedRoutes.keySet())) {
                long seq = seq(changedRoutes.get(route.getRouteId()));
                messages.add(message(seq, "ROUTE", route));
                changedOrders.merge(route.getOrderId(), seq, Math::max);
            }
            for (var fill : orders.fillsOfRoutes(changedRoutes.keySet())) {
                Change change = changedRoutes.get(fill.getRouteId());
                if (change != null && (!fill.getLive() || !fill.getReceivedAt().isBefore(change.since()))) {
                    messages.add(message(change.seq(), "FILL", fill));
                    executed.add(fill.getOrderId());
                }
            }
        }
        Map<String, Long> positions = new LinkedHashMap<>();
        Map<String, Long> accounts = new LinkedHashMap<>();
        if (!changedOrders.isEmpty()) {
            for (Order order : orders.orders(changedOrders.keySet())) {
                long seq = changedOrders.getOrDefault(order.getOrderId(), 0L);
                messages.add(message(seq, "ORDER", order));
                if (executed.contains(order.getOrderId())) {
                    positions.merge(order.getAccountId() + " " + order.getInstrumentId(), seq, Math::max);
                    accounts.merge(order.getAccountId(), seq, Math::max);
                }
            }
        }
        if (!positions.isEmpty()) {
            book.positions(positions.keySet())
                    .forEach(position -> messages.add(message(
                            positions.getOrDefault(position.getAccountId() + " " + position.getInstrumentId(), 0L),
                            "POSITION",
                            position)));
        }
        accounts.forEach(
                (account, seq) -> book.cash(account).forEach(cash -> messages.add(message(seq, "CASH", cash))));
        of(changes, Change.Kind.DAY)
                .forEach((date, change) -> days.day(java.time.LocalDate.parse(date))
                        .ifPresent(day -> add(messages, change, "TRADING_DAY", day)));
        Map<String, Change> gates = of(changes, Change.Kind.BROKER);
        if (!gates.isEmpty()) {
            for (var broker : brokers.brokers()) {
                var change = gates.get(broker.getBrokerId());
                if (change != null) {
                    add(messages, change, "BROKER", broker);
                }
            }
        }
        Map<String, Change> breakers = of(changes, Change.Kind.BREAKER);
        if (!breakers.isEmpty()) {
            for (var each : stop.breakers()) {
                var change = breakers.get(each.getBreakerId());
                if (change != null) {
                    add(messages, change, "BREAKER", each);
                }
            }
        }
        Map<String, Change> switches = of(changes, Change.Kind.SWITCH);
        if (!switches.isEmpty()) {
            for (var each : stop.switches()) {
                var change = switches.get(each.getSwitchId());
                if (change != null) {
                    add(messages, change, "SWITCH", each);
                }
            }
        }
        of(changes, Change.Kind.LIMITS)
                .values()
                .forEach(
                        change -> add(messages, change, "LIMITS", new LimitsChanged(limits.version(), change.since())));
        messages.sort(Comparator.comparingLong(Message::seq));
        return messages;
    }

    private static Map<String, Change> of(List<Change> changes, Change.Kind kind) {
        return changes.stream()
                .filter(change -> change.kind() == kind)
                .collect(Collectors.toMap(Change::key, change -> change, (one, other) -> other, LinkedHashMap::new));
    }

    private static long seq(@org.jspecify.annotations.Nullable Change change) {
        return change == null ? 0 : change.seq();
    }

    private void add(
            List<Message> messages, @org.jspecify.annotations.Nullable Change change, String kind, Object body) {
        messages.add(message(seq(change), kind, body));
    }

    Message message(long seq, String kind, Object body) {
        return new Message(seq, kind, json.writeValueAsString(body));
    }
}
