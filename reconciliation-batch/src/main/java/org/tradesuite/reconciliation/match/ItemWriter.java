package org.tradesuite.reconciliation.match;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/**
 * Writes one item after the other. Texts are given in the order of their columns; what is not given is absent. For one
 * thread.
 */
public final class ItemWriter {

    /** What became of a number. */
    public enum Reading {
        TAKEN,
        /** No number with that decimal mark. */
        WRONG,
        /** More than 18 significant digits: it cannot be held exactly, and is never rounded. */
        TOO_LONG
    }

    private static final int ROOM = 1024;

    private final Shape shape;
    /** Of each column: the number without its point, or the day. */
    private final long[] values;

    private final byte[] scales;
    /** Where each text ends. */
    private final int[] ends;

    private byte[] texts = new byte[ROOM];
    private int end;
    private byte[] octets = new byte[ROOM];
    private Shape.Layout layout;
    private long place;
    private int line;
    private int lastText;
    private int lastEnd;
    private int absent;

    public ItemWriter(Shape shape) {
        this.shape = shape;
        values = new long[shape.size()];
        scales = new byte[shape.size()];
        ends = new int[shape.size()];
        layout = shape.layout(Shape.ALL_ABSENT);
    }

    /** Begins an item that came from there. */
    public ItemWriter begin(long from, int ofLine) {
        place = from;
        line = ofLine;
        Arrays.fill(values, 0);
        Arrays.fill(scales, (byte) 0);
        end = 0;
        lastText = -1;
        lastEnd = 0;
        absent = Shape.ALL_ABSENT;
        return this;
    }

    /** Behind the text that was given last; a column of references may be given more. */
    private void open(int column, int more) {
        if (column != lastText) {
            lastText = column;
            lastEnd = end;
        }
        if (end + more > texts.length) {
            texts = Arrays.copyOf(texts, Math.max(texts.length * 2, end + more));
        }
    }

    private void require(int column, Column.Kind kind) {
        if (shape.kind(column) != kind) {
            throw new IllegalArgumentException(shape.column(column) + " is given as " + kind + ".");
        }
        if ((kind == Column.Kind.TEXT || kind == Column.Kind.REFERENCES) && column <= lastText) {
            throw new IllegalArgumentException(shape.column(column) + " is given out of the order of the columns.");
        }
    }

    public ItemWriter text(int column, byte[] from, int begin, int to) {
        require(column, Column.Kind.TEXT);
        open(column, to - begin);
        System.arraycopy(from, begin, texts, end, to - begin);
        end += to - begin;
        ends[column] = end;
        present(column);
        return this;
    }

    public ItemWriter text(int column, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return text(column, bytes, 0, bytes.length);
    }

    /** Adds a reference; those of one column are given one after the other. */
    public ItemWriter reference(int column, byte[] from, int begin, int to) {
        if (lastText != column) {
            require(column, Column.Kind.REFERENCES);
        }
        open(column, 4 + to - begin);
        Octets.putInt(texts, end, to - begin);
        System.arraycopy(from, begin, texts, end + 4, to - begin);
        end += 4 + to - begin;
        ends[column] = end;
        present(column);
        return this;
    }

    /** Whether the reference was added to the column, which is the one that is being written. */
    public boolean hasReference(int column, byte[] from, int begin, int to) {
        if (lastText != column) {
            return false;
        }
        for (var at = lastEnd; at < end; ) {
            var length = Octets.getInt(texts, at);
            if (Arrays.equals(texts, at + 4, at + 4 + length, from, begin, to)) {
                return true;
            }
            at += 4 + length;
        }
        return false;
    }

    public ItemWriter references(int column, List<String> references) {
        for (var reference : references) {
            var bytes = reference.getBytes(StandardCharsets.UTF_8);
            reference(column, bytes, 0, bytes.length);
        }
        return this;
    }

    /**
     * Reads a number such as {@code -1234.50}.
     *
     * @param mark the decimal mark
     */
    public Reading decimal(int column, byte[] from, int begin, int to, byte mark) {
        require(column, Column.Kind.DECIMAL);
        var at = begin;
        var negative = at < to && from[at] == '-';
        if (negative) {
            at++;
        }
        var unscaled = 0L;
        var digits = 0;
        var scale = -1;
        var zeros = 0;
        for (; at < to; at++) {
            var octet = from[at];
            if (octet >= '0' && octet <= '9') {
                digits++;
                if (scale >= 0 && octet == '0') {
                    zeros++;
                    continue;
                }
                for (; zeros > 0; zeros--) {
                    unscaled *= 10;
                    scale++;
                    if (Digits.tooLong(unscaled)) {
                        return Reading.TOO_LONG;
                    }
                }
                unscaled = unscaled * 10 + (octet - '0');
                if (scale >= 0) {
                    scale++;
                }
                if (Digits.tooLong(unscaled) || scale > Digits.MOST) {
                    return Reading.TOO_LONG;
                }
            } else if (octet == mark && scale < 0 && digits > 0 && at + 1 < to) {
                scale = 0;
            } else {
                return Reading.WRONG;
            }
        }
        if (digits == 0) {
            return Reading.WRONG;
        }
        put(column, negative ? -unscaled : unscaled, Math.max(scale, 0));
        return Reading.TAKEN;
    }

    /** @throws IllegalArgumentException for more than 18 digits */
    public ItemWriter decimal(int column, BigDecimal value) {
        require(column, Column.Kind.DECIMAL);
        put(column, Digits.unscaled(value), Digits.scale(value));
        return this;
    }

    /** The sum of two columns in a third; false if it has more than 18 digits. */
    public boolean sum(int column, int one, int other) {
        var scale = Math.max(scales[one], scales[other]);
        var left = Digits.raised(values[one], scale - scales[one]);
        var right = Digits.raised(values[other], scale - scales[other]);
        if (left != Long.MIN_VALUE && right != Long.MIN_VALUE && !Digits.tooLong(left + right)) {
            var sum = left + right;
            while (scale > 0 && sum % 10 == 0) {
                sum /= 10;
                scale--;
            }
            put(column, sum, scale);
            return true;
        }
        var sum = decimal(one).add(decimal(other));
        if (!Digits.fits(sum)) {
            return false;
        }
        put(column, Digits.unscaled(sum), Digits.scale(sum));
        return true;
    }

    private BigDecimal decimal(int column) {
        return Digits.big(values[column], scales[column]);
    }

    /** Whether a number that was given is above zero. */
    public boolean isPositive(int column) {
        return values[column] > 0;
    }

    /** Whether a number was given that is not above zero. */
    public boolean isNegativeOrZero(int column) {
        return (absent & 1 << column) == 0 && !isPositive(column);
    }

    private void put(int column, long unscaled, int scale) {
        values[column] = unscaled;
        scales[column] = (byte) scale;
        present(column);
    }

    public ItemWriter date(int column, int epochDay) {
        require(column, Column.Kind.DATE);
        values[column] = epochDay;
        present(column);
        return this;
    }

    public ItemWriter date(int column, LocalDate date) {
        return date(column, Math.toIntExact(date.toEpochDay()));
    }

    private void present(int column) {
        absent &= ~(1 << column);
    }

    byte[] octets() {
        return octets;
    }

    /** The item being written, for whoever keeps it beyond the next one. */
    public ItemWriter copy() {
        var copy = new ItemWriter(shape);
        System.arraycopy(values, 0, copy.values, 0, values.length);
        System.arraycopy(scales, 0, copy.scales, 0, scales.length);
        System.arraycopy(ends, 0, copy.ends, 0, ends.length);
        copy.texts = texts.clone();
        copy.end = end;
        copy.place = place;
        copy.line = line;
        copy.lastText = lastText;
        copy.lastEnd = lastEnd;
        copy.absent = absent;
        return copy;
    }

    /** Writes the item as it is, without the columns that are absent; returns its length. */
    int end() {
        if (layout.absent != absent) {
            layout = shape.layout(absent);
        }
        var length = layout.texts + end;
        if (octets.length < length) {
            octets = new byte[Math.max(length, octets.length * 2)];
        }
        Octets.putInt(octets, Shape.LENGTH, length);
        Octets.putInt(octets, Shape.NUMBER, 0);
        Octets.putLong(octets, Shape.PLACE, place);
        Octets.putInt(octets, Shape.KNOWN, absent);
        Octets.putInt(octets, Shape.LINE, line);
        for (var column = 0; column < values.length; column++) {
            var slot = layout.slots[column];
            if (slot >= 0) {
                switch (shape.kind(column)) {
                    case TEXT, REFERENCES -> Octets.putInt(octets, slot, layout.texts + ends[column]);
                    case DECIMAL -> {
                        Octets.putLong(octets, slot, values[column]);
                        octets[slot + 8] = scales[column];
                    }
                    case DATE -> Octets.putInt(octets, slot, (int) values[column]);
                }
            }
        }
        System.arraycopy(texts, 0, octets, layout.texts, end);
        return length;
    }

    /** The item being written, to be read. */
    public Item look(Item window) {
        end();
        return window.move(octets, 0);
    }
}
