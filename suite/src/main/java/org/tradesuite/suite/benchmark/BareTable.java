package org.tradesuite.suite.benchmark;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Rows that the suite has written, written again by the shortest way there is: one multi-row insert and one commit for each
 * batch, into a table of the same columns without key, index, trigger or check. No rule is asked, nothing is hashed, nothing
 * else is kept. What the suite does besides is measured against it.
 */
final class BareTable {

    private record Column(String name, String type, List<@Nullable Object> values) {}

    private final DataSource owner;
    private final List<Column> columns;
    private final int size;
    private final String insert;

    private BareTable(DataSource owner, List<Column> columns, int size, String insert) {
        this.owner = owner;
        this.columns = columns;
        this.size = size;
        this.insert = insert;
    }

    /**
     * @param table of ours
     * @param rows which of its rows: what follows {@code from table}
     */
    static BareTable of(DataSource owner, String table, String rows) throws SQLException {
        var bare = "bare." + table.substring(table.indexOf('.') + 1);
        try (var connection = owner.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create schema if not exists bare");
            statement.execute("drop table if exists " + bare);
            statement.execute("create table " + bare + " as select * from " + table + " with no data");
            try (var result = statement.executeQuery("select * from " + table + " " + rows)) {
                var shape = result.getMetaData();
                List<List<@Nullable Object>> values = new ArrayList<>();
                for (var at = 1; at <= shape.getColumnCount(); at++) values.add(new ArrayList<>());
                while (result.next())
                    for (var at = 1; at <= values.size(); at++)
                        values.get(at - 1)
                                .add(
                                        switch (shape.getColumnTypeName(at)) {
                                            case "bytea" -> result.getBytes(at);
                                            case "int8", "int4", "numeric" -> result.getObject(at);
                                            default -> result.getString(at);
                                        });
                List<Column> columns = new ArrayList<>();
                for (var at = 1; at <= values.size(); at++)
                    columns.add(new Column(shape.getColumnName(at), shape.getColumnTypeName(at), values.get(at - 1)));
                return new BareTable(owner, columns, values.getFirst().size(), insert(bare, columns));
            }
        }
    }

    private static String insert(String bare, List<Column> columns) {
        return "insert into " + bare + " select "
                + columns.stream().map(each -> each.name + "::" + each.type).collect(Collectors.joining(", "))
                + " from unnest("
                + columns.stream().map(each -> "?::" + sent(each) + "[]").collect(Collectors.joining(", "))
                + ") as batch("
                + columns.stream().map(Column::name).collect(Collectors.joining(", "))
                + ")";
    }

    private static String sent(Column column) {
        return switch (column.type) {
            case "bytea", "int8", "int4", "numeric" -> column.type;
            default -> "text";
        };
    }

    int size() {
        return size;
    }

    /** In the caller's transaction. */
    void insert(Connection connection, int from, int to) throws SQLException {
        try (var statement = connection.prepareStatement(insert)) {
            for (var at = 0; at < columns.size(); at++) {
                var column = columns.get(at);
                var some = column.values
                        .subList(from, to)
                        .toArray(column.type.equals("bytea") ? new byte[0][] : new Object[0]);
                statement.setArray(at + 1, connection.createArrayOf(sent(column), some));
            }
            statement.executeUpdate();
        }
    }

    /** How long one commit of so many rows takes at this rate, from the moment it was due. */
    Histogram commitsAt(int perSecond, int count, int rows) throws SQLException {
        var nanos = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
        var interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        try (var connection = owner.getConnection()) {
            connection.setAutoCommit(false);
            var start = System.nanoTime();
            for (var commit = 0; commit < count; commit++) {
                var due = start + commit * interval;
                while (System.nanoTime() < due) LockSupport.parkNanos(due - System.nanoTime());
                var from = commit * rows % (size - rows);
                insert(connection, from, from + rows);
                connection.commit();
                nanos.recordValue(System.nanoTime() - due);
            }
        }
        return nanos;
    }

    /** All rows in batches, by so many threads at once, each with its own share and its own connection: rows a second. */
    double perSecond(int threads, int batch) throws Exception {
        try (var pool = Executors.newFixedThreadPool(threads)) {
            List<Callable<Integer>> writers = new ArrayList<>();
            for (var thread = 0; thread < threads; thread++) {
                var from = (int) ((long) size * thread / threads);
                var to = (int) ((long) size * (thread + 1) / threads);
                writers.add(() -> write(from, to, batch));
            }
            var start = System.nanoTime();
            var rows = 0;
            for (var written : pool.invokeAll(writers)) rows += written.get();
            return rows * 1e9 / (System.nanoTime() - start);
        }
    }

    private int write(int from, int to, int batch) throws SQLException {
        try (var connection = owner.getConnection()) {
            connection.setAutoCommit(false);
            for (var at = from; at < to; at += batch) {
                insert(connection, at, Math.min(to, at + batch));
                connection.commit();
            }
        }
        return to - from;
    }
}
