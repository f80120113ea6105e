package org.tradesuite.suite.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** The raw pair, asked again and again during a run: what it does differently each time is the machine's own noise. */
final class RawPeer {

    static final String NAME = "raw QuickFIX/J pair, file store, no sync";

    private static final int WARM_UP = 50_000;
    private static final int ROUND_TRIPS = 50_000;

    private final Path folder;
    private final List<Double> perSecond = new ArrayList<>();
    private final List<Histogram> saturated = new ArrayList<>();
    private int runs;

    RawPeer(Path folder) {
        this.folder = folder;
    }

    /** Round trips a second with 500 on the way. */
    double perSecond() throws Exception {
        if (perSecond.isEmpty()) RawFixPair.run(next(), Ports.free(), WARM_UP);
        var result = RawFixPair.run(next(), Ports.free(), ROUND_TRIPS);
        perSecond.add(result.perSecond());
        saturated.add(result.nanos());
        return result.perSecond();
    }

    /** How long an order is on its way to the other side at this rate. */
    Histogram oneWayAt(int rate, int count) throws Exception {
        return RawFixPair.at(next(), Ports.free(), rate, count).oneWay();
    }

    List<Double> all() {
        return perSecond;
    }

    List<Histogram> latencies() {
        return saturated;
    }

    private Path next() {
        return folder.resolve(Integer.toString(++runs));
    }
}
