package org.tradesuite.database;

import java.math.BigDecimal;
import org.postgresql.util.ByteConverter;

/**
 * PostgreSQL's binary form of a numeric (numeric_send): the number of digits, the weight of the first, the sign, the
 * scale, each of two bytes, and then the digits, which count to ten thousand and stand on both sides of the point.
 */
final class BinaryNumeric {

    private static final int BASE = 10_000;
    private static final int DIGIT = 4;
    private static final int MOST_DIGITS = 6;
    private static final int NEGATIVE = 0x4000;

    /** A number of fifteen digits times the largest is a long. */
    private static final int[] TENS = {1, 10, 100, 1000};

    private BinaryNumeric() {}

    static byte[] bytes(BigDecimal value) {
        var scale = value.scale();
        if (scale < 0 || value.precision() > 15) {
            return ByteConverter.numeric(value);
        }
        // Whole digits behind the point, so that each stands for itself.
        var pad = (DIGIT - scale % DIGIT) % DIGIT;
        var unscaled = value.unscaledValue().longValue();
        return bytes(Math.abs(unscaled) * TENS[pad], unscaled < 0, scale, (scale + pad) / DIGIT);
    }

    private static byte[] bytes(long unscaled, boolean negative, int scale, int behind) {
        var digits = new int[MOST_DIGITS];
        var count = 0;
        var skipped = 0;
        for (var rest = unscaled; rest != 0; rest /= BASE) {
            var digit = (int) (rest % BASE);
            // Zeros at the end are not written.
            if (digit == 0 && count == 0) {
                skipped++;
            } else {
                digits[count++] = digit;
            }
        }
        var bytes = new byte[8 + 2 * count];
        put(bytes, 0, count);
        put(bytes, 2, count == 0 ? 0 : count + skipped - behind - 1);
        put(bytes, 4, negative ? NEGATIVE : 0);
        put(bytes, 6, scale);
        for (var at = 0; at < count; at++) {
            put(bytes, 8 + 2 * at, digits[count - 1 - at]);
        }
        return bytes;
    }

    private static void put(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> 8);
        bytes[at + 1] = (byte) value;
    }
}
