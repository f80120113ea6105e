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
    private byte[] octets = new byte[ROOM];
    private int end;
    private int lastText;
    private int absent;
    private int openReferences = -1;

    public ItemWriter(Shape shape) {
        this.shape = shape;
    }

    /** Begins an item that came from there. */
    public ItemWriter begin(long place, int line) {
        Arrays.fill(octets, 0, shape.texts(), (byte) 0);
        Octets.putLong(octets, Shape.PLACE, place);
        Octets.putInt(octets, Shape.LINE, line);
        end = shape.texts();
        lastText = -1;
        absent = -1;
        openReferences = -1;
        return this;
    }

    private void room(int more) {
        if (end + more > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 2, end + more));
        }
    }

    private void openText(int column) {
        for (var before = column; before > lastText; before--) {
            var kind = shape.kind(before);
            if (kind == Column.Kind.TEXT || kind == Column.Kind.REFERENCES) {
                Octets.putInt(octets, shape.slot(before), end);
            }
        }
        lastText = column;
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
        openText(column);
        room(to - begin);
        System.arraycopy(from, begin, octets, end, to - begin);
        end += to - begin;
        Octets.putInt(octets, shape.slot(column), end);
        present(column);
        return this;
    }

    public ItemWriter text(int column, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return text(column, bytes, 0, bytes.length);
    }

    /** Adds a reference; those of one column are given one after the other. */
    public ItemWriter reference(int column, byte[] from, int begin, int to) {
        if (openReferences != column) {
            require(column, Column.Kind.REFERENCES);
            openText(column);
            openReferences = column;
        }
        room(4 + to - begin);
        Octets.putInt(octets, end, to - begin);
        System.arraycopy(from, begin, octets, end + 4, to - begin);
        end += 4 + to - begin;
        Octets.putInt(octets, shape.slot(column), end);
        present(column);
        return this;
    }

    /** Whether the reference was added to the column, which is the one that is being written. */
    public boolean hasReference(int column, byte[] from, int begin, int to) {
        if (openReferences != column) {
            return false;
        }
        var before = shape.textBefore(column);
        var at = before < 0 ? shape.texts() : Octets.getInt(octets, shape.slot(before));
        while (at < end) {
            var length = Octets.getInt(octets, at);
            if (Arrays.equals(octets, at + 4, at + 4 + length, from, begin, to)) {
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
        var oneScale = octets[shape.slot(one) + 8];
        var otherScale = octets[shape.slot(other) + 8];
        var scale = Math.max(oneScale, otherScale);
        var left = Digits.raised(Octets.getLong(octets, shape.slot(one)), scale - oneScale);
        var right = Digits.raised(Octets.getLong(octets, shape.slot(other)), scale - otherScale);
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
        return Digits.big(Octets.getLong(octets, shape.slot(column)), octets[shape.slot(column) + 8]);
    }

    /** Whether a number that was given is above zero. */
    public boolean isPositive(int column) {
        return Octets.getLong(octets, shape.slot(column)) > 0;
    }

    /** Whether a number was given that is not above zero. */
    public boolean isNegativeOrZero(int column) {
        return (absent & 1 << column) == 0 && !isPositive(column);
    }

    private void put(int column, long unscaled, int scale) {
        Octets.putLong(octets, shape.slot(column), unscaled);
        octets[shape.slot(column) + 8] = (byte) scale;
        present(column);
    }

    public ItemWriter date(int column, int epochDay) {
        require(column, Column.Kind.DATE);
        Octets.putInt(octets, shape.slot(column), epochDay);
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
        copy.octets = octets.clone();
        copy.end = end;
        copy.lastText = lastText;
        copy.absent = absent;
        copy.openReferences = openReferences;
        return copy;
    }

    /** Ends the item; returns its length. */
    int end(int number) {
        openText(shape.size() - 1);
        Octets.putInt(octets, Shape.LENGTH, end);
        Octets.putInt(octets, Shape.NUMBER, number);
        Octets.putInt(octets, Shape.ABSENT, absent);
        return end;
    }

    /** The item being written, to be read. */
    public Item look(Item window) {
        end(0);
        return window.move(octets, 0);
    }
}
