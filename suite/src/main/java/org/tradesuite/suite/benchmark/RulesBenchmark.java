package org.tradesuite.suite.benchmark;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.tradesuite.execution.risk.Activity;
import org.tradesuite.execution.risk.Assessment;
import org.tradesuite.execution.risk.Exposures;
import org.tradesuite.execution.risk.MessageRates;
import org.tradesuite.execution.risk.PreTrade;
import org.tradesuite.execution.risk.Proposal;
import org.tradesuite.execution.risk.Situation;
import org.tradesuite.execution.risk.Switches;
import org.tradesuite.execution.risk.ValueDates;
import org.tradesuite.market.Currency;

/**
 * Every rule about one order, with {@link LargeFirm} and 100,000 working orders in memory. Another account, instrument and
 * trader each time, so that nothing is warm in the processor but the code, and the order itself, which has just been read
 * when it is asked about.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:MaxGCPauseMillis=10"})
public class RulesBenchmark {

    private static final int WORKING = 100_000;
    private static final int PROPOSALS = 1 << 16;

    private @Nullable Situation situation;
    private List<Proposal> proposals = List.of();
    private int next;
    private @Nullable Proposal asked;

    @Setup
    public void firm() {
        var reference = LargeFirm.reference();
        var market = LargeFirm.market();
        var book = LargeFirm.book();
        var exposures = new Exposures(
                reference,
                market,
                Currency.USD,
                order -> new Exposures.Dealer(
                        "VALUE", LargeFirm.trader(Integer.parseInt(order.substring(1))), /* today= */ true));
        book.watch(exposures);
        for (var number = 0; number < WORKING; number++) {
            book.pend(LargeFirm.order(number));
        }
        var known = new Situation(
                reference,
                book,
                new Activity(),
                exposures,
                new MessageRates(),
                new Switches(),
                instrument -> null,
                new ValueDates());
        proposals = IntStream.range(0, PROPOSALS)
                .mapToObj(number -> proposal(number * 31 + 7))
                .toList();
        var first = PreTrade.assess(proposals.getFirst(), known);
        if (first.isRefused()) {
            throw new IllegalStateException("The order that is measured is refused: " + first.codes());
        }
        situation = known;
    }

    private static Proposal proposal(int number) {
        var order = LargeFirm.order(number);
        return new Proposal(
                order.account(),
                "VALUE",
                LargeFirm.trader(number),
                order.instrument(),
                order.side(),
                order.leaves(),
                order.price(),
                LargeFirm.TEN,
                null,
                null);
    }

    /** Reads the next one. */
    @Setup(Level.Invocation)
    public void read(Blackhole seen) {
        next = (next + 1) & (PROPOSALS - 1);
        asked = proposals.get(next);
        seen.consume(asked.hashCode());
    }

    @Benchmark
    public Assessment everyRule() {
        return PreTrade.assess(Objects.requireNonNull(asked), Objects.requireNonNull(situation));
    }

    static void run(Scoreboard board) throws RunnerException {
        var options = new OptionsBuilder()
                .include(RulesBenchmark.class.getName())
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .build();
        for (RunResult result : new Runner(options).run()) {
            var micros = result.getPrimaryResult().getStatistics();
            var path = "every rule about one order, %d of them"
                    .formatted(PreTrade.rules().size());
            board.add(Figure.of(path + ", p50", "us", micros.getPercentile(50)).atMost(10, 10));
            board.add(Figure.of(path + ", p99", "us", micros.getPercentile(99)).atMost(50, 50));
            board.add(Figure.of(path + ", p99.9", "us", micros.getPercentile(99.9)));
            var allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
            if (allocated != null) {
                board.add(Figure.of("  memory taken by it", "bytes", allocated.getScore()));
            }
        }
    }
}
