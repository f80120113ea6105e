package org.tradesuite.suite.day;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tradesuite.openapi.execution.model.Fill;
import org.tradesuite.openapi.execution.model.Order;
import org.tradesuite.openapi.execution.model.Position;
import org.tradesuite.openapi.execution.model.Side;

/** The day in figures, and whether they add up. */
final class DaySummary {

    private record Line(String what, String figures, boolean right) {}

    private final List<Line> lines = new ArrayList<>();

    void figure(String what, String figures, Object... values) {
        lines.add(new Line(what, figures.formatted(values), true));
    }

    /** A line that must hold; what is wrong is shown with it. */
    void check(String what, Collection<?> wrong, String figures, Object... values) {
        var text = figures.formatted(values);
        lines.add(new Line(
                what,
                wrong.isEmpty()
                        ? text
                        : text + "; wrong: "
                                + wrong.stream().limit(12).map(Object::toString).collect(Collectors.joining(" | "))
                                + (wrong.size() > 12 ? " and " + (wrong.size() - 12) + " more" : ""),
                wrong.isEmpty()));
    }

    boolean addsUp() {
        return lines.stream().allMatch(Line::right);
    }

    String table() {
        var width = lines.stream().mapToInt(line -> line.what().length()).max().orElse(0);
        return lines.stream()
                .map(line -> ("  %-3s %-" + width + "s  %s")
                        .formatted(line.right() ? "ok" : "NO", line.what(), line.figures()))
                .collect(Collectors.joining("\n", "\nThe day in figures\n", "\n"));
    }

    /** Counts by a property, as "3 FILLED, 1 CANCELLED". */
    static <T> String counts(Collection<T> items, Function<T, ?> by) {
        var counts = new TreeMap<String, Integer>();
        items.forEach(item -> counts.merge(String.valueOf(by.apply(item)), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    /** What was traded, by currency. */
    static String traded(Collection<Fill> fills) {
        var money = new TreeMap<String, BigDecimal>();
        for (var fill : fills)
            money.merge(
                    fill.getCurrency(),
                    new BigDecimal(fill.getQuantity()).multiply(new BigDecimal(fill.getPrice())),
                    BigDecimal::add);
        return money.entrySet().stream()
                .map(entry -> entry.getKey() + " " + "%,.0f".formatted(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** Positions that are not what the account started with plus what was filled. */
    static List<String> positionsOff(Collection<Position> positions, Collection<Fill> fills) {
        var expected = new HashMap<String, BigDecimal>();
        for (var row : ReferenceFiles.rows("opening_positions"))
            expected.put(
                    row.getField("account_id") + " " + row.getField("instrument_id"),
                    new BigDecimal(row.getField("quantity")));
        for (var fill : fills) {
            var quantity = new BigDecimal(fill.getQuantity());
            expected.merge(
                    fill.getAccountId() + " " + fill.getInstrumentId(),
                    fill.getSide() == Side.BUY ? quantity : quantity.negate(),
                    BigDecimal::add);
        }
        for (var position : positions)
            expected.merge(
                    position.getAccountId() + " " + position.getInstrumentId(),
                    new BigDecimal(position.getQuantity()).negate(),
                    BigDecimal::add);
        return expected.entrySet().stream()
                .filter(entry -> entry.getValue().signum() != 0)
                .map(entry ->
                        entry.getKey() + " by " + entry.getValue().negate().toPlainString())
                .sorted()
                .toList();
    }

    /**
     * What must be the same however often the day was broken off: which decisions became orders, and of what. What an
     * algorithm then executes follows the market's volume minute by minute and may differ; the brokers' logs tell it.
     */
    static void writeTotals(Path out, List<Decision> tape, Map<String, Order> orders) {
        var rows = tape.stream()
                .filter(decision -> decision.change() == null)
                .sorted(Comparator.comparing(Decision::key))
                .map(decision -> {
                    var order = orders.get(decision.key());
                    return decision.key() + ","
                            + (order == null
                                    ? "none,,,"
                                    : "order," + order.getSide() + "," + order.getInstrumentId() + ","
                                            + plain(order.getQuantity()));
                });
        try {
            Files.createDirectories(out);
            Files.write(
                    out.resolve("totals.csv"),
                    Stream.concat(Stream.of("decision,became,side,instrument,quantity"), rows)
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the totals into " + out, e);
        }
    }

    private static String plain(String quantity) {
        return new BigDecimal(quantity).stripTrailingZeros().toPlainString();
    }
}
