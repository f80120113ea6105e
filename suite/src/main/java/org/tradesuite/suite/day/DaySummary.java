package org.tradesuite.suite.day;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tradesuite.openapi.execution.model.Fill;

/** What is told at the end in figures, and whether they add up. */
public final class DaySummary {

    private record Line(String what, String figures, boolean right) {}

    private final List<Line> lines = new ArrayList<>();

    public void figure(String what, String figures, Object... values) {
        lines.add(new Line(what, figures.formatted(values), true));
    }

    /** A line that must hold; what is wrong is shown with it. */
    public void check(String what, Collection<?> wrong, String figures, Object... values) {
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

    public boolean addsUp() {
        return lines.stream().allMatch(Line::right);
    }

    /** @param title above the lines */
    public String table(String title) {
        var width = lines.stream().mapToInt(line -> line.what().length()).max().orElse(0);
        return lines.stream()
                .map(line -> ("  %-3s %-" + width + "s  %s")
                        .formatted(line.right() ? "ok" : "NO", line.what(), line.figures()))
                .collect(Collectors.joining("\n", "\n" + title + "\n", "\n"));
    }

    /** Counts by a property, as "3 FILLED, 1 CANCELLED". */
    public static <T> String counts(Collection<T> items, Function<T, ?> by) {
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
}
