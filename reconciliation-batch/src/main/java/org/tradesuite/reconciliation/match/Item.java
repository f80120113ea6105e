package org.tradesuite.reconciliation.match;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One item, read where it lies: a window that is moved from item to item. Columns are named by where they stand in the
 * {@link Shape}. Not to be kept: when the call ends in which it was handed over, it shows another item.
 */
public final class Item {

    /** Somebody on the other side names it, but not so that it could be paired by that alone. */
    static final int NAMED = Shape.ALL_ABSENT + 1;
    /** Another item of its own side has a reference of it. */
    static final int SHARED = NAMED << 1;
    /** Says in every column what another item of its side says. */
    static final int COPY = NAMED << 2;
    /** Waits for a person to say whether it belongs to what was proposed. */
    static final int PROPOSED = NAMED << 3;

    private final Shape shape;
    private byte[] octets = new byte[0];
    private int at;
    private Shape.Layout layout;

    public Item(Shape shape) {
        this.shape = shape;
        this.layout = shape.layout(Shape.ALL_ABSENT);
    }

    Item move(byte[] to, int offset) {
        octets = to;
        at = offset;
        var absent = Octets.getInt(to, offset + Shape.KNOWN) & Shape.ALL_ABSENT;
        if (absent != layout.absent) {
            layout = shape.layout(absent);
        }
        return this;
    }

    private int slot(int column) {
        return at + layout.slots[column];
    }

    Shape shape() {
        return shape;
    }

    byte[] octets() {
        return octets;
    }

    int offset() {
        return at;
    }

    int length() {
        return Octets.getInt(octets, at + Shape.LENGTH);
    }

    /** Its own, or that of the one it names. */
    int number() {
        return Octets.getInt(octets, at + Shape.NUMBER);
    }

    void number(int number) {
        Octets.putInt(octets, at + Shape.NUMBER, number);
    }

    void flag(int flag) {
        Octets.putInt(octets, at + Shape.KNOWN, Octets.getInt(octets, at + Shape.KNOWN) | flag);
    }

    private boolean flagged(int flag) {
        return (Octets.getInt(octets, at + Shape.KNOWN) & flag) != 0;
    }

    /** Where it came from, as whoever handed it in has said. */
    public long place() {
        return Octets.getLong(octets, at + Shape.PLACE);
    }

    /** The line of a file it came from, or whatever else its owner counts. */
    public int line() {
        return Octets.getInt(octets, at + Shape.LINE);
    }

    /** Whether an item of the other side has a reference of this one. */
    public boolean isNamed() {
        return flagged(NAMED);
    }

    /** Whether another item of the same side has a reference of this one. */
    public boolean isShared() {
        return flagged(SHARED);
    }

    /** Whether another item of the same side says the same in every column, references included. */
    public boolean isCopy() {
        return flagged(COPY);
    }

    /** Whether it was proposed to a person. */
    public boolean isProposed() {
        return flagged(PROPOSED);
    }

    public boolean has(int column) {
        return layout.slots[column] >= 0;
    }

    /** Of a text that is absent nothing. */
    private int textFrom(int column) {
        if (!has(column)) {
            return 0;
        }
        var before = layout.textBefore[column];
        return before < 0 ? layout.texts : Octets.getInt(octets, slot(before));
    }

    private int textTo(int column) {
        return has(column) ? Octets.getInt(octets, slot(column)) : 0;
    }

    /** The text, or null if it is absent. */
    public @Nullable String text(int column) {
        return has(column)
                ? new String(octets, at + textFrom(column), textTo(column) - textFrom(column), StandardCharsets.UTF_8)
                : null;
    }

    /** The octets of a text, to be looked at with {@link #textLength}. */
    public byte textOctet(int column, int index) {
        return octets[at + textFrom(column) + index];
    }

    public int textLength(int column) {
        return textTo(column) - textFrom(column);
    }

    /** Appends the octets of a text; returns the place behind them. */
    public int copyText(int column, byte[] into, int to) {
        var length = textLength(column);
        System.arraycopy(octets, at + textFrom(column), into, to, length);
        return to + length;
    }

    /** The value, which is there, in a form that is the same for equal values and no other. */
    int copyKey(int column, byte[] into, int to) {
        switch (shape.kind(column)) {
            case TEXT, REFERENCES -> {
                Octets.putInt(into, to, textLength(column));
                return copyText(column, into, to + 4);
            }
            case DECIMAL -> System.arraycopy(octets, slot(column), into, to, 9);
            case DATE -> System.arraycopy(octets, slot(column), into, to, 4);
        }
        return to + (shape.kind(column) == Column.Kind.DECIMAL ? 9 : 4);
    }

    public List<String> references(int column) {
        var references = new ArrayList<String>();
        var end = at + textTo(column);
        for (var from = at + textFrom(column); from < end; ) {
            var length = Octets.getInt(octets, from);
            references.add(new String(octets, from + 4, length, StandardCharsets.UTF_8));
            from += 4 + length;
        }
        return references;
    }

    /** Where the references' octets begin; each is its length in four octets and its text. */
    int referencesFrom(int column) {
        return at + textFrom(column);
    }

    int referencesTo(int column) {
        return at + textTo(column);
    }

    public @Nullable BigDecimal decimal(int column) {
        return has(column) ? Digits.big(unscaled(column), scale(column)) : null;
    }

    /** Zero if it is absent. */
    public long unscaled(int column) {
        return has(column) ? Octets.getLong(octets, slot(column)) : 0;
    }

    public int scale(int column) {
        return has(column) ? octets[slot(column) + 8] : 0;
    }

    public @Nullable LocalDate date(int column) {
        return has(column) ? LocalDate.ofEpochDay(epochDay(column)) : null;
    }

    /** Zero if it is absent. */
    public int epochDay(int column) {
        return has(column) ? Octets.getInt(octets, slot(column)) : 0;
    }

    /** Whether both say the same; two that are absent do. */
    public boolean same(Item other, int column) {
        if (has(column) != other.has(column)) {
            return false;
        }
        return switch (shape.kind(column)) {
            case TEXT, REFERENCES ->
                Arrays.equals(
                        octets,
                        at + textFrom(column),
                        at + textTo(column),
                        other.octets,
                        other.at + other.textFrom(column),
                        other.at + other.textTo(column));
            case DECIMAL -> unscaled(column) == other.unscaled(column) && scale(column) == other.scale(column);
            case DATE -> epochDay(column) == other.epochDay(column);
        };
    }

    /** An order over what is said in a column; what is absent comes first. */
    int compare(Item other, int column) {
        if (!has(column) || !other.has(column)) {
            return Boolean.compare(has(column), other.has(column));
        }
        return switch (shape.kind(column)) {
            case TEXT, REFERENCES ->
                Arrays.compareUnsigned(
                        octets,
                        at + textFrom(column),
                        at + textTo(column),
                        other.octets,
                        other.at + other.textFrom(column),
                        other.at + other.textTo(column));
            case DECIMAL ->
                Digits.compare(unscaled(column), scale(column), other.unscaled(column), other.scale(column));
            case DATE -> Integer.compare(epochDay(column), other.epochDay(column));
        };
    }

    /** An order over all that is said: zero only for copies. */
    int compare(Item other) {
        for (var column = 0; column < shape.size(); column++) {
            var order = compare(other, column);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** The same for items that say the same in the columns; only a hint, columns are compared in full. */
    long hash(int[] columns) {
        var hash = 0L;
        for (var column : columns) {
            hash = switch (shape.kind(column)) {
                case TEXT, REFERENCES -> Octets.hash(hash, octets, at + textFrom(column), at + textTo(column));
                case DECIMAL -> Octets.hash(Octets.hash(hash, unscaled(column)), scale(column));
                case DATE -> Octets.hash(hash, epochDay(column));
            };
        }
        return hash;
    }

    @Override
    public String toString() {
        var said = new ArrayList<String>();
        for (var column = 0; column < shape.size(); column++) {
            said.add(shape.column(column).name() + "=" + (has(column) ? value(column) : "-"));
        }
        return String.join(" ", said);
    }

    /** The value as a person reads it; null if it is absent. */
    public @Nullable String value(int column) {
        if (!has(column)) {
            return null;
        }
        return switch (shape.kind(column)) {
            case TEXT -> text(column);
            case REFERENCES -> String.join(" ", references(column));
            case DECIMAL -> Digits.big(unscaled(column), scale(column)).toPlainString();
            case DATE -> String.valueOf(date(column));
        };
    }
}
