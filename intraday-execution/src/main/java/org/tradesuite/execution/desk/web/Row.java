package org.tradesuite.execution.desk.web;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row of a read model, in the forms of the contract: decimals as plain text, times as instants. */
record Row(ResultSet columns) {

    String text(String column) throws SQLException {
        @Nullable String value = columns.getString(column);
        if (value == null) {
            throw new SQLException("column " + column + " is empty");
        }
        return value;
    }

    @Nullable
    String textOrNull(String column) throws SQLException {
        return columns.getString(column);
    }

    String decimal(String column) throws SQLException {
        return plain(columns.getBigDecimal(column));
    }

    @Nullable
    String decimalOrNull(String column) throws SQLException {
        @Nullable BigDecimal value = columns.getBigDecimal(column);
        return value == null ? null : plain(value);
    }

    /** An amount keeps the decimals of its currency, a quantity or a price has none that say nothing. */
    static String plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
    }

    Instant instant(String column) throws SQLException {
        return columns.getObject(column, OffsetDateTime.class).toInstant();
    }

    @Nullable
    Instant instantOrNull(String column) throws SQLException {
        @Nullable OffsetDateTime value = columns.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    LocalDate date(String column) throws SQLException {
        return columns.getObject(column, LocalDate.class);
    }

    List<String> texts(String column) throws SQLException {
        return Arrays.asList((String[]) columns.getArray(column).getArray());
    }
}
