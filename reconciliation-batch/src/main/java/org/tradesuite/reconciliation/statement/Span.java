package org.tradesuite.reconciliation.statement;

/**
 * Where something stands in the text of a file or of a member of an archive.
 *
 * @param line from 1
 * @param from characters before it
 * @param length in characters
 */
public record Span(long line, long from, int length) {

    /** Nowhere in particular: the whole text. */
    public static final Span WHOLE = new Span(1, 0, 0);
}
