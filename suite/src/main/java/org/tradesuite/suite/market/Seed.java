package org.tradesuite.suite.market;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Randomness that depends on names, not on the order of calls: the generator for one order, trade or minute is made from
 * the seed and that thing's own identity, so neither threads nor restarts change what it draws.
 */
public record Seed(long value) {

    /** A generator for the thing so named. {@link Random}'s algorithm is fixed by its specification. */
    public Random random(String... names) {
        return new Random(number(names));
    }

    /** A well-mixed number for the thing so named, for ranking and for ids. */
    public long number(String... names) {
        long hash = mixed(value ^ 0x9E3779B97F4A7C15L);
        for (String name : names) {
            for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
                hash = (hash ^ b) * 0x100000001B3L;
            }
            hash = mixed(hash ^ 0x1F);
        }
        return hash;
    }

    private static long mixed(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
