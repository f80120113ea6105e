package org.tradesuite.reconciliation.match;

import java.util.Arrays;

/** Items one behind the other, and where each begins. Used again and again by one thread. */
public final class Slab {

    public byte[] octets = new byte[0];
    public int size;
    int[] offsets = new int[0];
    int count;

    void clear() {
        size = 0;
        count = 0;
    }

    /** What is there stays. */
    void room(int octetsWanted) {
        if (octets.length < octetsWanted) {
            var more = new byte[Math.max(octetsWanted, octets.length + octets.length / 2)];
            System.arraycopy(octets, 0, more, 0, size);
            octets = more;
        }
    }

    /** Finds where each begins: every one has its length in front. */
    void index() {
        count = 0;
        index(0);
    }

    /** Adds those from there on. */
    void index(int from) {
        for (var at = from; at < size; at += Octets.getInt(octets, at)) {
            if (count == offsets.length) {
                offsets = Arrays.copyOf(offsets, Math.max(64, count * 2));
            }
            offsets[count++] = at;
        }
    }
}
