package org.tradesuite.suite.benchmark;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The figures of one run: each is told as soon as it is known, all of them as one table at the end. */
final class Scoreboard {

    private static final String ROW = "%-66s %12s %-9s %6s %6s %6s %-6s %3s %6s%n";

    private final PrintStream out;
    private final List<Figure> figures = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    Scoreboard(PrintStream out) {
        this.out = out;
    }

    void add(Figure figure) {
        figures.add(figure);
        out.printf("  %s: %s %s%n", figure.path(), number(figure.median()), figure.unit());
    }

    /** Something a reader of the figures must know. */
    void remark(String text) {
        remarks.add(text);
        out.println("  " + text);
    }

    /** Percentiles of several repeats, in milliseconds; the first is the median. */
    void latency(String path, List<org.HdrHistogram.Histogram> repeats, double... percentiles) {
        for (var percentile : percentiles) {
            add(Figure.of(path + ", p" + plain(percentile), "ms", millis(repeats, percentile)));
        }
    }

    static List<Double> millis(List<org.HdrHistogram.Histogram> repeats, double percentile) {
        return repeats.stream()
                .map(each -> each.getValueAtPercentile(percentile) / 1e6)
                .toList();
    }

    String table() {
        var text = new StringBuilder();
        text.append(ROW.formatted("path", "figure", "unit", "ratio", "floor", "wanted", "holds", "n", "spread"));
        for (var figure : figures) {
            var goal = figure.goal();
            var verdict = figure.verdict();
            text.append(ROW.formatted(
                    figure.path(),
                    number(figure.median()),
                    figure.unit(),
                    figure.ratio() == null ? "" : number(figure.ratio()),
                    goal == null ? "" : number(goal.floor()),
                    goal == null ? "" : number(goal.wanted()),
                    verdict == null ? "" : verdict.name().toLowerCase(Locale.ROOT),
                    figure.values().size(),
                    percent(Figure.spread(figure.values()))));
            var peer = figure.peer();
            if (peer != null)
                text.append(ROW.formatted(
                        "  beside: " + peer.name(),
                        number(Figure.median(peer.values())),
                        figure.unit(),
                        "",
                        "",
                        "",
                        "",
                        peer.values().size(),
                        percent(Figure.spread(peer.values()))));
        }
        text.append("\n"
                + "figure: median of n repeats; spread: highest less lowest in percent of it; ratio: figure over"
                + " peer;\n"
                + "floor and wanted: of the ratio where there is a peer, else of the figure.\n");
        remarks.forEach(remark -> text.append(remark).append('\n'));
        return text.toString().replaceAll(" +\n", "\n");
    }

    /** The same for a program: {@code figures.csv} and {@code figures.txt}. */
    void write(Path folder, String heading) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("figures.txt"), heading + "\n\n" + table());
        try (var csv = CsvWriter.builder().build(folder.resolve("figures.csv"))) {
            csv.writeRecord(
                    "path",
                    "figure",
                    "unit",
                    "repeats",
                    "spread_percent",
                    "peer",
                    "peer_figure",
                    "peer_repeats",
                    "peer_spread_percent",
                    "ratio",
                    "floor",
                    "wanted",
                    "holds");
            for (var figure : figures) {
                var peer = figure.peer();
                var goal = figure.goal();
                var verdict = figure.verdict();
                csv.writeRecord(
                        figure.path(),
                        exact(figure.median()),
                        figure.unit(),
                        Integer.toString(figure.values().size()),
                        exact(Figure.spread(figure.values())),
                        peer == null ? "" : peer.name(),
                        peer == null ? "" : exact(Figure.median(peer.values())),
                        peer == null ? "" : Integer.toString(peer.values().size()),
                        peer == null ? "" : exact(Figure.spread(peer.values())),
                        exact(figure.ratio()),
                        goal == null ? "" : exact(goal.floor()),
                        goal == null ? "" : exact(goal.wanted()),
                        verdict == null ? "" : verdict.name().toLowerCase(Locale.ROOT));
            }
        }
    }

    private static String exact(@Nullable Double value) {
        return value == null ? "" : String.format(Locale.ROOT, "%.4f", value);
    }

    private static String percent(@Nullable Double value) {
        return value == null ? "" : String.format(Locale.ROOT, "%.0f %%", value);
    }

    /** As many digits as a reader can use. */
    private static String number(double value) {
        var size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }

    private static String plain(double percentile) {
        return percentile == Math.rint(percentile) ? Integer.toString((int) percentile) : Double.toString(percentile);
    }
}
