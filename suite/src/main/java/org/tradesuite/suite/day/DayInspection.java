package org.tradesuite.suite.day;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tradesuite.openapi.execution.model.Order;
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
        summary.check("Orders at the brokers", truth.lost(routes), "%d received, none lost", truth.orders());
        summary.check("Sent once", truth.sentTwice(), "no order reached a broker twice");
        summary.check(
                "Fills at the brokers",
                truth.differences(fills),
                "%d executions, the same in our books",
                truth.executions());
        summary.check(
                "Positions",
                DaySummary.positionsOff(Pages.positions(door), Pages.fills(door, null)),
                "opening holdings plus fills");
        var instructions = Pages.instructions(door, date);
        summary.figure(
                "Settlement",
                "%d instructions: %s",
                instructions.size(),
                DaySummary.counts(instructions, i -> i.getStatus()));
        var breaks = new SeededBreaks(world, date, settled).differences(Pages.breaks(door, date));
        summary.check(
                "Breaks",
                breaks.wrong(),
                "%d found: %s; the ones that were seeded, no more and no fewer",
                breaks.found(),
                breaks.classes());
        var reports = Pages.reports(door, date);
        summary.figure("Reports", "%d: %s", reports.size(), DaySummary.counts(reports, report -> report.getKind()));
        summary.figure("Files", "%d under %s", files(), out);
        DaySummary.writeTotals(out, tape, ordersByKey(orders));
        return summary;
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
