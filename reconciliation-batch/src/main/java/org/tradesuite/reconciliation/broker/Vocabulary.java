package org.tradesuite.reconciliation.broker;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What short texts mean that come again and again, looked up by their octets: accounts, markets, dates. It holds so many
 * and no more, so that a file of rubbish does not fill the memory. For one thread.
 */
final class Vocabulary<V> {

    private static final int MOST = 1 << 17;

    private byte[][] keys = new byte[256][];
    private @Nullable Object[] values = new Object[256];
    private int size;

    /** @return null if it is not known */
    @SuppressWarnings("unchecked")
    @Nullable
    V get(byte[] octets, int from, int to) {
        return (V) values[slot(keys, octets, from, to)];
    }

    @SuppressWarnings("NullAway") // an empty place has no key
    private static int slot(byte[][] keys, byte[] octets, int from, int to) {
        var hash = 1;
        for (var at = from; at < to; at++) {
            hash = 31 * hash + octets[at];
        }
        var slot = (hash ^ hash >>> 15) & keys.length - 1;
        while (keys[slot] != null && !Arrays.equals(keys[slot], 0, keys[slot].length, octets, from, to)) {
            slot = slot + 1 & keys.length - 1;
        }
        return slot;
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
