package org.tradesuite.execution.marketdata;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Price;

/**
 * The prices of one instrument over the last quarter of an hour, one of every five seconds in which the market said
 * something. Belongs to one thread.
 */
final class PriceHistory {

    private static final long APART_SECONDS = 5;
    private static final int KEPT = (int) (Duration.ofMinutes(15).toSeconds() / APART_SECONDS);

    private final long[] slots = new long[KEPT];
    private final @Nullable Price[] prices = new @Nullable Price[KEPT];
    private int next;
    private int count;

    /** The first price of a slot of time stands for it. */
    void add(Instant at, Price price) {
        var slot = slot(at);
        if (count > 0 && slots[place(count - 1)] >= slot) {
            return;
        }
        slots[next] = slot;
        prices[next] = price;
        next = (next + 1) % KEPT;
        count = Math.min(count + 1, KEPT);
    }

    /** The last price from then or before; the oldest there is if the market was silent until later; null for none. */
    @Nullable
    Price at(Instant then) {
        var slot = slot(then);
        for (var age = count - 1; age >= 0; age--) {
            if (slots[place(age)] <= slot) {
                return prices[place(age)];
            }
        }
        return count == 0 ? null : prices[place(0)];
    }

    /** From the oldest, which is 0. */
    private int place(int fromOldest) {
        return Math.floorMod(next - count + fromOldest, KEPT);
    }

    private static long slot(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), APART_SECONDS);
    }
}
