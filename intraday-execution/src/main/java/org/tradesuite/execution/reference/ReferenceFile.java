package org.tradesuite.execution.reference;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.reference.ImportResult.RowFailure;

/**
 * A reference file, read: the rows that are right in themselves, and the rows that are not, each with its reason. A
 * header that names a column twice, an unknown one, or lacks a required one makes the whole file wrong, because nobody
 * can say what its rows mean.
 */
record ReferenceFile(int rows, List<Row> good, List<RowFailure> bad) {

    /** A row whose every field could be read. */
    record Row(long line, String text, Map<String, @Nullable Object> values) {}

    static ReferenceFile read(ReferenceKind kind, String csv, LocalDate businessDate, String actor) {
        return new Reading(kind, csv, businessDate, actor).read();
    }

    private static final class Reading {
        private final ReferenceKind kind;
        private final String csv;
        private final List<String> lines;
        private final Map<String, Object> filledIn;
        private final List<Row> good = new ArrayList<>();
        private final List<RowFailure> bad = new ArrayList<>();
        private final Map<List<@Nullable Object>, Long> lineOfKey = new HashMap<>();
        private int rows;

        Reading(ReferenceKind kind, String csv, LocalDate businessDate, String actor) {
            this.kind = kind;
            this.csv = csv;
            this.lines = csv.lines().toList();
            this.filledIn = Map.of("rate_date", businessDate, "business_date", businessDate, "entered_by", actor);
        }

        ReferenceFile read() {
            var records = new ArrayList<CsvRecord>();
            try (var reader = CsvReader.builder()
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .detectBomHeader(true)
                    .ofCsvRecord(csv)) {
                reader.forEach(records::add);
            } catch (CsvParseException torn) {
                var from = records.isEmpty() ? 1 : records.getLast().getStartingLineNumber() + 1;
                bad.add(new RowFailure(
                        from, text(from, lines.size() + 1L), "From here on the file is not CSV: " + torn.getMessage()));
                rows++;
            } catch (IOException failed) {
                throw new UncheckedIOException("A text in memory could not be read", failed);
            }
            if (records.isEmpty()) {
                return wrongFile("The file is empty: its first line names the columns.");
            }
            var header = records.getFirst().getFields();
            var wrong = wrongHeader(header);
            if (wrong != null) {
                return wrongFile(wrong);
            }
            var open = bad.isEmpty() ? openQuote() : null;
            if (open != null && records.size() > 1) {
                var last = records.removeLast().getStartingLineNumber();
                rows++;
                bad.add(new RowFailure(
                        last,
                        text(last, lines.size() + 1L),
                        "From here on the file is not CSV: the quote in line " + open[0] + ", column " + open[1]
                                + " is never closed."));
            }
            for (var index = 1; index < records.size(); index++) {
                var next = index + 1 < records.size()
                        ? records.get(index + 1).getStartingLineNumber()
                        : bad.isEmpty() ? lines.size() + 1L : records.get(index).getStartingLineNumber() + 1;
                row(header, records.get(index), next);
            }
            return new ReferenceFile(rows, List.copyOf(good), List.copyOf(bad));
        }

        /** Where a quote opens that is never closed, so that the rest of the file would be one field; null if none does. */
        private int @Nullable [] openQuote() {
            var line = 1;
            var column = 0;
            int @Nullable [] open = null;
            for (var place = 0; place < csv.length(); place++) {
                column++;
                var each = csv.charAt(place);
                if (each == '"' && open != null && place + 1 < csv.length() && csv.charAt(place + 1) == '"') {
                    // Two within quotes are one that is meant.
                    place++;
                    column++;
                } else if (each == '"' && (open != null || place == 0 || ",\r\n".indexOf(csv.charAt(place - 1)) >= 0)) {
                    open = open == null ? new int[] {line, column} : null;
                } else if (each == '\n') {
                    line++;
                    column = 0;
                }
            }
            return open;
        }

        private ReferenceFile wrongFile(String reason) {
            return new ReferenceFile(
                    Math.max(0, lines.size() - 1),
                    List.of(),
                    List.of(new RowFailure(1, lines.isEmpty() ? "" : lines.getFirst(), reason)));
        }

        private @Nullable String wrongHeader(List<String> header) {
            var known = kind.columns().stream().map(Column::name).toList();
            if (new HashSet<>(header).size() < header.size()) {
                return "The header names a column twice.";
            }
            for (var name : header) {
                if (!known.contains(name)) {
                    return "Column '" + name + "' is not known: the columns of " + kind.table() + " are "
                            + String.join(",", known) + ".";
                }
            }
            for (var column : kind.columns()) {
                if (column.required() && !header.contains(column.name())) {
                    return "Column '" + column.name() + "' is missing from the header.";
                }
            }
            return null;
        }

        private void row(List<String> header, CsvRecord record, long nextLine) {
            rows++;
            var line = record.getStartingLineNumber();
            var text = text(line, nextLine);
            if (record.getFieldCount() != header.size()) {
                bad.add(new RowFailure(
                        line,
                        text,
                        "The row has " + record.getFieldCount() + " fields, the header " + header.size() + "."));
                return;
            }
            try {
                var values = values(header, record);
                RowRules.check(kind, values);
                var first = lineOfKey.putIfAbsent(keyOf(values), line);
                if (first != null) {
                    bad.add(new RowFailure(line, text, "Line " + first + " has the same key: keep one of the two."));
                } else {
                    good.add(new Row(line, text, values));
                }
            } catch (IllegalArgumentException wrong) {
                bad.add(new RowFailure(line, text, Objects.requireNonNullElse(wrong.getMessage(), "wrong")));
            }
        }

        private Map<String, @Nullable Object> values(List<String> header, CsvRecord record) {
            var values = new LinkedHashMap<String, @Nullable Object>();
            for (var column : kind.columns()) {
                var place = header.indexOf(column.name());
                var value = place < 0 ? null : column.value(record.getField(place));
                values.put(column.name(), value != null ? value : filledIn.get(column.name()));
            }
            return values;
        }

        private List<@Nullable Object> keyOf(Map<String, @Nullable Object> values) {
            var key = new ArrayList<@Nullable Object>();
            for (var column : kind.columns()) {
                if (kind.key().contains(column.name())) {
                    key.add(values.get(column.name()));
                }
            }
            return key;
        }

        private String text(long from, long to) {
            return String.join("\n", lines.subList((int) from - 1, (int)
                    Math.max(from, Math.min(to - 1, lines.size()))));
        }
    }
}
