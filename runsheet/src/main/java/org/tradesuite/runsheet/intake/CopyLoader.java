package org.tradesuite.runsheet.intake;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Loads rows into a table with COPY in text format: the fastest way into PostgreSQL by a factor of five to eighteen.
 * The rows become visible with the caller's transaction; one wrong row fails all of them, so rows are judged before
 * they come here. Values are null, String, a number, Boolean, a java.time date or instant, an enum, byte[], or a list
 * of texts; anything else is written as its toString.
 */
public final class CopyLoader {

    private static final int BUFFER = 64 * 1024;
    private static final Pattern TABLE = Pattern.compile("[a-z_][a-z0-9_]*(\\.[a-z_][a-z0-9_]*)?");
    private static final Pattern COLUMN = Pattern.compile("[a-z_][a-z0-9_]*");

    private final String command;
    private final int width;

    private CopyLoader(String command, int width) {
        this.command = command;
        this.width = width;
    }

    /**
     * A loader for some columns of a table.
     *
     * @param table as {@code schema.table}
     * @throws IllegalArgumentException for a name that would need quoting
     */
    public static CopyLoader into(String table, String... columns) {
        List<String> names = List.of(columns);
        if (!TABLE.matcher(table).matches()
                || names.isEmpty()
                || !names.stream().allMatch(name -> COLUMN.matcher(name).matches())) {
            throw new IllegalArgumentException("not a plain table and columns: " + table + " " + names);
        }
        return new CopyLoader(
                "copy " + table + " (" + names.stream().collect(Collectors.joining(", ")) + ") from stdin",
                names.size());
    }

    /** Loads all rows, each an array with one value per column; returns how many the server took. */
    public long load(Connection connection, Stream<? extends @Nullable Object[]> rows) throws SQLException {
        return load(connection, rows.iterator());
    }

    public long load(Connection connection, Iterator<? extends @Nullable Object[]> rows) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(command);
        try {
            StringBuilder text = new StringBuilder(BUFFER + 1024);
            while (rows.hasNext()) {
                write(text, rows.next());
                if (text.length() >= BUFFER) {
                    send(copy, text);
                }
            }
            send(copy, text);
            return copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static void send(CopyIn copy, StringBuilder text) throws SQLException {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        text.setLength(0);
    }

    private void write(StringBuilder text, @Nullable Object[] row) {
        if (row.length != width) {
            throw new IllegalArgumentException("a row of " + row.length + " values for " + width + " columns");
        }
        for (int i = 0; i < row.length; i++) {
            if (i > 0) {
                text.append('\t');
            }
            Object value = row[i];
            if (value == null) {
                text.append("\\N");
            } else {
                escape(text, plain(value));
            }
        }
        text.append('\n');
    }

    private static String plain(Object value) {
        return switch (value) {
            case String string -> string;
            case BigDecimal number -> number.toPlainString();
            case Boolean bool -> bool ? "t" : "f";
            case Enum<?> constant -> constant.name();
            case Instant instant -> instant.truncatedTo(ChronoUnit.MICROS).toString();
            case LocalDate date -> date.toString();
            case LocalDateTime dateTime ->
                dateTime.truncatedTo(ChronoUnit.MICROS).toString();
            case LocalTime time -> time.truncatedTo(ChronoUnit.MICROS).toString();
            case byte[] bytes -> "\\x" + HexFormat.of().formatHex(bytes);
            case List<?> list -> array(list);
            default -> value.toString();
        };
    }

    private static String array(List<?> values) {
        return values.stream()
                .map(value -> "\"" + String.valueOf(value).replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static void escape(StringBuilder text, String value) {
        int written = 0;
        for (int i = 0; i < value.length(); i++) {
            String escaped = switch (value.charAt(i)) {
                case '\\' -> "\\\\";
                case '\t' -> "\\t";
                case '\n' -> "\\n";
                case '\r' -> "\\r";
                default -> "";
            };
            if (!escaped.isEmpty()) {
                text.append(value, written, i).append(escaped);
                written = i + 1;
            }
        }
        text.append(value, written, value.length());
    }

    @Override
    public String toString() {
        return command;
    }
}
