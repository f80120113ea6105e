package org.tradesuite.reconciliation.match;

import java.nio.file.Path;

/**
 * Within what a comparison has to do.
 *
 * @param folder where items wait that do not fit; files appear and disappear, none stays
 * @param memory octets that items may take while they are worked on
 * @param threads how many parts are worked on at the same time
 * @param expected octets of both sides, as far as known: how many parts are made
 */
public record Settings(Path folder, long memory, int threads, long expected) {

    private static final int LEAST_PARTITION = 64;
    private static final int MOST_PARTITIONS = 512;
    private static final int LARGEST_PARTITION = 1 << 28;
    private static final long LEAST_SKEWED = 1 << 26;
    private static final int BUFFER = 1 << 15;
    /** Octets of a part that are near the processor while it is worked on. */
    private static final int NEAR = 1 << 23;

    private static final int ITEM = 256;

    public Settings {
        if (memory < 1 || threads < 1) {
            throw new IllegalArgumentException("Memory and threads are at least one.");
        }
    }

    /** Octets of one side's part that fit, each thread holding both sides and what it knows of them. */
    int partition() {
        return Math.clamp(memory / (4L * threads), LEAST_PARTITION, LARGEST_PARTITION);
    }

    /** A part that cannot be parted, because its keys are equal, may be that much larger than planned. */
    long skewed() {
        return Math.max(8L * partition(), LEAST_SKEWED);
    }

    int buffer() {
        return Math.clamp(partition() / 4, LEAST_PARTITION, BUFFER);
    }

    /** A power of two. */
    int partitions() {
        var wanted = Math.clamp(expected / Math.min(partition(), NEAR), 1, MOST_PARTITIONS);
        return Integer.highestOneBit(Math.max(1, 2 * wanted - 1));
    }

    /** Items whose numbers differ only in so many last bits wait in the same part. */
    int rangeBits() {
        return 31 - Integer.numberOfLeadingZeros(Math.max(1, partition() / ITEM));
    }
}
