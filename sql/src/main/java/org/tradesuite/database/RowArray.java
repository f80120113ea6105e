package org.tradesuite.database;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;

/**
 * Rows of one table as one parameter: {@code insert into t (...) select * from unnest(?::t[])}. They are written in
 * PostgreSQL's binary form as they are given, so that neither the driver nor the server writes and reads them as text, and
 * can be bound again and again.
 *
 * <p>{@link #row} begins a row; then comes every column of the table in the table's order, each by the method of its type.
 * The server refuses a value of another type than the column's. Not thread-safe.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">the forms are those of array_send
 *     and record_send</a>
 */
public final class RowArray {

    private static final int HEADER = 20;
    private static final int ELEMENT_TYPE = 8;
    private static final int COUNT = 12;
    private static final int ABSENT = -1;

    private static final long POSTGRES_EPOCH_SECOND = 946_684_800L;
    private static final long POSTGRES_EPOCH_DAY = 10_957L;
    private static final long MICROS = 1_000_000L;

    private final String table;
    private final int columns;
    private byte[] bytes;
    private int length = HEADER;
    private int rows;
    private int rowAt;
    private int given;

    /**
     * @param table with its schema, such as journal.event
     * @param columns how many it has
     * @param expected bytes, so that nothing is moved if they suffice
     */
    public RowArray(String table, int columns, int expected) {
        this.table = table;
        this.columns = columns;
        this.given = columns;
        this.bytes = new byte[HEADER + expected];
        putInt(0, 1);
        putInt(16, 1);
    }

    public int size() {
        return rows;
    }

    /** Begins the next row. */
    public RowArray row() {
        requireWhole();
        rows++;
        given = 0;
        rowAt = room(8);
        putInt(rowAt + 4, columns);
        return this;
    }

    public RowArray text(@Nullable String value) {
        if (value == null) {
            return absent(Oid.TEXT);
        }
        var at = field(Oid.TEXT, 0);
        putInt(at - 4, append(value.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    /**
     * A column of type json.
     *
     * @param value in UTF-8, sent as it is
     */
    public RowArray json(byte @Nullable [] value) {
        if (value == null) {
            return absent(Oid.JSON);
        }
        var at = field(Oid.JSON, 0);
        putInt(at - 4, append(value));
        return this;
    }

    public RowArray texts(@Nullable List<String> values) {
        if (values == null) {
            return absent(Oid.TEXT_ARRAY);
        }
        var dimensions = values.isEmpty() ? 0 : 1;
        var at = field(Oid.TEXT_ARRAY, 12 + 8 * dimensions);
        putInt(at, dimensions);
        putInt(at + 4, 0);
        putInt(at + ELEMENT_TYPE, Oid.TEXT);
        if (dimensions > 0) {
            putInt(at + COUNT, values.size());
            putInt(at + 16, 1);
        }
        for (var value : values) {
            var place = room(4);
            putInt(place, append(value.getBytes(StandardCharsets.UTF_8)));
        }
        putInt(at - 4, length - at);
        return this;
    }

    public RowArray number(@Nullable BigDecimal value) {
        if (value == null) {
            return absent(Oid.NUMERIC);
        }
        var at = field(Oid.NUMERIC, 0);
        putInt(at - 4, append(BinaryNumeric.bytes(value)));
        return this;
    }

    public RowArray integer(int value) {
        var at = field(Oid.INT4, 4);
        putInt(at, value);
        return this;
    }

    public RowArray bigint(long value) {
        var at = field(Oid.INT8, 8);
        putLong(at, value);
        return this;
    }

    public RowArray truth(boolean value) {
        var at = field(Oid.BOOL, 1);
        bytes[at] = (byte) (value ? 1 : 0);
        return this;
    }

    public RowArray bytes(byte @Nullable [] value) {
        if (value == null) {
            return absent(Oid.BYTEA);
        }
        var at = field(Oid.BYTEA, 0);
        putInt(at - 4, append(value));
        return this;
    }

    /** A column of type timestamptz: what is finer than a microsecond is cut off. */
    public RowArray time(@Nullable Instant value) {
        if (value == null) {
            return absent(Oid.TIMESTAMPTZ);
        }
        var at = field(Oid.TIMESTAMPTZ, 8);
        var seconds = Math.subtractExact(value.getEpochSecond(), POSTGRES_EPOCH_SECOND);
        putLong(at, Math.addExact(Math.multiplyExact(seconds, MICROS), value.getNano() / 1000));
        return this;
    }

    public RowArray date(@Nullable LocalDate value) {
        if (value == null) {
            return absent(Oid.DATE);
        }
        var at = field(Oid.DATE, 4);
        putInt(at, Math.toIntExact(value.toEpochDay() - POSTGRES_EPOCH_DAY));
        return this;
    }

    /** Sets the parameter of that number, from 1. */
    public void bind(PreparedStatement statement, int parameter) throws SQLException {
        requireWhole();
        var connection = statement.getConnection().unwrap(BaseConnection.class);
        var types = connection.getTypeInfo();
        var array = types.getPGArrayType(table);
        if (array == Oid.UNSPECIFIED) {
            throw new SQLException("There is no table " + table + " that this role may see.");
        }
        putInt(ELEMENT_TYPE, types.getPGArrayElement(array));
        putInt(COUNT, rows);
        statement.setArray(parameter, new PgArray(connection, array, Arrays.copyOf(bytes, length)));
    }

    /** @throws IllegalStateException if the last row has fewer columns than the table */
    private void requireWhole() {
        if (given != columns) {
            throw new IllegalStateException(
                    "Row " + rows + " for " + table + " has " + given + " of " + columns + " columns.");
        }
        if (rows > 0) {
            putInt(rowAt, length - rowAt - 4);
        }
    }

    private RowArray absent(int type) {
        var at = field(type, 0);
        putInt(at - 4, ABSENT);
        return this;
    }

    /** @return where its value stands */
    private int field(int type, int size) {
        if (given == columns) {
            throw new IllegalStateException(
                    "Row " + rows + " for " + table + " has more than " + columns + " columns.");
        }
        given++;
        var at = room(8 + size);
        putInt(at, type);
        putInt(at + 4, size);
        return at + 8;
    }

    /** @return how many bytes */
    private int append(byte[] value) {
        var at = room(value.length);
        System.arraycopy(value, 0, bytes, at, value.length);
        return value.length;
    }

    private int room(int more) {
        var at = length;
        length = Math.addExact(length, more);
        if (length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length, bytes.length * 2));
        }
        return at;
    }

    private void putLong(int at, long value) {
        putInt(at, (int) (value >>> 32));
        putInt(at + 4, (int) value);
    }

    private void putInt(int at, int value) {
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
    }
}
