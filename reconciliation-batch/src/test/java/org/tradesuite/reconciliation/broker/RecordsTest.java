package org.tradesuite.reconciliation.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RecordsTest {

    @Provide
    Arbitrary<List<List<String>>> tables() {
        return Arbitraries.of("", "a", "B;C", "1.5", "says \"yes\"", "two\nlines", "Zürich", "x".repeat(300))
                .list()
                .ofMinSize(2)
                .ofMaxSize(5)
                .list()
                .ofMaxSize(8);
    }

    /** Read in pieces of a few octets, so that every record is cut somewhere. */
    @Property(tries = 300)
    void what_another_reader_reads_is_read(@ForAll("tables") List<List<String>> table, @ForAll boolean carriageReturns)
            throws IOException {
        var text = written(table, carriageReturns ? "\r\n" : "\n");
        var expected = new ArrayList<List<String>>();
        try (var reader = CsvReader.builder()
                .fieldSeparator(';')
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)) {
            reader.forEach(record -> expected.add(record.getFields()));
        }
        assertThat(read(text, 7)).isEqualTo(expected);
        assertThat(read(text, Integer.MAX_VALUE)).isEqualTo(expected);
    }

    @Property(tries = 300)
    void lines_that_are_taken_out_are_the_same_records_at_the_same_places(@ForAll("tables") List<List<String>> table)
            throws IOException {
        var text = written(table, "\n");
        var whole = new ArrayList<String>();
        told(new Records(in(text, 7), ';'), whole);
        var takenOut = new ArrayList<String>();
        var records = new Records(in(text, 7), ';');
        for (var more = true; more; ) {
            var lines = records.takeOut();
            if (lines != null) {
                told(lines, takenOut);
            } else {
                more = records.next();
                if (more) {
                    takenOut.add(told(records));
                }
            }
        }
        assertThat(takenOut).isEqualTo(whole);
    }

    private static String written(List<List<String>> table, String end) {
        var text = new StringBuilder();
        for (var row : table) {
            text.append(String.join(
                            ";",
                            row.stream()
                                    .map(value -> value.matches("(?s).*[;\"\n].*")
                                            ? "\"" + value.replace("\"", "\"\"") + "\""
                                            : value)
                                    .toList()))
                    .append(end);
        }
        return text.toString();
    }

    private static void told(Records records, List<String> into) throws IOException {
        while (records.next()) {
            into.add(told(records));
        }
    }

    private static String told(Records record) {
        return record.line() + " " + record.offset() + " " + record.texts();
    }

    @Test
    void a_record_tells_where_it_begins() throws IOException {
        var records = new Records(in("\uFEFFa;b\n\n\"1\n2\";x\r\nlast;one", 3), ';');
        assertThat(records.next()).isTrue();
        assertThat(records.line()).isEqualTo(1);
        assertThat(records.offset()).isEqualTo(3);
        assertThat(records.next()).isTrue();
        assertThat(records.line()).isEqualTo(3);
        assertThat(records.offset()).isEqualTo(8);
        assertThat(records.raw()).isEqualTo("\"1\n2\";x");
        assertThat(records.next()).isTrue();
        assertThat(records.line()).isEqualTo(5);
        assertThat(records.raw()).isEqualTo("last;one");
        assertThat(records.next()).isFalse();
    }

    @Test
    void a_line_without_end_is_refused_and_not_read_into_memory() throws IOException {
        var endless = new InputStream() {
            private long given;

            @Override
            public int read() {
                given++;
                return 'x';
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                Arrays.fill(into, offset, offset + length, (byte) 'x');
                given += length;
                return length;
            }
        };
        var records = new Records(endless, ';');
        assertThatThrownBy(records::next).hasMessageContaining("Line 1 has more than");
        assertThat(endless.given).isLessThan(4 << 20);
    }

    private static List<List<String>> read(String text, int pieces) throws IOException {
        var records = new Records(in(text, pieces), ';');
        var read = new ArrayList<List<String>>();
        while (records.next()) {
            read.add(records.texts());
        }
        return read;
    }

    private static InputStream in(String text, int pieces) {
        return new FilterInputStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return super.read(into, offset, Math.min(length, pieces));
            }
        };
    }
}
