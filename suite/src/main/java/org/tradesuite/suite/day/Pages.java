package org.tradesuite.suite.day;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tradesuite.openapi.execution.model.Decision;
import org.tradesuite.openapi.execution.model.Fill;
import org.tradesuite.openapi.execution.model.Order;
import org.tradesuite.openapi.execution.model.Position;
import org.tradesuite.openapi.execution.model.Route;
import org.tradesuite.openapi.reconciliation.model.BreakStatus;
import org.tradesuite.openapi.reconciliation.model.Feed;
import org.tradesuite.openapi.reconciliation.model.ModelBreak;
import org.tradesuite.openapi.reconciliation.model.Statement;
import org.tradesuite.openapi.reporting.model.Report;
import org.tradesuite.openapi.settlement.model.Instruction;
import org.tradesuite.suite.door.FrontDoor;

/** Whole lists, read page by page. */
public final class Pages {

    private static final int SIZE = 1000;

    private record Page<T>(List<T> items, @Nullable String next) {}

    private Pages() {}

    public static List<Order> orders(FrontDoor door, LocalDate date) {
        return all(cursor -> {
            var page = door.orders().listOrders(date, null, null, null, null, cursor, SIZE);
            return new Page<>(page.getItems(), page.getNextCursor());
        });
    }

    public static List<Fill> fills(FrontDoor door, @Nullable LocalDate date) {
        return all(cursor -> {
            var page = door.fills().listFills(date, null, null, null, null, cursor, SIZE);
            return new Page<>(page.getItems(), page.getNextCursor());
        });
    }

    public static List<Decision> decisions(FrontDoor door, LocalDate date) {
        return all(cursor -> {
            var page = door.decisions().listDecisions(date, null, null, null, cursor, SIZE);
            return new Page<>(page.getItems(), page.getNextCursor());
        });
    }

    public static List<Route> routes(FrontDoor door, LocalDate date) {
        return all(cursor -> {
            var page = door.orders().listRoutes(null, null, null, date, cursor, SIZE);
            return new Page<>(page.getItems(), page.getNextCursor());
        });
    }

    public static List<Position> positions(FrontDoor door) {
        return all(cursor -> {
            var page = door.positions().listPositions(null, null, cursor, SIZE);
            return new Page<>(page.getItems(), page.getNextCursor());
        });
    }

    static List<Report> reports(FrontDoor door, LocalDate date) {
        return all(cursor -> {
            var page = door.reports().listReports(date, null, cursor, SIZE);
            return new Page<>(page.getItems(), page.getNextCursor());
        });
    }

    static List<Instruction> instructions(FrontDoor door, LocalDate date) {
        return all(cursor -> {
            var page = door.instructions().listInstructions(null, date, null, null, cursor, SIZE);
            return new Page<>(page.getItems(), page.getNextCursor());
        });
    }

    /** Breaks of that date, or of all; of that status, or of any. */
    static List<ModelBreak> breaks(FrontDoor door, @Nullable LocalDate date, @Nullable BreakStatus status) {
        return all(cursor -> {
            var page = door.breaks()
                    .listBreaks(
                            date, null, status, null, null, null, null, null, null, null, null, null, null, null, null,
                            null, cursor, SIZE);
            return new Page<>(page.getItems(), page.getNextCursor());
        });
    }

    /** Drop copies that came for that date, those that others have taken the place of among them. */
    static List<Statement> dropCopies(FrontDoor door, LocalDate date) {
        return all(cursor -> {
            var page = door.statements().listStatements(date, Feed.BROKER_DROP_COPY, cursor, SIZE);
            return new Page<>(page.getItems(), page.getNextCursor());
        });
    }

    private static <T> List<T> all(Function<@Nullable String, Page<T>> read) {
        var items = new ArrayList<T>();
        String cursor = null;
        do {
            var page = read.apply(cursor);
            items.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        return items;
    }
}
