package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Amounts of the base currency as ten-thousandths of it, which are added up thousands of times for each order. What a
 * line is worth is multiplied in a long where it fits, as it nearly always does, and exactly where it does not: the result
 * is the same.
 */
final class BaseAmount {

    /** Of the base currency in one of what is counted. */
    static final double UNIT = 10_000;

    /** Above it nobody's amount is real; sums of such still are numbers. */
    static final long TOP = 100_000_000_000_000_000L;

    private static final int DECIMALS = 4;
    private static final BigDecimal TOP_DECIMAL = BigDecimal.valueOf(TOP);

    /** Digits that a long holds, whatever they are. */
    private static final int DIGITS = 18;

    private static final long[] POWERS_OF_TEN = new long[DIGITS + 1];

    static {
        POWERS_OF_TEN[0] = 1;
        for (var exponent = 1; exponent <= DIGITS; exponent++) {
            POWERS_OF_TEN[exponent] = 10 * POWERS_OF_TEN[exponent - 1];
        }
    }

    private BaseAmount() {}

    /** Units at what each is worth, rounded away from zero; at most {@link #TOP}. */
    static long up(BigDecimal units, BigDecimal value) {
        return product(units, value, RoundingMode.UP);
    }

    /** The same, rounded to less. */
    static long down(BigDecimal units, BigDecimal value) {
        return product(units, value, RoundingMode.FLOOR);
    }

    /** As an amount. */
    static BigDecimal decimal(long amount) {
        return BigDecimal.valueOf(amount, DECIMALS);
    }

    private static long product(BigDecimal units, BigDecimal value, RoundingMode mode) {
        var tooFine = (long) units.scale() + value.scale() - DECIMALS;
        if (tooFine < 0 || tooFine > DIGITS || units.precision() > DIGITS || value.precision() > DIGITS) {
            return exactly(units, value, mode);
        }
        var one = digits(units);
        var other = digits(value);
        var digits = one * other;
        if (Math.multiplyHigh(one, other) != digits >> 63) {
            return exactly(units, value, mode);
        }
        var divisor = POWERS_OF_TEN[(int) tooFine];
        var amount = mode == RoundingMode.FLOOR ? Math.floorDiv(digits, divisor) : awayFromZero(digits, divisor);
        return Math.clamp(amount, -TOP, TOP);
    }

    private static long digits(BigDecimal number) {
        return number.scaleByPowerOfTen(number.scale()).longValue();
    }

    private static long awayFromZero(long digits, long divisor) {
        var amount = digits / divisor;
        return amount * divisor == digits ? amount : amount + Long.signum(digits);
    }

    private static long exactly(BigDecimal units, BigDecimal value, RoundingMode mode) {
        var moved = units.multiply(value).movePointRight(DECIMALS);
        if (moved.abs().compareTo(TOP_DECIMAL) >= 0) {
            return moved.signum() * TOP;
        }
        return moved.setScale(0, mode).longValue();
    }
}
