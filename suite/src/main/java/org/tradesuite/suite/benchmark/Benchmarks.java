package org.tradesuite.suite.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * One run of all measurements, the raw peer before and after, so that a reader sees how much the machine itself varied.
 * It works in a folder of its own and removes it.
 */
public final class Benchmarks {

    private static final int RAW_ROUND_TRIPS = 100_000;

    private final PrintStream out;

    private Benchmarks(PrintStream out) {
        this.out = out;
    }

    /** Prints the figures; the exit code is 0 if every measurement could be made. */
    public static int run() throws Exception {
        var folder = Files.createTempDirectory("tradesuite-benchmark");
        try {
            new Benchmarks(System.out).all(folder);
            return 0;
        } finally {
            delete(folder);
        }
    }

    private void all(Path folder) throws Exception {
        out.printf(
                "%d processors, %d MB heap, Java %s, %s%n",
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20,
                Runtime.version(),
                System.getProperty("os.name"));
        var raw = new ArrayList<Double>();
        raw.add(rawPair(folder.resolve("raw-before")));
        LiveBenchmark.run(folder.resolve("live"), out);
        EndOfDayBenchmark.run(folder.resolve("end-of-day"), out);
        raw.add(rawPair(folder.resolve("raw-after")));
        out.printf(
                "machine noise: the raw pair made %.0f and %.0f round trips/s, %.0f %% apart%n",
                raw.get(0), raw.get(1), 100 * Math.abs(raw.get(0) - raw.get(1)) / Math.max(raw.get(0), raw.get(1)));
    }

    private double rawPair(Path folder) throws Exception {
        RawFixPair.run(folder.resolve("warm-up"), freePort(), RAW_ROUND_TRIPS / 2);
        var result = RawFixPair.run(folder.resolve("measured"), freePort(), RAW_ROUND_TRIPS);
        out.printf("raw QuickFIX/J pair: %.0f round trips/s, %s%n", result.perSecond(), percentiles(result.nanos()));
        return result.perSecond();
    }

    static String percentiles(Histogram nanos) {
        return "p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, max %.2f ms"
                .formatted(
                        nanos.getValueAtPercentile(50) / 1e6,
                        nanos.getValueAtPercentile(99) / 1e6,
                        nanos.getValueAtPercentile(99.9) / 1e6,
                        nanos.getMaxValue() / 1e6);
    }

    static int freePort() {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (var file : all) Files.deleteIfExists(file);
    }
}
