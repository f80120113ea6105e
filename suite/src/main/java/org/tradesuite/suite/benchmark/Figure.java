package org.tradesuite.suite.benchmark;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One path and what was measured of it.
 *
 * @param values one of each repeat; the figure is their median
 * @param peer what it is measured against, taken in the same run
 * @param goal how good it has to be
 */
record Figure(
        String path,
        String unit,
        List<Double> values,
        @Nullable Peer peer,
        @Nullable Goal goal) {

    /** @param values in the unit of the figure beside it */
    record Peer(String name, List<Double> values) {}

    /**
     * @param ratio whether it is about figure over peer, and not about the figure
     * @param most whether less is better
     */
    record Goal(boolean ratio, boolean most, double floor, double wanted) {

        Verdict verdict(double reached) {
            if (most ? reached <= wanted : reached >= wanted) return Verdict.WANTED;
            return (most ? reached <= floor : reached >= floor) ? Verdict.FLOOR : Verdict.MISSED;
        }
    }

    enum Verdict {
        WANTED,
        FLOOR,
        MISSED
    }

    Figure {
        values = List.copyOf(values);
    }

    static Figure of(String path, String unit, List<Double> values) {
        return new Figure(path, unit, values, null, null);
    }

    static Figure of(String path, String unit, double value) {
        return of(path, unit, List.of(value));
    }

    Figure beside(String name, List<Double> peerValues) {
        return new Figure(path, unit, values, new Peer(name, List.copyOf(peerValues)), goal);
    }

    /** Of the peer. */
    Figure atLeast(double floor, double wanted) {
        return new Figure(path, unit, values, peer, new Goal(true, false, floor, wanted));
    }

    /** Times the peer. */
    Figure atMostTimes(double floor, double wanted) {
        return new Figure(path, unit, values, peer, new Goal(true, true, floor, wanted));
    }

    /** In the unit. */
    Figure atMost(double floor, double wanted) {
        return new Figure(path, unit, values, peer, new Goal(false, true, floor, wanted));
    }

    double median() {
        return median(values);
    }

    @Nullable
    Double ratio() {
        return peer == null ? null : median() / median(peer.values());
    }

    @Nullable
    Verdict verdict() {
        if (goal == null) return null;
        var ratio = ratio();
        return goal.verdict(goal.ratio() && ratio != null ? ratio : median());
    }

    static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        var middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Highest less lowest, in percent of the median; nothing can be said of one repeat. */
    static @Nullable Double spread(List<Double> values) {
        if (values.size() < 2) return null;
        var lowest = values.stream().mapToDouble(each -> each).min().orElseThrow();
        var highest = values.stream().mapToDouble(each -> each).max().orElseThrow();
        return 100 * (highest - lowest) / median(values);
    }
}
