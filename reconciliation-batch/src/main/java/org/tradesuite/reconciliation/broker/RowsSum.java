package org.tradesuite.reconciliation.broker;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A sum over rows: the same for the same rows in whatever order they come, and another if one of them changes. For one thread. */
final class RowsSum {

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONE = 0x9E3779B97F4A7C15L;
    private static final long OTHER = 0xC2B2AE3D27D4EB4FL;
    private static final int WORD = 8;

    private long rows;
    private long one;
    private long other;

    void add(Records record) {
        var octets = record.octets();
        var left = ONE;
        var right = OTHER;
        for (var field = 0; field < record.fields(); field++) {
            var at = record.from(field);
            var to = record.to(field);
            for (; at + WORD <= to; at += WORD) {
                var word = (long) WORDS.get(octets, at);
                left = mixed(left ^ word, ONE);
                right = mixed(right + word, OTHER);
            }
            var rest = (long) (to - record.from(field));
            for (; at < to; at++) {
                rest = (rest << WORD) | (octets[at] & 0xFFL);
            }
            left = mixed(left ^ rest, ONE);
            right = mixed(right + rest, OTHER);
        }
        rows++;
        one += left;
        other += right;
    }

    private static long mixed(long value, long factor) {
        var product = value * factor;
        return product ^ (product >>> 29);
    }

    @Override
    public String toString() {
        return rows + " " + Long.toHexString(one) + " " + Long.toHexString(other);
    }
}
