package org.tradesuite.reconciliation.match;

import java.util.List;

/**
 * The columns of a comparison, the same for both sides, and where each stands in the octets of an item.
 *
 * <p>An item is one run of octets: its length, its number, the place it came from, what is known of it, which columns are
 * absent, one slot for each column, then the texts. A slot has the number itself, or where the text ends; a text begins
 * where the one before it ends. So an item goes to disk and comes back as it is.
 */
public final class Shape {

    static final int LENGTH = 0;
    static final int NUMBER = 4;
    static final int PLACE = 8;
    static final int TARGET = 16;
    static final int FLAGS = 20;
    static final int ABSENT = 24;
    static final int LINE = 28;
    static final int SLOTS = 32;

    /** Of the header; one bit each says that a column is absent. */
    private static final int MOST_COLUMNS = 32;

    private final List<Column> columns;
    private final int[] slots;
    private final int[] textBefore;
    private final int texts;

    public Shape(Column... columns) {
        this.columns = List.of(columns);
        if (columns.length > MOST_COLUMNS) {
            throw new IllegalArgumentException("A comparison has at most " + MOST_COLUMNS + " columns.");
        }
        if (this.columns.stream().map(Column::name).distinct().count() < columns.length) {
            throw new IllegalArgumentException("Two columns have the same name: " + this.columns);
        }
        slots = new int[columns.length];
        textBefore = new int[columns.length];
        var at = SLOTS;
        var lastText = -1;
        for (var column = 0; column < columns.length; column++) {
            slots[column] = at;
            switch (columns[column].kind()) {
                case TEXT, REFERENCES -> {
                    textBefore[column] = lastText;
                    lastText = column;
                    at += 4;
                }
                case DECIMAL -> at += 9;
                case DATE -> at += 4;
            }
        }
        texts = at;
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
        return columns.get(column).kind();
    }

    int slot(int column) {
        return slots[column];
    }

    /** The text column before this one, or -1: that one's end is this one's beginning. */
    int textBefore(int column) {
        return textBefore[column];
    }

    /** Where the texts of an item begin. */
    int texts() {
        return texts;
    }
}
