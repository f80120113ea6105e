package org.tradesuite.execution.plan;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.reference.VolumeInterval;
import org.tradesuite.market.Quantity;

/**
 * Along the market's usual volume, and never more than a share of its actual volume. By an instant the target is the
 * order's quantity times the fraction of the plan's volume that has usually traded by then, in whole lots.
 *
 * <p>The cap p is of all volume, ours included: if everything working were to trade, executed + working is at most p of
 * market volume + working. With market volume V so far (executed E in it) and W working, the next child is at most
 * {@code (pV - E) / (1 - p) - W}. Worked example: p 10 %, V 10,000, E 500, W 0: (1,000 - 500) / 0.9 = 555; with it we
 * have 1,055 of 10,555, which is 9.995 %. Where the feed leaves our own executions out of V, the cap is only stricter.
 *
 * <p>Without volume nothing is sent: a cap that yields when the market is silent protects nobody. What is left at the
 * end is cancelled, or sent with {@link EndBehaviour#FINISH}, which is the one case in which the cap yields, because
 * the desk has said so.
 *
 * @param smallestChild less is only sent if it is the rest of the order
 * @param participation the cap, above zero and at most one; one for none
 * @param interval how often to look again
 * @param curve from zero to one, in order of time
 */
public record Vwap(
        Quantity quantity,
        Quantity lot,
        Quantity smallestChild,
        BigDecimal participation,
        Duration interval,
        List<CurvePoint> curve,
        List<Window> open,
        EndBehaviour atEnd)
        implements Plan {

    private static final MathContext PRECISION = MathContext.DECIMAL64;

    public Vwap {
        curve = List.copyOf(curve);
        open = List.copyOf(open);
        if (participation.signum() <= 0 || participation.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException(
                    "A participation cap is above 0 and at most 1, not " + participation.toPlainString() + ".");
        }
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("A VWAP's interval is longer than nothing, not " + interval + ".");
        }
        if (curve.size() < 2) {
            throw new IllegalArgumentException("A volume curve has at least a beginning and an end.");
        }
    }

    /**
     * Along a volume profile of the day, cut to the windows. Within a bin volume is even; a profile's volume outside the
     * windows does not count.
     *
     * @throws IllegalArgumentException if the profile has no volume inside the windows
     */
    public static Vwap of(
            Quantity quantity,
            Quantity lot,
            Quantity smallestChild,
            BigDecimal participation,
            Duration interval,
            List<VolumeInterval> profile,
            List<Window> open,
            EndBehaviour atEnd) {
        return new Vwap(quantity, lot, smallestChild, participation, interval, curve(profile, open), open, atEnd);
    }

    private static List<CurvePoint> curve(List<VolumeInterval> profile, List<Window> open) {
        var instants = new TreeSet<Instant>();
        for (var window : open) {
            instants.add(window.from());
            instants.add(window.to());
            for (var bin : profile) {
                if (window.contains(bin.from())) {
                    instants.add(bin.from());
                }
                if (window.contains(bin.to())) {
                    instants.add(bin.to());
                }
            }
        }
        var total = volumeBy(instants.last(), profile, open);
        if (total.signum() <= 0) {
            throw new IllegalArgumentException(
                    "The volume profile has no volume between " + instants.first() + " and " + instants.last() + ".");
        }
        var points = new ArrayList<CurvePoint>();
        for (var at : instants) {
            points.add(new CurvePoint(at, volumeBy(at, profile, open).divide(total, PRECISION)));
        }
        return points;
    }

    private static BigDecimal volumeBy(Instant at, List<VolumeInterval> profile, List<Window> open) {
        var sum = BigDecimal.ZERO;
        for (var bin : profile) {
            var length = Duration.between(bin.from(), bin.to());
            for (var window : open) {
                var from = bin.from().isAfter(window.from()) ? bin.from() : window.from();
                var to = bin.to().isBefore(window.to()) ? bin.to() : window.to();
                var until = at.isBefore(to) ? at : to;
                if (from.isBefore(until)) {
                    var part = Duration.between(from, until);
                    sum = sum.add(bin.share()
                            .multiply(BigDecimal.valueOf(part.toNanos()))
                            .divide(BigDecimal.valueOf(length.toNanos()), PRECISION));
                }
            }
        }
        return sum;
    }

    @Override
    public Quantity target(Instant at) {
        return at.isBefore(end()) ? Lots.floor(quantity.value().multiply(expected(at)), lot) : quantity;
    }

    private BigDecimal expected(Instant at) {
        var before = curve.getFirst();
        if (!at.isAfter(before.at())) {
            return before.expected();
        }
        for (var point : curve) {
            if (point.at().isAfter(at)) {
                var passed =
                        BigDecimal.valueOf(Duration.between(before.at(), at).toNanos());
                var length = BigDecimal.valueOf(
                        Duration.between(before.at(), point.at()).toNanos());
                var rise = point.expected().subtract(before.expected());
                return before.expected()
                        .add(rise.multiply(passed).divide(length, 18, RoundingMode.FLOOR))
                        .min(point.expected());
            }
            before = point;
        }
        return curve.getLast().expected();
    }

    @Override
    public Step step(Instant now, Progress progress) {
        if (progress.executed().compareTo(quantity) >= 0) {
            return Step.DONE;
        }
        if (!now.isBefore(end())) {
            return Ending.step(atEnd, quantity, progress);
        }
        if (!Plan.isOpen(open, now)) {
            return Step.waitUntil(Plan.nextOpen(open, now));
        }
        var behind = target(now).value().subtract(progress.out().value());
        var child = Lots.floor(behind.min(allowed(progress)), lot);
        var rest = quantity.value().subtract(progress.out().value());
        var isTheRest = child.value().compareTo(rest) == 0;
        return child.isZero() || (child.compareTo(smallestChild) < 0 && !isTheRest)
                ? Step.waitUntil(nextLook(now))
                : Step.send(child, nextLook(now));
    }

    /** The most that the cap lets out now, whatever the schedule says; below zero when too much is out. */
    private BigDecimal allowed(Progress progress) {
        if (participation.compareTo(BigDecimal.ONE) == 0) {
            return quantity.value();
        }
        var others = BigDecimal.ONE.subtract(participation);
        return participation
                .multiply(progress.marketVolume().value())
                .subtract(progress.executed().value())
                .divide(others, 18, RoundingMode.FLOOR)
                .subtract(progress.working().value());
    }

    private @Nullable Instant nextLook(Instant now) {
        var next = now.plus(interval);
        return next.isBefore(end()) ? next : end();
    }
}
