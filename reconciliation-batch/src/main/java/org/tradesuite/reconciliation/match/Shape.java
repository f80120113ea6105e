package org.tradesuite.reconciliation.match;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The columns of a comparison, the same for both sides, and where each stands in the octets of an item.
 *
 * <p>An item is one run of octets: its length, its number, the place it came from, which columns are absent and what is
 * known of it, its line, one slot for each of the others, then the texts. A slot has the number itself, or where the text ends; a text
 * begins where the one before it ends. So an item goes to disk and comes back as it is.
 */
public final class Shape {

    static final int LENGTH = 0;
    static final int NUMBER = 4;
    static final int PLACE = 8;
    static final int KNOWN = 16;
    static final int LINE = 20;
    static final int SLOTS = 24;

    /** Of what is known, one bit each says that a column is absent; the others are flags. */
    private static final int MOST_COLUMNS = 28;

    static final int ALL_ABSENT = (1 << MOST_COLUMNS) - 1;

    /** Columns that are absent together are so again and again; those that are seldom are worked out each time. */
    private static final int KNOWN_LAYOUTS = 1 << 10;

    /** Where each column stands in an item that has only some of them. */
    static final class Layout {
        final int absent;
        /** From the beginning of the item; -1 for a column that is absent. */
        final int[] slots;
        /** Of a text the one before it, where it begins; -1 for the first. */
        final int[] textBefore;
        /** Where the texts begin. */
        final int texts;

        private Layout(int absent, int[] slots, int[] textBefore, int texts) {
            this.absent = absent;
            this.slots = slots;
            this.textBefore = textBefore;
            this.texts = texts;
        }
    }

    private final List<Column> columns;
    private final Column.Kind[] kinds;
    private final Map<Integer, Layout> layouts = new ConcurrentHashMap<>();

    public Shape(Column... columns) {
        this.columns = List.of(columns);
        if (columns.length > MOST_COLUMNS) {
            throw new IllegalArgumentException("A comparison has at most " + MOST_COLUMNS + " columns.");
        }
        if (this.columns.stream().map(Column::name).distinct().count() < columns.length) {
            throw new IllegalArgumentException("Two columns have the same name: " + this.columns);
        }
        kinds = this.columns.stream().map(Column::kind).toArray(Column.Kind[]::new);
    }

    /** @param absent a bit for each column that is */
    Layout layout(int absent) {
        var known = layouts.get(absent);
        if (known == null) {
            known = newLayout(absent);
            if (layouts.size() < KNOWN_LAYOUTS) {
                layouts.put(absent, known);
            }
        }
        return known;
    }

    private Layout newLayout(int absent) {
        var slots = new int[kinds.length];
        var textBefore = new int[kinds.length];
        var at = SLOTS;
        var lastText = -1;
        for (var column = 0; column < kinds.length; column++) {
            if ((absent & 1 << column) != 0) {
                slots[column] = -1;
                continue;
            }
            slots[column] = at;
            switch (kinds[column]) {
                case TEXT, REFERENCES -> {
                    textBefore[column] = lastText;
                    lastText = column;
                    at += 4;
                }
                case DECIMAL -> at += 9;
                case DATE -> at += 4;
            }
        }
        return new Layout(absent, slots, textBefore, at);
    }

    /**
     * Where the column of that name stands.
     *
     * @throws IllegalArgumentException if there is none; the message lists them
     */
    public int at(String name) {
        for (var column = 0; column < columns.size(); column++) {
            if (columns.get(column).name().equals(name)) {
                return column;
            }
        }
        throw new IllegalArgumentException("There is no column '" + name + "': the comparison has "
                + columns.stream().map(Column::name).toList() + ".");
    }

    public Column column(int at) {
        return columns.get(at);
    }

    public int size() {
        return columns.size();
    }

    Column.Kind kind(int column) {
        return kinds[column];
    }
}
