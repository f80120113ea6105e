package org.tradesuite.reporting.document;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** A CSV file of a page or two, in memory; {@link CsvStream} says how it is written. */
public final class Csv {

    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final CsvStream rows;

    public Csv(String... header) {
        rows = new CsvStream(text, header);
    }

    /** Adds a row; null is an empty cell. */
    public Csv row(@Nullable Object... cells) {
        rows.row(cells);
        return this;
    }

    public byte[] bytes() {
        try {
            rows.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail", e);
        }
        return text.toByteArray();
    }
}
