package org.tradesuite.reconciliation.match;

import java.util.Arrays;

/** Items one behind the other, and where each begins. Used again and again by one thread. */
public final class Slab {

    public byte[] octets = new byte[0];
    public int size;
    int[] offsets = new int[0];
    int count;

    void room(int octetsWanted) {
        if (octets.length < octetsWanted) {
            octets = new byte[Math.max(octetsWanted, octets.length + octets.length / 2)];
        }
    }

    /** Finds where each begins: every one has its length in front. */
    void index() {
        count = 0;
        for (var at = 0; at < size; at += Octets.getInt(octets, at)) {
            if (count == offsets.length) {
                offsets = Arrays.copyOf(offsets, Math.max(64, count * 2));
            }
            offsets[count++] = at;
        }
    }
}
