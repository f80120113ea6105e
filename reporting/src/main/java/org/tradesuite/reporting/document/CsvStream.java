package org.tradesuite.reporting.document;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file as RFC 4180 has it, row by row into a stream: comma, CRLF, quotes doubled, UTF-8 without a byte order mark.
 * Numbers are written in full, never with an exponent. A text that a spreadsheet would take for a formula (beginning with
 * = + - @, a tab or a carriage return) is given an apostrophe in front; numbers are numbers and stay as they are.
 */
public final class CsvStream {

    private static final String FORMULA_STARTS = "=+-@\t\r";

    private final CsvWriter csv;

    public CsvStream(OutputStream to, String... header) {
        csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(to, StandardCharsets.UTF_8);
        csv.writeRecord(header);
    }

    /** Adds a row; null is an empty cell. */
    public CsvStream row(@Nullable Object... cells) {
        csv.writeRecord(Arrays.stream(cells).map(CsvStream::cell).toList());
        return this;
    }

    /** After the last row; the stream stays open. */
    public void flush() throws IOException {
        csv.flush();
    }

    private static String cell(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case BigDecimal number -> number.toPlainString();
            case Number number -> number.toString();
            default -> guarded(value.toString());
        };
    }

    private static String guarded(String text) {
        return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
