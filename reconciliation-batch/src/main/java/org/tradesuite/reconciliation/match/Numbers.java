package org.tradesuite.reconciliation.match;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Gives each item a number: those of one home get the numbers of a range one after the other, and when it is full those of
 * another range. For several threads.
 */
final class Numbers {

    private final int bits;
    /** The range of each home, and in the lower half how many of its numbers are given. */
    private final AtomicLongArray homes;

    private int ranges;

    /** @param bits a range has two to the power of it */
    Numbers(int homes, int bits) {
        this.bits = bits;
        this.homes = new AtomicLongArray(homes);
        for (ranges = 0; ranges < homes; ranges++) {
            this.homes.set(ranges, (long) ranges << Integer.SIZE);
        }
    }

    /** The first of so many numbers one after the other, no more than a range has. */
    int next(int home, int count) {
        while (true) {
            var state = homes.getAndAdd(home, count);
            if ((int) state + count <= 1 << bits) {
                return (int) (state >>> Integer.SIZE) << bits | (int) state;
            }
            another(home, count);
        }
    }

    private synchronized void another(int home, int count) {
        if ((int) homes.get(home) + count > 1 << bits) {
            if (ranges == Integer.MAX_VALUE >>> bits) {
                throw new IllegalStateException("More than two thousand million items cannot be matched at once.");
            }
            homes.set(home, (long) ranges++ << Integer.SIZE);
        }
    }
}
