package org.tradesuite.reconciliation.match;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Whole numbers in an array of octets, and a hash over a run of them. */
final class Octets {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private Octets() {}

    static int getInt(byte[] octets, int at) {
        return (int) INT.get(octets, at);
    }

    static void putInt(byte[] octets, int at, int value) {
        INT.set(octets, at, value);
    }

    static long getLong(byte[] octets, int at) {
        return (long) LONG.get(octets, at);
    }

    static void putLong(byte[] octets, int at, long value) {
        LONG.set(octets, at, value);
    }

    static long hash(long seed, byte[] octets, int from, int to) {
        var hash = seed ^ ((to - from) * PRIME);
        if (to - from < 8) {
            var word = 0L;
            for (var at = from; at < to; at++) {
                word = word << 8 | (octets[at] & 0xFF);
            }
            return hash(hash, word);
        }
        for (var at = from; at + 8 < to; at += 8) {
            hash = hash(hash, getLong(octets, at));
        }
        return hash(hash, getLong(octets, to - 8));
    }

    static long hash(long seed, long value) {
        var mixed = (seed ^ value) * PRIME;
        mixed ^= mixed >>> 32;
        mixed *= 0xD6E8FEB86659FD93L;
        return mixed ^ mixed >>> 29;
    }
}
