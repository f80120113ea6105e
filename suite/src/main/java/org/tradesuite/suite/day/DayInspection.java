package org.tradesuite.suite.day;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tradesuite.openapi.execution.model.DecisionStatus;
import org.tradesuite.openapi.execution.model.Fill;
import org.tradesuite.openapi.execution.model.Order;
import org.tradesuite.openapi.reconciliation.model.BreakStatus;
import org.tradesuite.openapi.reconciliation.model.Feed;
import org.tradesuite.openapi.reconciliation.model.ModelBreak;
import org.tradesuite.openapi.reconciliation.model.Statement;
import org.tradesuite.openapi.reconciliation.model.StatementStatus;
import org.tradesuite.suite.door.FrontDoor;
import org.tradesuite.suite.house.Simulators;

/** Goes through the finished day as a client, and holds it against what the outside world says. */
final class DayInspection {

    private final FrontDoor door;
    private final Simulators world;
    private final LocalDate date;
    private final LocalDate settled;
    private final Path out;

    /** @param settled the last settlement date of the day's trades, as at which the custodian stated */
    DayInspection(FrontDoor door, Simulators world, LocalDate date, LocalDate settled, Path out) {
        this.door = door;
        this.world = world;
        this.date = date;
        this.settled = settled;
        this.out = out;
    }

    DaySummary inspect(Desk.Tally tally, List<Decision> tape) {
        var summary = new DaySummary();
        var orders = Pages.orders(door, date);
        var fills = Pages.fills(door, date);
        var routes = Pages.routes(door, date);
        var truth = BrokerTruth.of(world.brokerLogs(), date);
        summary.check(
                "Decisions",
                tally.surprises(),
                "%d sent, %d accepted, %d refused by risk, %d malformed",
                tally.sent(),
                tally.accepted(),
                tally.refused(),
                tally.malformed());
        summary.figure("Orders", "%d: %s", orders.size(), DaySummary.counts(orders, Order::getStatus));
        summary.figure("Changed by the desk", "%d cancelled, %d reduced", tally.cancelled(), tally.reduced());
        summary.figure("Routes", "%d: %s", routes.size(), DaySummary.counts(routes, route -> route.getStatus()));
        summary.figure("Traded", "%d fills, %s", fills.size(), DaySummary.traded(fills));
        var byKey = ordersByKey(orders);
        summary.check("Ended", unended(orders, fills), "every order, with what was filled and no more than was wanted");
        summary.check("Completed", incomplete(tape, byKey), "every order that had to be, in full");
        summary.check(
                "Orders at the brokers",
                truth.strangers(routes),
                "%d received, none lost and none that is not ours",
                truth.orders());
        summary.check("Sent once", truth.sentTwice(), "no order reached a broker twice");
        summary.check(
                "Fills at the brokers",
                truth.differences(fills),
                "%d executions, each once in our books, with the same quantity and price",
                truth.executions());
        var opening = Holding.opening(door, date);
        var closing = Holding.now(door);
        summary.check("Positions", positionsOff(opening, fills, closing), "opening holdings plus fills");
        var instructions = Pages.instructions(door, date);
        summary.check(
                "Instructed",
                truth.differences(instructions),
                "what the brokers executed, by account, broker, security and side");
        summary.figure(
                "Settlement",
                "%d instructions: %s",
                instructions.size(),
                DaySummary.counts(instructions, i -> i.getStatus()));
        var copied = Pages.dropCopies(door, date);
        summary.check(
                "Drop copies",
                world.dropCopies().keySet().stream()
                        .flatMap(broker -> copiedWrongly(broker, truth, copied).stream())
                        .toList(),
                "%d files of live sessions; the last of each has every execution of the broker",
                copied.size());
        var foundEver = Pages.breaks(door, date, null);
        var within = foundEver.stream()
                .filter(each -> Boolean.TRUE.equals(each.getWithinTheDay()))
                .toList();
        summary.check(
                "Within the day",
                within.stream()
                        .filter(each -> each.getStatus() != BreakStatus.RESOLVED)
                        .map(ModelBreak::getReference)
                        .toList(),
                "%d drop copies looked at while the day was open; %d breaks that the end of the day did not confirm,"
                        + " all cleared",
                door.dropCopySessions().listDropCopySessions().getItems().stream()
                        .filter(each -> each.getLook() != null
                                && date.equals(each.getLook().getBusinessDate()))
                        .count(),
                within.size());
        var found = foundEver.stream().filter(each -> !within.contains(each)).toList();
        var breaks = new SeededBreaks(world, date, settled).differences(found);
        summary.check(
                "Breaks",
                breaks.wrong(),
                "%d found: %s; the ones that were seeded, no more and no fewer",
                breaks.found(),
                breaks.classes());
        summary.check(
                "Breaks before", notMadeGood(), "what the custodian had wrong on an earlier day, it has made good");
        var reports = Pages.reports(door, date);
        summary.figure("Reports", "%d: %s", reports.size(), DaySummary.counts(reports, report -> report.getKind()));
        summary.figure("Files", "%d under %s", files(), out);
        var totals = new DayTotals(tape, world.market(), byKey);
        totals.decisions(refused());
        totals.positions(opening, closing);
        totals.settlement(instructions);
        totals.breaks(found);
        totals.write(out.resolve("totals.csv"));
        return summary;
    }

    private static List<String> copiedWrongly(String broker, BrokerTruth truth, List<Statement> copies) {
        var counts = copies.stream()
                .filter(copy -> broker.equals(copy.getSender()) && copy.getStatus() == StatementStatus.LOADED)
                .findFirst();
        var rows = counts.map(Statement::getRows).orElse(0L);
        return rows == truth.executions(broker)
                ? List.of()
                : List.of("%s copied %d of %d executions".formatted(broker, rows, truth.executions(broker)));
    }

    /** Orders that still work, or whose executed quantity is not the sum of their fills or more than was wanted. */
    private static List<String> unended(List<Order> orders, List<Fill> fills) {
        var filled = new HashMap<String, BigDecimal>();
        for (var fill : fills) filled.merge(fill.getOrderId(), new BigDecimal(fill.getQuantity()), BigDecimal::add);
        return orders.stream()
                .filter(order -> order.getEndedAt() == null
                        || new BigDecimal(order.getExecutedQuantity())
                                        .compareTo(filled.getOrDefault(order.getOrderId(), BigDecimal.ZERO))
                                != 0
                        || new BigDecimal(order.getExecutedQuantity()).compareTo(new BigDecimal(order.getQuantity()))
                                > 0)
                .map(order -> "%s %s with %s of %s"
                        .formatted(
                                order.getOrderId(),
                                order.getStatus(),
                                order.getExecutedQuantity(),
                                order.getQuantity()))
                .toList();
    }

    private List<String> incomplete(List<Decision> tape, Map<String, Order> orders) {
        return tape.stream()
                .filter(decision -> orders.containsKey(decision.key()))
                .filter(decision -> !Expected.of(decision, world.market()).allows(executed(orders, decision)))
                .map(decision -> "%s executed %s, to be expected is %s"
                        .formatted(decision.key(), executed(orders, decision), Expected.of(decision, world.market())))
                .toList();
    }

    private static BigDecimal executed(Map<String, Order> orders, Decision decision) {
        var order = orders.get(decision.key());
        return order == null ? BigDecimal.ZERO : new BigDecimal(order.getExecutedQuantity());
    }

    private static List<String> positionsOff(
            Map<Holding, BigDecimal> opening, List<Fill> fills, Map<Holding, BigDecimal> closing) {
        var off = new TreeMap<>(opening);
        for (var fill : fills) off.merge(Holding.of(fill), Holding.signed(fill), BigDecimal::add);
        closing.forEach((holding, quantity) -> off.merge(holding, quantity.negate(), BigDecimal::add));
        return off.entrySet().stream()
                .filter(entry -> entry.getValue().signum() != 0)
                .map(entry ->
                        entry.getKey() + " by " + entry.getValue().negate().toPlainString())
                .toList();
    }

    private List<String> notMadeGood() {
        return Pages.breaks(door, null, BreakStatus.OPEN).stream()
                .filter(each -> each.getBusinessDate().isBefore(date))
                .filter(each -> each.getFeed() == Feed.CUSTODIAN_CASH || each.getFeed() == Feed.CUSTODIAN_POSITION)
                .map(each -> each.getBusinessDate() + " " + each.getBreakClass() + " " + each.getAccountId() + " "
                        + each.getReference())
                .toList();
    }

    private Set<String> refused() {
        return Pages.decisions(door, date).stream()
                .filter(decision -> decision.getStatus() == DecisionStatus.REFUSED)
                .map(org.tradesuite.openapi.execution.model.Decision::getIdempotencyKey)
                .collect(Collectors.toSet());
    }

    private Map<String, Order> ordersByKey(List<Order> orders) {
        var byId = new HashMap<String, Order>();
        orders.forEach(order -> byId.put(order.getOrderId(), order));
        var byKey = new HashMap<String, Order>();
        for (var decision : Pages.decisions(door, date)) {
            var order = decision.getOrderId() == null ? null : byId.get(decision.getOrderId());
            if (order != null) byKey.put(decision.getIdempotencyKey(), order);
        }
        return byKey;
    }

    private long files() {
        try (Stream<Path> files = Files.walk(out)) {
            return files.filter(Files::isRegularFile).count();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + out, e);
        }
    }
}
