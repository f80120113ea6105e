package org.tradesuite.reconciliation.broker;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What short texts mean that come again and again, looked up by their octets: accounts, markets, dates. It holds so many
 * and no more, so that a file of rubbish does not fill the memory. For one thread.
 */
final class Vocabulary<V> {

    private static final int MOST = 1 << 17;
    private static final long PRIME = 0x9E3779B97F4A7C15L;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[][] keys = new byte[256][];
    private @Nullable Object[] values = new Object[256];
    private int size;
    /** Where the last was found: dates, markets and currencies are the same row after row. */
    private int last;

    /** @return null if it is not known */
    @SuppressWarnings({"unchecked", "NullAway"}) // an empty place has no key
    @Nullable
    V get(byte[] octets, int from, int to) {
        var key = keys[last];
        if (key == null || key.length != to - from || !Arrays.equals(key, 0, key.length, octets, from, to)) {
            last = slot(keys, octets, from, to);
        }
        return (V) values[last];
    }

    @SuppressWarnings("NullAway") // an empty place has no key
    private static int slot(byte[][] keys, byte[] octets, int from, int to) {
        var slot = hash(octets, from, to) & keys.length - 1;
        while (keys[slot] != null && !Arrays.equals(keys[slot], 0, keys[slot].length, octets, from, to)) {
            slot = slot + 1 & keys.length - 1;
        }
        return slot;
    }

    /** Eight octets at a time. */
    private static int hash(byte[] octets, int from, int to) {
        var hash = (long) to - from;
        var at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash = (hash ^ (long) LONG.get(octets, at)) * PRIME;
            hash ^= hash >>> 32;
        }
        var rest = 0L;
        for (; at < to; at++) {
            rest = rest << 8 | (octets[at] & 0xFF);
        }
        hash = (hash ^ rest) * PRIME;
        return (int) (hash ^ hash >>> 32);
    }

    void put(String text, V value) {
        var octets = text.getBytes(StandardCharsets.UTF_8);
        put(octets, 0, octets.length, value);
    }

    void put(byte[] octets, int from, int to, V value) {
        if (size >= MOST) {
            return;
        }
        if (2 * (size + 1) > keys.length) {
            var oldKeys = keys;
            var oldValues = values;
            last = 0;
            keys = new byte[oldKeys.length * 2][];
            values = new Object[oldKeys.length * 2];
            for (var old = 0; old < oldKeys.length; old++) {
                if (oldValues[old] != null) {
                    var slot = slot(keys, oldKeys[old], 0, oldKeys[old].length);
                    keys[slot] = oldKeys[old];
                    values[slot] = oldValues[old];
                }
            }
        }
        var slot = slot(keys, octets, from, to);
        if (values[slot] == null) {
            size++;
        }
        keys[slot] = Arrays.copyOfRange(octets, from, to);
        values[slot] = value;
    }
}
