package org.tradesuite.reconciliation.match;

/** One thing that both sides say of an item, or that only one says and the comparison carries along. */
public record Column(String name, Kind kind) {

    /** How a value is held and compared. Every one may be absent. */
    public enum Kind {
        /** Compared byte by byte. */
        TEXT,
        /** Several texts, any of which may name the item. */
        REFERENCES,
        /** Exact, at most 18 significant digits (the totalDigits of ISO 20022); 1.50 and 1.5 are the same. */
        DECIMAL,
        /** A day of the calendar. */
        DATE
    }

    public static Column text(String name) {
        return new Column(name, Kind.TEXT);
    }

    public static Column references(String name) {
        return new Column(name, Kind.REFERENCES);
    }

    public static Column decimal(String name) {
        return new Column(name, Kind.DECIMAL);
    }

    public static Column date(String name) {
        return new Column(name, Kind.DATE);
    }
}
