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
    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private byte[][] keys = new byte[256][];
    private long[] hashes = new long[256];
    private @Nullable Object[] values = new Object[256];
    private int size;

    /** @return null if it is not known */
    @SuppressWarnings({"unchecked", "NullAway"}) // an empty place has no key
    @Nullable
    V get(byte[] octets, int from, int to) {
        return (V) values[slot(hash(octets, from, to), octets, from, to)];
    }

    /** Where it stands, or the empty place where it would. Of short texts the hash tells all. */
    @SuppressWarnings("NullAway") // an empty place has no key
    private int slot(long hash, byte[] octets, int from, int to) {
        var length = to - from;
        var slot = (int) hash & keys.length - 1;
        while (keys[slot] != null
                && (hashes[slot] != hash
                        || keys[slot].length != length
                        || (length >= Long.BYTES && !Arrays.equals(keys[slot], 0, length, octets, from, to)))) {
            slot = slot + 1 & keys.length - 1;
        }
        return slot;
    }

    /**
     * Eight octets at a time, the last eight again where they are not a whole number of them. Two texts of the same length
     * below eight have the same hash only if they are the same.
     */
    private static long hash(byte[] octets, int from, int to) {
        var length = to - from;
        if (length < Long.BYTES) {
            return mixed(length, few(octets, from, length));
        }
        var hash = (long) length;
        for (var at = from; at + Long.BYTES < to; at += Long.BYTES) {
            hash = mixed(hash, Scan.word(octets, at));
        }
        return mixed(hash, Scan.word(octets, to - Long.BYTES));
    }

    /** Fewer than eight octets as one number. */
    private static long few(byte[] octets, int from, int length) {
        if (from + Long.BYTES <= octets.length) {
            return Scan.word(octets, from) & ((1L << (length * Byte.SIZE)) - 1);
        }
        var word = 0L;
        for (var at = length - 1; at >= 0; at--) {
            word = word << Byte.SIZE | (octets[from + at] & 0xFF);
        }
        return word;
    }

    private static long mixed(long hash, long word) {
        var product = (hash ^ word) * PRIME;
        return product ^ product >>> 32;
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
            grow();
        }
        var hash = hash(octets, from, to);
        var slot = slot(hash, octets, from, to);
        if (values[slot] == null) {
            size++;
        }
        set(slot, hash, Arrays.copyOfRange(octets, from, to), value);
    }

    private void grow() {
        var oldKeys = keys;
        var oldHashes = hashes;
        var oldValues = values;
        keys = new byte[oldKeys.length * 2][];
        hashes = new long[oldKeys.length * 2];
        values = new Object[oldKeys.length * 2];
        for (var old = 0; old < oldKeys.length; old++) {
            var value = oldValues[old];
            if (value != null) {
                set(slot(oldHashes[old], oldKeys[old], 0, oldKeys[old].length), oldHashes[old], oldKeys[old], value);
            }
        }
    }

    private void set(int slot, long hash, byte[] key, Object value) {
        keys[slot] = key;
        hashes[slot] = hash;
        values[slot] = value;
    }
}
