package org.tradesuite.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RowArrayTest {

    private static final String TABLE = "public.every_type";
    private static final int COLUMNS = 10;
    private static final String INSERT = "insert into " + TABLE + " select * from unnest(?::" + TABLE + "[])";

    private final LocalDatabase database = LocalPostgres.shared().newDatabase();
    private Connection connection;

    private record Row(
            int place,
            @Nullable String words,
            @Nullable String json,
            @Nullable List<String> list,
            @Nullable BigDecimal number,
            long large,
            boolean truth,
            @Nullable String bytes,
            @Nullable Instant time,
            @Nullable LocalDate date) {}

    @BeforeEach
    void make_the_table() throws SQLException {
        connection = database.dataSource(DatabaseRole.OWNER).getConnection();
        try (var make = connection.createStatement()) {
            make.execute("create table " + TABLE + " (place integer, words text, document json, list text[],"
                    + " number numeric, large bigint, truth boolean, content bytea, at timestamptz(6), day date)");
        }
    }

    @AfterEach
    void drop() throws SQLException {
        connection.close();
        LocalPostgres.shared().drop(database);
    }

    @Test
    void what_is_written_is_read_back() throws SQLException {
        var rows = List.of(
                new Row(
                        1,
                        "Ωmega \"quoted\", {braced} \\ back",
                        "{\"a\" : [1,  2]}",
                        List.of("", "a b", "ü,\"x\""),
                        new BigDecimal("-12345.6700"),
                        Long.MIN_VALUE,
                        true,
                        "00ff",
                        Instant.parse("2026-03-02T09:59:59.123456Z"),
                        LocalDate.of(2026, 3, 2)),
                new Row(
                        Integer.MIN_VALUE,
                        "",
                        "null",
                        List.of(),
                        BigDecimal.ZERO,
                        0,
                        false,
                        "",
                        Instant.parse("1969-12-31T23:59:59.999999Z"),
                        LocalDate.of(1969, 12, 31)),
                new Row(3, null, null, null, null, -1, false, null, null, null));
        assertThat(insert(rows)).isEqualTo(3);
        assertThat(readBack()).containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    void numbers_of_every_size_and_scale_are_read_back() throws SQLException {
        var random = new Random(20260302);
        var values = new ArrayList<BigDecimal>();
        for (var digits = 1; digits <= 40; digits++) {
            for (var scale = -3; scale <= 24; scale++) {
                var unscaled = new BigInteger(digits * 10 / 3, random);
                var ten = BigInteger.TEN.pow(digits);
                for (var each : List.of(unscaled, unscaled.negate(), ten, ten.subtract(BigInteger.ONE))) {
                    values.add(new BigDecimal(each, scale));
                }
            }
        }
        insert(values.stream().map(RowArrayTest::number).toList());
        // PostgreSQL has no negative scale.
        var expected = values.stream().map(value -> number(value.setScale(Math.max(0, value.scale()))));
        assertThat(readBack()).containsExactlyInAnyOrderElementsOf(expected.toList());
    }

    @Test
    void the_same_rows_can_be_bound_again() throws SQLException {
        var rows = array(List.of(number(BigDecimal.ONE)));
        for (var time = 0; time < 2; time++) {
            try (var insert = connection.prepareStatement(INSERT)) {
                rows.bind(insert, 1);
                assertThat(insert.executeUpdate()).isOne();
            }
        }
        assertThat(readBack()).hasSize(2);
    }

    @Test
    void no_rows_are_no_rows() throws SQLException {
        assertThat(insert(List.of())).isZero();
    }

    @Test
    void a_row_has_as_many_columns_as_the_table() {
        assertThatThrownBy(
                        () -> new RowArray(TABLE, COLUMNS, 0).row().integer(1).row())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Row 1 for public.every_type has 1 of 10 columns.");
        assertThatThrownBy(() -> new RowArray(TABLE, 1, 100).row().integer(1).integer(2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Row 1 for public.every_type has more than 1 columns.");
    }

    @Test
    void a_value_of_another_type_and_an_unknown_table_are_refused() {
        var wrong = new RowArray(TABLE, COLUMNS, 0).row();
        for (var column = 0; column < COLUMNS; column++) {
            wrong.text("x");
        }
        assertThatThrownBy(() -> insert(wrong)).isInstanceOf(SQLException.class).hasMessageContaining("integer");
        assertThatThrownBy(() ->
                        insert(new RowArray("public.nothing", 1, 100).row().integer(1)))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("There is no table public.nothing");
    }

    private static Row number(BigDecimal value) {
        return new Row(0, null, null, null, value, 0, false, null, null, null);
    }

    private int insert(List<Row> rows) throws SQLException {
        return insert(array(rows));
    }

    private int insert(RowArray rows) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            rows.bind(insert, 1);
            return insert.executeUpdate();
        }
    }

    private static RowArray array(List<Row> rows) {
        var array = new RowArray(TABLE, COLUMNS, 0);
        for (var row : rows) {
            array.row()
                    .integer(row.place())
                    .text(row.words())
                    .json(row.json() == null ? null : row.json().getBytes(StandardCharsets.UTF_8))
                    .texts(row.list())
                    .number(row.number())
                    .bigint(row.large())
                    .truth(row.truth())
                    .bytes(row.bytes() == null ? null : HexFormat.of().parseHex(row.bytes()))
                    .time(row.time())
                    .date(row.date());
        }
        return array;
    }

    private List<Row> readBack() throws SQLException {
        var read = new ArrayList<Row>();
        try (var select = connection.prepareStatement("select *, encode(content, 'hex') as hex from " + TABLE);
                var row = select.executeQuery()) {
            while (row.next()) {
                var list = row.getArray("list");
                var at = row.getObject("at", OffsetDateTime.class);
                read.add(new Row(
                        row.getInt("place"),
                        row.getString("words"),
                        row.getString("document"),
                        list == null ? null : List.of((String[]) list.getArray()),
                        row.getBigDecimal("number"),
                        row.getLong("large"),
                        row.getBoolean("truth"),
                        row.getString("hex"),
                        at == null ? null : at.toInstant(),
                        row.getObject("day", LocalDate.class)));
            }
        }
        return read;
    }
}
