package org.tradesuite.execution.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Quantity;

/**
 * Equal slices over open time. With n slices, by the k-th there should be {@code target(k) = whole lots of X k / n} with
 * the brokers; rounding the running sum and not the slice leaves no tail at the end. A slice comes at the beginning of
 * its n-th of the time, so that the first goes at once and the last has its time to trade.
 *
 * <p>Worked example: 1,000 in lots of 100 over three slices. Targets 300, 600, 1,000; slices 300, 300, 400.
 *
 * @param slices how many, at least one
 */
public record Twap(Quantity quantity, Quantity lot, int slices, List<Window> open, EndBehaviour atEnd) implements Plan {

    public Twap {
        open = List.copyOf(open);
        if (slices < 1) {
            throw new IllegalArgumentException("A TWAP has at least one slice, not " + slices + ".");
        }
    }

    /**
     * As many slices as the interval fits into the open time, but no more than give each slice the smallest child.
     * (Sending the whole order at once when a slice is too small, as some do, is what a TWAP is there to avoid.)
     *
     * @param smallestChild below a lot it counts as a lot
     */
    public static Twap of(
            Quantity quantity,
            Quantity lot,
            Quantity smallestChild,
            Duration interval,
            List<Window> open,
            EndBehaviour atEnd) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("A TWAP's interval is longer than nothing, not " + interval + ".");
        }
        var byTime = Math.max(1, Plan.openTime(open, open.getLast().to()).dividedBy(interval));
        var child = roundedUp(smallestChild, lot);
        var byChild = quantity.value()
                .divide(child, 0, RoundingMode.FLOOR)
                .max(BigDecimal.ONE)
                .min(BigDecimal.valueOf(byTime));
        return new Twap(quantity, lot, byChild.intValueExact(), open, atEnd);
    }

    private static BigDecimal roundedUp(Quantity smallestChild, Quantity lot) {
        return smallestChild
                .value()
                .divide(lot.value(), 0, RoundingMode.CEILING)
                .max(BigDecimal.ONE)
                .multiply(lot.value());
    }

    @Override
    public Quantity target(Instant at) {
        return targetOfSlice(slicesDue(at));
    }

    private Quantity targetOfSlice(int k) {
        return k >= slices
                ? quantity
                : Lots.floor(
                        quantity.value()
                                .multiply(BigDecimal.valueOf(k))
                                .divide(BigDecimal.valueOf(slices), 18, RoundingMode.FLOOR),
                        lot);
    }

    private int slicesDue(Instant at) {
        if (at.isBefore(start())) {
            return 0;
        }
        var due = 1;
        while (due < slices && !sliceTime(due).isAfter(at)) {
            due++;
        }
        return due;
    }

    /** When slice k, counted from zero, is due. */
    private Instant sliceTime(int k) {
        var total = Plan.openTime(open, end());
        return Plan.afterOpenTime(open, total.multipliedBy(k).dividedBy(slices));
    }

    private @Nullable Instant nextSlice(Instant now) {
        var due = slicesDue(now);
        return due == 0 ? start() : due < slices ? sliceTime(due) : end();
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
        var target = target(now);
        return progress.out().compareTo(target) >= 0
                ? Step.waitUntil(nextSlice(now))
                : Step.send(target.minus(progress.out()), nextSlice(now));
    }
}
