package org.tradesuite.suite.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of all measurements or of some, each beside its raw peer, the raw pair before, between and after, so that a
 * reader sees how much the machine itself varied. It works in a folder of its own and removes it; the figures stay.
 */
public final class Benchmarks {

    private static final Logger LOG = LoggerFactory.getLogger(Benchmarks.class);
    private static final String ARGUMENT = "--benchmark";
    private static final String TRADES = "--benchmark.trades=";
    private static final List<Integer> USUAL_TRADES = List.of(1_000_000);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(30);
    private static final DateTimeFormatter FOLDER =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final PrintStream out;
    private final Path folder;
    private final List<Integer> trades;
    private final Scoreboard board;
    private final RawPeer raw;
    private final String machine = machine();
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean complete = true;
    private volatile boolean brokenOff;

    private Benchmarks(PrintStream out, Path folder, List<Integer> trades) {
        this.out = out;
        this.folder = folder;
        this.trades = List.copyOf(trades);
        this.board = new Scoreboard(out);
        this.raw = new RawPeer(folder.resolve("raw"));
    }

    /**
     * Measures and prints; leaves {@code figures.txt} and {@code figures.csv} under {@code benchmark} in that folder.
     *
     * @return 0 if every measurement could be made
     */
    public static int run(List<String> arguments, Path outputs, Instant now) throws IOException {
        final Set<Part> parts;
        final List<Integer> trades;
        try {
            parts = parts(arguments);
            trades = trades(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        }
        var folder = Files.createTempDirectory("tradesuite-benchmark");
        var benchmarks = new Benchmarks(System.out, folder, trades);
        var measuring = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> benchmarks.breakOff(measuring), "benchmark-broken-off"));
        try {
            benchmarks.run(parts);
            if (benchmarks.brokenOff) return 1;
            benchmarks.tell(outputs.resolve("benchmark").resolve(FOLDER.format(now)));
            return benchmarks.complete ? 0 : 1;
        } finally {
            delete(folder);
            benchmarks.ended.countDown();
        }
    }

    /** After Ctrl-C: the servers are stopped and the folder is removed before the process ends. */
    private void breakOff(Thread measuring) {
        brokenOff = true;
        measuring.interrupt();
        try {
            if (!ended.await(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS))
                System.err.println("A database server may be left in " + folder + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether a run is asked for. */
    public static boolean isAsked(List<String> arguments) {
        return arguments.stream().anyMatch(each -> each.equals(ARGUMENT) || each.startsWith(ARGUMENT + "="));
    }

    private static Set<Part> parts(List<String> arguments) {
        return arguments.stream()
                .filter(each -> each.startsWith(ARGUMENT + "="))
                .findFirst()
                .map(each -> Part.of(each.substring(ARGUMENT.length() + 1)))
                .orElseGet(Part::usual);
    }

    private static List<Integer> trades(List<String> arguments) {
        return arguments.stream()
                .filter(each -> each.startsWith(TRADES))
                .findFirst()
                .map(each -> Stream.of(each.substring(TRADES.length()).split(",", -1))
                        .map(Benchmarks::size)
                        .toList())
                .orElse(USUAL_TRADES);
    }

    private static int size(String word) {
        if (!word.matches("[1-9][0-9]{0,7}"))
            throw new IllegalArgumentException("'" + word + "' is no number of trades: give 1 to 99999999.");
        return Integer.parseInt(word);
    }

    private void run(Set<Part> parts) {
        out.println(machine);
        for (var part : parts) {
            if (brokenOff) return;
            var began = System.nanoTime();
            out.println(part.word());
            measure(part);
            out.printf("  (%d s)%n", Duration.ofNanos(System.nanoTime() - began).toSeconds());
        }
    }

    /** What could not be measured is said and the rest goes on. */
    private void measure(Part part) {
        var place = folder.resolve(part.word());
        try {
            // The live path comes first of all, because its start is measured cold.
            if (part != Part.LIVE && raw.all().isEmpty()) raw.perSecond();
            switch (part) {
                case LIVE -> LiveBenchmark.run(place, raw, board);
                case FILLS -> FillBenchmark.run(place, raw, board);
                case ENGINE -> EngineBenchmark.run(place, board);
                case RULES -> RulesBenchmark.run(board);
                case APPEND -> AppendBenchmark.run(place, board);
                case REPLAY -> ReplayBenchmark.run(place, board);
                case HEAP -> HeapBenchmark.run(place, board);
                case RESTART -> RestartBenchmark.run(place, board);
                case RECONCILIATION -> ReconciliationBenchmark.run(Files.createDirectories(place), board, trades);
                case STATEMENTS -> StatementsBenchmark.run(Files.createDirectories(place), board);
                case BREAKS -> BreakScreenBenchmark.run(Files.createDirectories(place), board);
                case END_OF_DAY -> EndOfDayBenchmark.run(place, board);
            }
            if (!brokenOff) raw.perSecond();
        } catch (Exception e) {
            if (brokenOff) return;
            complete = false;
            LOG.warn("{} could not be measured", part.word(), e);
            board.remark("NOT MEASURED: " + part.word() + ": " + e.getMessage());
        }
    }

    private void tell(Path figures) throws IOException {
        if (!raw.all().isEmpty()) {
            board.add(Figure.of("the machine itself: " + RawPeer.NAME, "orders/s", raw.all()));
            board.latency("  round trip, 500 on the way", raw.latencies(), 50, 99, 99.9);
        }
        out.println();
        out.print(board.table());
        board.write(figures, machine);
        out.println("The same in " + figures.resolve("figures.txt") + " and figures.csv.");
    }

    private static String machine() {
        return "%d processors, load %.1f at the start, %d MB heap at most, Java %s, %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                        Runtime.getRuntime().maxMemory() >> 20,
                        Runtime.version(),
                        System.getProperty("os.name"));
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (var file : all) Files.deleteIfExists(file);
    }
}
