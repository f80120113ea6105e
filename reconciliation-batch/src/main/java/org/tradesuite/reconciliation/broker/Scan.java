package org.tradesuite.reconciliation.broker;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks through octets eight at a time (Warren, Hacker's Delight, 6-1). */
final class Scan {

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = ONES << 7;
    private static final long UP_TO_QUOTE = ONES * ('"' + 1);
    private static final int WORD = Long.BYTES;

    private Scan() {}

    static long word(byte[] octets, int at) {
        return (long) WORDS.get(octets, at);
    }

    /** An octet in all eight places. */
    static long eightTimes(byte octet) {
        return ONES * (octet & 0xFF);
    }

    /** Where the first octet stands that may end a field: the separator, or none above a quote; else the end. */
    static int toMark(byte[] octets, int from, int to, long separators) {
        var at = from;
        for (; at + WORD <= to; at += WORD) {
            var word = word(octets, at);
            var others = word ^ separators;
            // The lowest bit that is set is right, which those above it need not be.
            var marks = ((word - UP_TO_QUOTE & ~word) | (others - ONES & ~others)) & HIGH;
            if (marks != 0) {
                return at + (Long.numberOfTrailingZeros(marks) >>> 3);
            }
        }
        while (at < to && (octets[at] < 0 || octets[at] > '"') && octets[at] != (byte) separators) {
            at++;
        }
        return at;
    }

    /** The highest bit of each octet that is the one looked for, and no other bit. */
    static long each(long word, long eightTimes) {
        var others = word ^ eightTimes;
        return ~((others & ~HIGH) + ~HIGH | others | ~HIGH);
    }
}
