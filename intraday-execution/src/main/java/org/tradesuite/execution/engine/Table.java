package org.tradesuite.execution.engine;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.tradesuite.database.RowArray;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;

/**
 * A table of schema execution: how each of its columns is told from a {@code T}, in the order of the table, and the
 * statement that takes the rows as one array of the table's own type.
 */
final class Table<T> {

    private interface Column<T> {
        void write(RowArray rows, T row, Instant at);
    }

    /** Of a column with its type and its length, by and large. */
    private static final int COLUMN_OCTETS = 24;

    private final String name;
    private final String statement;
    private final List<Column<T>> columns = new ArrayList<>();

    /**
     * @param name without the schema
     * @param statement with the array as its only parameter
     */
    Table(String name, String statement) {
        this.name = "execution." + name;
        this.statement = statement;
    }

    private Table<T> column(Column<T> column) {
        columns.add(column);
        return this;
    }

    /** Written as it writes itself. */
    Table<T> text(Function<T, @Nullable Object> value) {
        return column((rows, row, at) -> {
            var each = value.apply(row);
            rows.text(each == null ? null : each.toString());
        });
    }

    Table<T> texts(Function<T, List<String>> value) {
        return column((rows, row, at) -> rows.texts(value.apply(row)));
    }

    Table<T> number(Function<T, @Nullable BigDecimal> value) {
        return column((rows, row, at) -> rows.number(value.apply(row)));
    }

    Table<T> quantity(Function<T, @Nullable Quantity> value) {
        return column((rows, row, at) -> {
            var each = value.apply(row);
            rows.number(each == null ? null : each.value());
        });
    }

    Table<T> price(Function<T, @Nullable Price> value) {
        return column((rows, row, at) -> {
            var each = value.apply(row);
            rows.number(each == null ? null : each.value());
        });
    }

    Table<T> bigint(ToLongFunction<T> value) {
        return column((rows, row, at) -> rows.bigint(value.applyAsLong(row)));
    }

    Table<T> truth(Predicate<T> value) {
        return column((rows, row, at) -> rows.truth(value.test(row)));
    }

    Table<T> date(Function<T, @Nullable LocalDate> value) {
        return column((rows, row, at) -> rows.date(value.apply(row)));
    }

    Table<T> time(Function<T, @Nullable Instant> value) {
        return column((rows, row, at) -> rows.time(value.apply(row)));
    }

    /** When the row is written. */
    Table<T> writtenAt() {
        return column((rows, row, at) -> rows.time(at));
    }

    /** Adds the statement with these rows, if there are any, to what is sent. */
    void add(OneTrip changes, Collection<? extends T> given, Instant at) {
        if (given.isEmpty()) {
            return;
        }
        var rows = new RowArray(name, columns.size(), given.size() * columns.size() * COLUMN_OCTETS);
        for (var row : given) {
            rows.row();
            for (var column : columns) {
                column.write(rows, row, at);
            }
        }
        changes.add(statement, (prepared, first) -> {
            rows.bind(prepared, first);
            return first + 1;
        });
    }
}
