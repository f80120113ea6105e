package org.tradesuite.execution.engine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import tools.jackson.core.io.JsonStringEncoder;

/** JSON put together by hand, where it is many short numbers, in room that is used again. Of one thread. */
final class Letters {

    private static final int MOST_DIGITS = 18;
    private static final long[] POWERS_OF_TEN = new long[MOST_DIGITS + 1];
    /** {@code 00} to {@code 99}. */
    private static final char[] PAIRS = new char[200];

    static {
        Arrays.setAll(POWERS_OF_TEN, exponent -> BigInteger.TEN.pow(exponent).longValue());
        for (var number = 0; number < 100; number++) {
            PAIRS[2 * number] = (char) ('0' + number / 10);
            PAIRS[2 * number + 1] = (char) ('0' + number % 10);
        }
    }

    private char[] letters = new char[2048];
    private int length;

    void clear() {
        length = 0;
    }

    @Override
    public String toString() {
        return new String(letters, 0, length);
    }

    void add(char letter) {
        room(1);
        letters[length++] = letter;
    }

    void add(String text) {
        room(text.length());
        text.getChars(0, text.length(), letters, length);
        length += text.length();
    }

    void addQuoted(String text) {
        add('"');
        if (isPlain(text)) {
            add(text);
        } else {
            var quoted = JsonStringEncoder.getInstance().quoteAsCharArray(text);
            room(quoted.length);
            System.arraycopy(quoted, 0, letters, length, quoted.length);
            length += quoted.length;
        }
        add('"');
    }

    private static boolean isPlain(String text) {
        for (var at = 0; at < text.length(); at++) {
            var letter = text.charAt(at);
            if (letter < ' ' || letter > '~' || letter == '"' || letter == '\\') {
                return false;
            }
        }
        return true;
    }

    void add(long number) {
        if (number == Long.MIN_VALUE) {
            add(Long.toString(number));
        } else {
            digits(number, count(Math.abs(number)), 0);
        }
    }

    /** Without an exponent. */
    void add(BigDecimal number) {
        var scale = number.scale();
        if (scale < 0 || scale > MOST_DIGITS || number.precision() > MOST_DIGITS) {
            add(number.toPlainString());
        } else {
            digits(number.scaleByPowerOfTen(scale).longValue(), Math.max(number.precision(), scale + 1), scale);
        }
    }

    /** @param unscaled not the least of all */
    private void digits(long unscaled, int digits, int scale) {
        room(MOST_DIGITS + 4);
        if (unscaled < 0) {
            letters[length++] = '-';
        }
        var rest = Math.abs(unscaled);
        var end = length + digits + (scale > 0 ? 1 : 0);
        if (scale > 0) {
            var whole = rest / POWERS_OF_TEN[scale];
            put(rest - whole * POWERS_OF_TEN[scale], end, scale);
            letters[end - scale - 1] = '.';
            put(whole, end - scale - 1, digits - scale);
        } else {
            put(rest, end, digits);
        }
        length = end;
    }

    /** So many digits of the number, two by two, which divides half as often. */
    private void put(long number, int end, int digits) {
        var rest = number;
        var at = end;
        var left = digits;
        for (; left >= 2; left -= 2) {
            var next = rest / 100;
            var pair = 2 * (int) (rest - next * 100);
            letters[--at] = PAIRS[pair + 1];
            letters[--at] = PAIRS[pair];
            rest = next;
        }
        if (left == 1) {
            letters[--at] = (char) ('0' + rest % 10);
        }
    }

    private static int count(long number) {
        var count = 1;
        while (count < POWERS_OF_TEN.length && number >= POWERS_OF_TEN[count]) {
            count++;
        }
        return count;
    }

    private void room(int more) {
        if (length + more > letters.length) {
            letters = Arrays.copyOf(letters, Math.max(length + more, letters.length * 2));
        }
    }
}
