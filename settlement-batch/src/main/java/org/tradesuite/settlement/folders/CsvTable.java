package org.tradesuite.settlement.folders;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.tradesuite.runsheet.intake.DropFolder;

/** The answer of a query as a CSV file: the columns as they are named, decimals without exponent, nothing for null. */
public final class CsvTable {

    private CsvTable() {}

    /** Replaces the file; a reader sees the old one or the new one. */
    public static void write(Path file, StatementSpec query) {
        var text = new StringWriter();
        try (var csv = CsvWriter.builder().build(text)) {
            var heading = new boolean[] {true};
            RowCallbackHandler row = rows -> {
                var columns = rows.getMetaData();
                if (heading[0]) {
                    var names = new ArrayList<String>();
                    for (var i = 1; i <= columns.getColumnCount(); i++) {
                        names.add(columns.getColumnLabel(i));
                    }
                    csv.writeRecord(names);
                    heading[0] = false;
                }
                var values = new ArrayList<String>();
                for (var i = 1; i <= columns.getColumnCount(); i++) {
                    var value = rows.getObject(i);
                    values.add(
                            value == null
                                    ? ""
                                    : value instanceof BigDecimal number ? number.toPlainString() : value.toString());
                }
                csv.writeRecord(values);
            };
            query.query(row);
        } catch (IOException impossible) {
            throw new UncheckedIOException("A text in memory cannot be closed", impossible);
        }
        DropFolder.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
