package org.tradesuite.suite.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.tradesuite.database.DatabaseRole;

/**
 * From {@code POST /decisions} to the NewOrderSingle at the broker, with every rule on and every event committed before
 * the order leaves: how many a second, and how long one takes. The raw pair takes its turn in each round.
 */
final class LiveBenchmark {

    private static final int ROUNDS = 3;
    private static final int FIRST = 1_000;

    /** Until the compiler has little left to do: with fewer it takes half of the machine in the first rounds. */
    private static final int WARM_UP = 150_000;

    private static final int SUSTAINED = 8_000;
    private static final int AT_ONCE = 128;
    private static final int BATCHES = 150;
    private static final int BATCH = 100;
    /** With four the machine waits for commits now and then. */
    private static final int BATCHES_AT_ONCE = 8;

    private static final int PER_SECOND = 500;
    private static final int TIMED = 2_500;
    private static final String AT_RATE = "the same at " + PER_SECOND + "/s, from when it was due";

    /** A decision is three events: taken, ordered, routed. */
    private static final int EVENTS_EACH = 3;

    private final ArrayList<Double> rawPerSecond = new ArrayList<>();
    private final ArrayList<Double> oneEach = new ArrayList<>();
    private final ArrayList<Double> hundredEach = new ArrayList<>();
    private final ArrayList<Histogram> saturated = new ArrayList<>();
    private final ArrayList<Histogram> timed = new ArrayList<>();
    private final ArrayList<Histogram> commits = new ArrayList<>();
    private final ArrayList<Histogram> rawTimed = new ArrayList<>();

    private LiveBenchmark() {}

    static void run(Path folder, RawPeer raw, Scoreboard board) throws Exception {
        try (var house = LiveHouse.open(folder)) {
            // Before anything else has run in this process.
            var first = house.load().at(PER_SECOND, FIRST).nanos().getValueAtPercentile(99) / 1e6;
            house.load().asFastAsItGoes(WARM_UP, AT_ONCE);
            house.load().inBatches(2 * BATCHES, BATCH, BATCHES_AT_ONCE);
            var live = new LiveBenchmark();
            var bare = BareTable.of(
                    house.postgres().database().dataSource(DatabaseRole.OWNER),
                    "journal.event",
                    "where chain = 'execution-0' order by seq limit 10000");
            for (var round = 0; round < ROUNDS; round++) live.round(house.load(), raw, bare);
            live.tell(board, first);
        }
    }

    private void round(DecisionLoad load, RawPeer raw, BareTable bare) throws Exception {
        rawPerSecond.add(raw.perSecond());
        var sustained = load.asFastAsItGoes(SUSTAINED, AT_ONCE);
        oneEach.add(sustained.perSecond());
        saturated.add(sustained.nanos());
        hundredEach.add(load.inBatches(BATCHES, BATCH, BATCHES_AT_ONCE).perSecond());
        timed.add(load.at(PER_SECOND, TIMED).nanos());
        commits.add(bare.commitsAt(PER_SECOND, TIMED, EVENTS_EACH));
        rawTimed.add(raw.oneWayAt(PER_SECOND, TIMED));
    }

    private void tell(Scoreboard board, double first) {
        board.add(Figure.of("POST one decision -> committed -> NewOrderSingle on the wire", "orders/s", oneEach)
                .beside(RawPeer.NAME, rawPerSecond)
                .atLeast(0.10, 0.25));
        board.latency("  its latency with " + AT_ONCE + " requests open", saturated, 50, 99, 99.9);
        board.add(Figure.of("the same, " + BATCH + " decisions per POST", "orders/s", hundredEach)
                .beside(RawPeer.NAME, rawPerSecond)
                .atLeast(0.25, 0.5));
        board.add(Figure.of(AT_RATE + ", p50", "ms", millis(timed, 50)).atMost(1.8, 0.9));
        board.add(Figure.of(AT_RATE + ", p99", "ms", millis(timed, 99))
                .beside("group commit p99 + raw FIX p99, one way, at the same rate", parts())
                .atMostTimes(3, 1));
        board.latency(AT_RATE, timed, 99.9);
        board.latency("  bare group commit of " + EVENTS_EACH + " events at " + PER_SECOND + "/s", commits, 50, 99);
        board.latency("  raw FIX, one way, at " + PER_SECOND + "/s", rawTimed, 50, 99);
        board.add(Figure.of("first " + FIRST + " orders after the start, p99", "ms", first)
                .beside("steady p99 at the same rate", millis(timed, 99))
                .atMostTimes(20, 5));
    }

    /** What the path is made of, in each round. */
    private List<Double> parts() {
        var commit = millis(commits, 99);
        var fix = millis(rawTimed, 99);
        return IntStream.range(0, ROUNDS)
                .mapToObj(round -> commit.get(round) + fix.get(round))
                .toList();
    }

    private static List<Double> millis(List<Histogram> rounds, double percentile) {
        return Scoreboard.millis(rounds, percentile);
    }
}
