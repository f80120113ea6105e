package org.tradesuite.reconciliation.match;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Decimals as a whole number and how many of its digits stand behind the point, without zeros at the end. */
public final class Digits {

    /** ISO 20022, totalDigits. */
    public static final int MOST = 18;

    private static final long LIMIT = 1_000_000_000_000_000_000L;
    private static final long[] POWERS = new long[MOST + 1];

    static {
        POWERS[0] = 1;
        for (var at = 1; at <= MOST; at++) {
            POWERS[at] = POWERS[at - 1] * 10;
        }
    }

    private Digits() {}

    /** Whether the value fits in 18 significant digits. */
    public static boolean fits(BigDecimal value) {
        var plain = value.stripTrailingZeros();
        return plain.precision() - Math.min(plain.scale(), 0) <= MOST && plain.scale() <= MOST;
    }

    static long unscaled(BigDecimal value) {
        var plain = value.stripTrailingZeros();
        if (!fits(plain)) {
            throw new IllegalArgumentException(value + " has more than " + MOST + " digits.");
        }
        return (plain.scale() < 0 ? plain.setScale(0) : plain).unscaledValue().longValueExact();
    }

    static int scale(BigDecimal value) {
        return Math.max(value.stripTrailingZeros().scale(), 0);
    }

    static BigDecimal big(long unscaled, int scale) {
        return BigDecimal.valueOf(unscaled, scale);
    }

    static boolean tooLong(long unscaled) {
        return unscaled >= LIMIT || unscaled <= -LIMIT;
    }

    static int compare(long one, int oneScale, long other, int otherScale) {
        if (oneScale == otherScale) {
            return Long.compare(one, other);
        }
        if (Long.signum(one) != Long.signum(other)) {
            return Integer.compare(Long.signum(one), Long.signum(other));
        }
        var raised = Math.abs(oneScale - otherScale);
        return oneScale < otherScale ? raisedAgainst(one, raised, other) : -raisedAgainst(other, raised, one);
    }

    /** Compares {@code value} times a power of ten with {@code other}. */
    private static int raisedAgainst(long value, int power, long other) {
        var high = Math.multiplyHigh(value, POWERS[power]);
        var low = value * POWERS[power];
        if (high == low >> 63) {
            return Long.compare(low, other);
        }
        return BigInteger.valueOf(value)
                .multiply(BigInteger.valueOf(POWERS[power]))
                .compareTo(BigInteger.valueOf(other));
    }

    /** The value with more digits behind the point; {@link Long#MIN_VALUE} if it does not fit. */
    public static long raised(long unscaled, int power) {
        if (power > MOST) {
            return Long.MIN_VALUE;
        }
        var high = Math.multiplyHigh(unscaled, POWERS[power]);
        var low = unscaled * POWERS[power];
        return high == low >> 63 && !tooLong(low) ? low : Long.MIN_VALUE;
    }
}
