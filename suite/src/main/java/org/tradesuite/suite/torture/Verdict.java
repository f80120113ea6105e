package org.tradesuite.suite.torture;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.openapi.execution.model.Decision;
import org.tradesuite.openapi.execution.model.DecisionStatus;
import org.tradesuite.openapi.execution.model.Fill;
import org.tradesuite.openapi.execution.model.Order;
import org.tradesuite.openapi.execution.model.Route;
import org.tradesuite.openapi.execution.model.RouteStatus;
import org.tradesuite.suite.day.BrokerTruth;
import org.tradesuite.suite.day.DaySummary;
import org.tradesuite.suite.day.Holding;
import org.tradesuite.suite.day.OrdersAtWork;
import org.tradesuite.suite.day.Pages;
import org.tradesuite.suite.door.FrontDoor;

/**
 * Whether everything adds up, from sources that do not know of each other: what the brokers wrote down, what the desk was
 * answered, the journal as SQL reads it, and the books as HTTP shows them. The brokers' logs are right.
 */
final class Verdict {

    private static final String CHAIN = "execution-0";
    private static final String POUNDS = "GBP";

    /** When the journal recorded that a route was given its id. */
    private static final String OPENED = """
        select payload ->> 'broker' || ' ' || (payload ->> 'clOrdId') as id, recorded_at
        from journal.event where chain = 'execution-0' and type = 'route-opened'
        """;

    private static final String KEYS_TWICE = """
        select idempotency_key from execution.decision group by idempotency_key having count(*) > 1
        """;

    private static final String EXECUTIONS_TWICE = """
        select broker_id || ' ' || exec_id from execution.fill where live
        group by broker_id, exec_id having count(*) > 1
        """;

    private static final String NEVER_AT_A_BROKER = """
        select order_id || ' ' || status from execution.parent_order o
        where not exists (select 1 from execution.route r where r.order_id = o.order_id)
            and (ended_at is null or status_reason is null and not exists (
                select 1 from journal.event e
                where e.chain = 'execution-0' and e.stream = 'order/' || o.order_id and e.type = 'order-closing'))
        """;

    private static final String WORKING = "select order_id from execution.parent_order where ended_at is null";

    private static final String STRAYS = """
        select stream || ' ' || type || ' ' || payload::text from journal.event
        where chain = 'execution-0' and type in ('orphan-reported', 'report-quarantined')
        """;

    private static final String TYPES = """
        select type, count(*) from journal.event where chain = 'execution-0'
        and type in ('status-asked', 'route-unknown', 'broker-disagreed', 'request-refused', 'cancel-requested',
            'replace-requested')
        group by type order by type
        """;

    private static final Set<RouteStatus> OVER = Set.of(
            RouteStatus.FILLED,
            RouteStatus.DONE_FOR_DAY,
            RouteStatus.CANCELED,
            RouteStatus.REJECTED,
            RouteStatus.EXPIRED);

    private final TortureHouse house;
    private final DeskClient desk;
    private final FrontDoor door;
    private final DaySummary summary = new DaySummary();

    private Verdict(TortureHouse house, DeskClient desk) {
        this.house = house;
        this.desk = desk;
        this.door = house.door();
    }

    /** Of a house that has come to rest. */
    static DaySummary of(TortureHouse house, DeskClient desk) throws SQLException {
        var verdict = new Verdict(house, desk);
        verdict.judge();
        return verdict.summary;
    }

    private void judge() throws SQLException {
        var truth = truth(house);
        var decisions = Pages.decisions(door, TortureHouse.DATE);
        var orders = Pages.orders(door, TortureHouse.DATE);
        var routes = Pages.routes(door, TortureHouse.DATE);
        var fills = Pages.fills(door, TortureHouse.DATE);
        try (var connection = connection(house)) {
            decisions(decisions, connection);
            orders(orders, routes, fills, connection);
            brokers(truth, routes, connection);
            fills(truth, fills, connection);
            books(truth);
            journal(connection);
        }
    }

    private static Connection connection(TortureHouse house) throws SQLException {
        return house.database().database().dataSource(DatabaseRole.OWNER).getConnection();
    }

    /** Orders that have not ended. */
    static List<String> working(TortureHouse house) throws SQLException {
        try (var connection = connection(house)) {
            return texts(connection, WORKING);
        }
    }

    private static BrokerTruth truth(TortureHouse house) {
        return BrokerTruth.of(house.brokerLogs(), TortureHouse.DATE);
    }

    /** Executions of brokers that the books do not have yet, or the other way round. */
    static int missing(TortureHouse house) {
        return truth(house)
                .differences(Pages.fills(house.door(), TortureHouse.DATE))
                .size();
    }

    private void decisions(List<Decision> decisions, Connection connection) throws SQLException {
        var answers = desk.answers();
        var byKey = decisions.stream()
                .collect(Collectors.toMap(Decision::getIdempotencyKey, each -> each, (first, second) -> first));
        var wrong = new ArrayList<>(desk.surprises());
        if (desk.unanswered() > 0) wrong.add(desk.unanswered() + " were never answered");
        answers.forEach((key, answer) -> {
            var decision = byKey.get(key);
            if (decision == null || !isAsAnswered(decision, answer))
                wrong.add(
                        key + " was answered " + answer.decisionId() + " " + answer.status() + ", and is " + decision);
        });
        byKey.keySet().stream()
                .filter(key -> !answers.containsKey(key))
                .forEach(key -> wrong.add(key + " is not the desk's"));
        wrong.addAll(texts(connection, KEYS_TWICE));
        summary.check(
                "Decisions",
                wrong,
                "%d answered (%s), each as it was answered; %d came too late and are nowhere; %d requests repeated",
                answers.size(),
                DaySummary.counts(answers.values(), DeskClient.Answer::status),
                desk.late().size(),
                desk.repeated());
        summary.figure(
                "Refused for",
                "%s",
                DaySummary.counts(
                        answers.values().stream()
                                .filter(answer -> !answer.refusals().isEmpty())
                                .toList(),
                        DeskClient.Answer::refusals));
    }

    private static boolean isAsAnswered(Decision decision, DeskClient.Answer answer) {
        var ask = answer.ask();
        return decision.getDecisionId().equals(answer.decisionId())
                && isStatus(decision.getStatus(), answer.status())
                && Objects.equals(decision.getOrderId(), answer.orderId())
                && (decision.getStatus() != DecisionStatus.ACCEPTED || decision.getOrderId() != null)
                && decision.getAccountId().equals(ask.account())
                && ask.instrument().equals(decision.getInstrumentId())
                && decision.getSide().getValue().equals(ask.side())
                && new BigDecimal(decision.getQuantity()).compareTo(new BigDecimal(ask.quantity())) == 0;
    }

    /** What waits for a person is refused when its day closes. */
    private static boolean isStatus(DecisionStatus now, String answered) {
        return now.getValue().equals(answered)
                || (answered.equals(DecisionStatus.HELD.getValue()) && now == DecisionStatus.REFUSED);
    }

    private void orders(List<Order> orders, List<Route> routes, List<Fill> fills, Connection connection)
            throws SQLException {
        var filled = new HashMap<String, BigDecimal>();
        for (var fill : fills) filled.merge(fill.getOrderId(), new BigDecimal(fill.getQuantity()), BigDecimal::add);
        var wrong = new ArrayList<String>();
        var accepted = desk.answers().values().stream()
                .map(DeskClient.Answer::orderId)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(HashSet::new));
        for (var order : orders) {
            var executed = new BigDecimal(order.getExecutedQuantity());
            accepted.remove(order.getOrderId());
            if (order.getEndedAt() == null
                    || executed.compareTo(filled.getOrDefault(order.getOrderId(), BigDecimal.ZERO)) != 0)
                wrong.add("%s %s ended %s, executed %s, filled %s"
                        .formatted(
                                order.getOrderId(),
                                order.getStatus(),
                                order.getEndedAt(),
                                executed,
                                filled.get(order.getOrderId())));
        }
        accepted.forEach(each -> wrong.add(each + " was promised and is not there"));
        wrong.addAll(texts(connection, NEVER_AT_A_BROKER));
        summary.check(
                "Orders",
                wrong,
                "%d, each ended (%s) with the sum of its fills; %d changes asked for",
                orders.size(),
                DaySummary.counts(orders, Order::getStatus),
                desk.changes());
        summary.check(
                "Routes",
                routes.stream()
                        .filter(route -> !OVER.contains(route.getStatus()) && route.getStatus() != RouteStatus.UNKNOWN)
                        .map(Verdict::text)
                        .toList(),
                "%d, none pending: %s",
                routes.size(),
                DaySummary.counts(routes, Route::getStatus));
        var unknown = routes.stream()
                .filter(route -> route.getStatus() == RouteStatus.UNKNOWN)
                .map(Verdict::text)
                .toList();
        summary.figure("Unknown", "%d: %s", unknown.size(), String.join(" | ", unknown));
    }

    private static String text(Route route) {
        return route.getRouteId() + " " + route.getBrokerId() + " " + route.getStatus() + " "
                + route.getExecutedQuantity() + " of " + route.getQuantity();
    }

    private void brokers(BrokerTruth truth, List<Route> routes, Connection connection) throws SQLException {
        var strangers = new HashSet<>(truth.strangers(routes));
        var never = routes.stream()
                .filter(route -> strangers.contains(route.getBrokerId() + " " + route.getRouteId()))
                .filter(route -> route.getStatus() == RouteStatus.REJECTED
                        && route.getRejectReason() != null
                        && new BigDecimal(route.getExecutedQuantity()).signum() == 0)
                .map(route -> route.getBrokerId() + " " + route.getRouteId())
                .toList();
        strangers.removeAll(never);
        summary.check(
                "Orders at the brokers",
                strangers,
                "%d received, none lost and none that is not ours; %d ended unsent with a reason",
                truth.orders(),
                never.size());
        summary.check(
                "Sent once",
                truth.sentTwice(),
                "no order, cancel or replace came twice; %d repetitions said so and changed nothing",
                truth.recognised());
        summary.check("At work", OrdersAtWork.in(house.folder()), "no broker holds an order any more");
        var opened = new HashMap<String, Instant>();
        try (var rows = connection.createStatement().executeQuery(OPENED)) {
            while (rows.next())
                opened.put(
                        rows.getString(1),
                        rows.getObject(2, OffsetDateTime.class).toInstant());
        }
        summary.check(
                "Recorded before sent",
                truth.ordersReceived().entrySet().stream()
                        .filter(order ->
                                opened.getOrDefault(order.getKey(), Instant.MAX).isAfter(order.getValue()))
                        .map(order -> order + ", recorded " + opened.get(order.getKey()))
                        .toList(),
                "every order that a broker received was in the journal before");
    }

    private void fills(BrokerTruth truth, List<Fill> fills, Connection connection) throws SQLException {
        var wrong = new ArrayList<String>();
        truth.differences(fills).forEach(each -> wrong.add(each.toString()));
        texts(connection, EXECUTIONS_TWICE).forEach(each -> wrong.add(each + " is booked twice"));
        texts(connection, STRAYS).forEach(wrong::add);
        summary.check(
                "Fills at the brokers",
                wrong,
                "%d executions, each once in our books, with the same quantity and price, none astray",
                truth.executions());
    }

    private void books(BrokerTruth truth) {
        var holdings = Holding.atTheBeginning();
        var cash = Firm.openingCash(TortureHouse.DATE);
        var rates = Firm.rates(TortureHouse.DATE);
        for (var deal : truth.deals()) {
            holdings.merge(new Holding(deal.account(), deal.instrument()), deal.signed(), BigDecimal::add);
            cash.merge(deal.account() + " " + POUNDS, Firm.money(deal, rates), BigDecimal::add);
        }
        var ours = new TreeMap<String, BigDecimal>();
        for (var balance : door.positions().listCash(null).getItems())
            ours.put(balance.getAccountId() + " " + balance.getCurrency(), new BigDecimal(balance.getBalance()));
        summary.check(
                "Positions",
                differences(texts(holdings), texts(Holding.now(door))),
                "opening holdings plus what the brokers executed");
        summary.check(
                "Cash", differences(cash, ours), "opening cash, and the money of every execution with its charges");
    }

    private static Map<String, BigDecimal> texts(Map<Holding, BigDecimal> holdings) {
        var texts = new TreeMap<String, BigDecimal>();
        holdings.forEach((holding, quantity) -> texts.put(holding.toString(), quantity));
        return texts;
    }

    private static List<String> differences(Map<String, BigDecimal> brokers, Map<String, BigDecimal> ours) {
        var names = new TreeSet<>(brokers.keySet());
        names.addAll(ours.keySet());
        return names.stream()
                .filter(name ->
                        brokers.getOrDefault(name, BigDecimal.ZERO).compareTo(ours.getOrDefault(name, BigDecimal.ZERO))
                                != 0)
                .map(name -> name + ": " + brokers.get(name) + " by the brokers, " + ours.get(name) + " in our books")
                .toList();
    }

    private void journal(Connection connection) throws SQLException {
        var finding = JournalCopy.verify(connection, CHAIN, TortureHouse.DATE, house.folder());
        summary.check(
                "Journal",
                finding.ok() ? List.of() : List.of(finding),
                "%d events, each with its own hash and behind the one before it",
                finding.events());
        var types = new ArrayList<String>();
        try (var rows = connection.createStatement().executeQuery(TYPES)) {
            while (rows.next()) types.add(rows.getLong(2) + " " + rows.getString(1));
        }
        summary.figure("Among them", "%s", String.join(", ", types));
    }

    private static List<String> texts(Connection connection, String query) throws SQLException {
        var texts = new ArrayList<String>();
        try (var rows = connection.createStatement().executeQuery(query)) {
            while (rows.next()) texts.add(rows.getString(1));
        }
        return texts;
    }
}
