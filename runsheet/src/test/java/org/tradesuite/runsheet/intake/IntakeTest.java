package org.tradesuite.runsheet.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalDatabase;
import org.tradesuite.database.LocalPostgres;
import org.tradesuite.runsheet.intake.FileReceipts.Receipt;

class IntakeTest {

    private static final LocalDate FRIDAY = LocalDate.of(2026, 11, 20);
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);
    private static final DroppedFile FILE = file("trades.csv", "a;b");

    private LocalDatabase database;
    private JdbcClient owner;
    private DataSource settlement;
    private Quarantine quarantine;
    private FileReceipts receipts;

    @BeforeEach
    void an_installed_database() {
        database = LocalPostgres.shared().newDatabase();
        owner = JdbcClient.create(database.dataSource(DatabaseRole.OWNER));
        owner.sql("""
            create table settlement.sample (id bigint, name text, amount numeric, on_date date, at timestamptz(6),
                                            ok boolean, side text, codes text[], raw bytea)
            """).update();
        settlement = database.dataSource(DatabaseRole.SETTLEMENT);
        quarantine = new Quarantine(settlement, "settlement", new JdbcTransactionManager(settlement), NOON);
        receipts = new FileReceipts(settlement, "settlement", NOON);
    }

    @AfterEach
    void forget() {
        LocalPostgres.shared().drop(database);
    }

    @Test
    void rows_are_copied_as_they_are_whatever_they_hold() throws SQLException {
        String awkward = "tab\there\nnew line\r\\back \\N \"quoted\" é 株 \\.";
        Instant at = Instant.parse("2026-11-20T12:00:00.123456Z");
        CopyLoader loader = CopyLoader.into(
                "settlement.sample", "id", "name", "amount", "on_date", "at", "ok", "side", "codes", "raw");

        long rows = load(
                loader,
                Stream.of(
                        new @Nullable Object[] {
                            1,
                            awkward,
                            new BigDecimal("1E+3"),
                            FRIDAY,
                            at,
                            true,
                            Receipt.NEW,
                            List.of("a,b", "c\"d\\"),
                            new byte[] {0, -1}
                        },
                        new @Nullable Object[] {2, null, null, null, null, null, null, null, null}));

        assertThat(rows).isEqualTo(2);
        assertThat(owner.sql("select name from settlement.sample where id = 1")
                        .query(String.class)
                        .single())
                .isEqualTo(awkward);
        assertThat(owner.sql("""
            select amount || ' ' || on_date || ' ' || ok || ' ' || side || ' ' || codes[1] || ' ' || codes[2]
                   || ' ' || encode(raw, 'hex') || ' ' || (at = timestamptz '2026-11-20 12:00:00.123456Z')
              from settlement.sample where id = 1
            """).query(String.class).single())
                .isEqualTo("1000 2026-11-20 true NEW a,b c\"d\\ 00ff true");
        assertThat(owner.sql("select count(*) from settlement.sample where id = 2 and name is null and raw is null")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void a_hundred_thousand_rows_are_copied_in_one_go() throws SQLException {
        CopyLoader loader = CopyLoader.into("settlement.sample", "id", "name");
        assertThat(load(loader, IntStream.range(0, 100_000).mapToObj(i ->
                        new @Nullable Object[] {i, "name of row " + i})))
                .isEqualTo(100_000);
    }

    @Test
    void a_row_of_the_wrong_kind_leaves_nothing_behind_and_the_connection_good() throws SQLException {
        CopyLoader loader = CopyLoader.into("settlement.sample", "id", "name");
        try (Connection connection = settlement.getConnection()) {
            assertThatThrownBy(() -> loader.load(
                            connection,
                            Stream.of(new @Nullable Object[] {1, "good"}, new @Nullable Object[] {"x", "bad"})))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> loader.load(connection, Stream.<@Nullable Object[]>of(new @Nullable Object[] {1})))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(loader.load(connection, Stream.<@Nullable Object[]>of(new @Nullable Object[] {1, "good"})))
                    .isEqualTo(1);
        }
    }

    @Test
    void names_that_would_need_quoting_are_refused() {
        assertThatThrownBy(() -> CopyLoader.into("settlement.sample; drop table x", "id"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CopyLoader.into("settlement.sample", "id, name"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_content_is_new_until_it_is_done_whatever_the_file_is_called() {
        DroppedFile renamed = file("trades-again.csv", "a;b");
        assertThat(receipts.receive("trades", FILE)).isEqualTo(Receipt.NEW);
        assertThat(receipts.receive("trades", FILE)).isEqualTo(Receipt.NEW);
        receipts.done("trades", FILE);
        assertThat(receipts.receive("trades", renamed)).isEqualTo(Receipt.DUPLICATE);
        assertThat(receipts.receive("positions", renamed)).isEqualTo(Receipt.NEW);
    }

    @Test
    void a_refused_file_may_be_sent_again() {
        receipts.receive("trades", FILE);
        receipts.refused("trades", FILE, "The trailer is missing.");
        assertThat(receipts.receive("trades", FILE)).isEqualTo(Receipt.NEW);
    }

    @Test
    void a_refused_row_stays_when_the_step_that_refused_it_fails() {
        TransactionTemplate step = new TransactionTemplate(new JdbcTransactionManager(settlement));
        assertThatThrownBy(() -> step.executeWithoutResult(status -> {
                    quarantine.keep(List.of(row(14, "x12")));
                    throw new IllegalStateException("the step fails");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(quarantine.page("trades", QuarantinedRow.Status.HELD, Long.MAX_VALUE, 10))
                .extracting(held -> held.row().text())
                .containsExactly("x12");
    }

    @Test
    void a_row_that_is_refused_again_is_counted_and_not_kept_twice() {
        quarantine.keep(List.of(row(14, "x12"), row(15, "y")));
        quarantine.keep(List.of(row(14, "x12")));
        List<QuarantinedRow> rows = quarantine.page(null, null, Long.MAX_VALUE, 10);
        assertThat(rows).extracting(QuarantinedRow::timesSeen).containsExactly(1, 2);
    }

    @Test
    void a_released_row_goes_back_to_its_job_corrected_and_is_applied_once() {
        quarantine.keep(List.of(row(14, "x12")));
        long number = quarantine.page(null, null, Long.MAX_VALUE, 1).getFirst().number();
        assertThat(quarantine.released("load")).isEmpty();

        assertThat(quarantine.release(number, "12", "operations", "Typing error."))
                .isTrue();
        assertThat(quarantine.release(number, "13", "operations", "Again.")).isFalse();

        QuarantinedRow released = quarantine.released("load").getFirst();
        assertThat(released.effectiveText()).isEqualTo("12");
        assertThat(released.row().text()).isEqualTo("x12");
        quarantine.applied(released);
        assertThat(quarantine.released("load")).isEmpty();
        assertThat(quarantine.row(number).orElseThrow().status()).isEqualTo(QuarantinedRow.Status.APPLIED);
    }

    @Test
    void a_correction_that_is_no_better_is_held_again_with_the_new_reason() {
        quarantine.keep(List.of(row(14, "x12")));
        long number = quarantine.page(null, null, Long.MAX_VALUE, 1).getFirst().number();
        quarantine.release(number, "y12", "operations", "Typing error.");
        quarantine.refusedAgain(quarantine.released("load").getFirst(), "NOT_A_NUMBER", "'y12' is not a number.");

        QuarantinedRow held = quarantine.row(number).orElseThrow();
        assertThat(held.status()).isEqualTo(QuarantinedRow.Status.HELD);
        assertThat(held.row().reason()).isEqualTo("'y12' is not a number.");
        assertThat(quarantine.released("load")).isEmpty();
    }

    @Test
    void too_many_refused_rows_fail_the_step() {
        RefusalLimit limit = new RefusalLimit(5, 10);
        limit.judge("trades.csv", 5, 1000);
        limit.judge("trades.csv", 2, 3);
        assertThatThrownBy(() -> limit.judge("trades.csv", 6, 1000)).isInstanceOf(TooManyRefusedRows.class);
        assertThatThrownBy(() -> limit.judge("trades.csv", 3, 20))
                .isInstanceOf(TooManyRefusedRows.class)
                .hasMessageContaining("3 of 20 rows of trades.csv");
    }

    private static RefusedRow row(long line, String text) {
        return RefusedRow.of(
                "trades", FILE, line, text, "NOT_A_NUMBER", "'" + text + "' is not a number.", "load", FRIDAY);
    }

    private long load(CopyLoader loader, Stream<@Nullable Object[]> rows) throws SQLException {
        try (Connection connection = settlement.getConnection()) {
            return loader.load(connection, rows);
        }
    }

    private static DroppedFile file(String name, String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        return new DroppedFile(Path.of(name), name, DropFolder.sha256(content), content);
    }
}
