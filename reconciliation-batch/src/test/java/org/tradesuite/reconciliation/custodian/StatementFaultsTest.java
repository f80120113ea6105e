package org.tradesuite.reconciliation.custodian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.reconciliation.Desk.FRI_20_NOV_2026;
import static org.tradesuite.reconciliation.Desk.TUE_24_NOV_2026;
import static org.tradesuite.reconciliation.swift.FinText.cash;
import static org.tradesuite.reconciliation.swift.FinText.holdings;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradesuite.reconciliation.Desk;
import org.tradesuite.reconciliation.iso.IsoText;
import org.tradesuite.reconciliation.swift.FinText;

/**
 * What is wrong with files and statements, each with a clear finding and no wrong match. GEQ1 holds 1,000 VOD and 300 AZN
 * and owns GBP 10,000; nothing has settled since.
 */
class StatementFaultsTest {

    private static final String JOB = "reconcile-custodian";
    private static final String OPENING = """
        insert into execution.opening_position values
            ('GEQ1', 'VOD.XLON', 'GB00BH4HKS39', '2026-11-20', 1000, 0.7), ('GEQ1', 'AZN.XLON', 'GB0009895292', '2026-11-20', 300, 110);
        insert into execution.opening_cash values ('GEQ1', 'GBP', '2026-11-20', 10000);
        insert into execution.business_day values ('2026-11-24', 'CLOSED', '2026-11-24T00:00:00Z', '2026-11-24T21:00:00Z');
        insert into settlement.batch_job_instance (job_instance_id, version, job_name, job_key) values
            (1, 0, 'apply-status', 'k'), (2, 0, 'apply-status', 'l');
        insert into settlement.batch_job_execution (job_execution_id, version, job_instance_id, create_time, status)
            values (1, 0, 1, now(), 'COMPLETED'), (2, 0, 2, now(), 'COMPLETED');
        insert into settlement.batch_job_execution_params (job_execution_id, parameter_name, parameter_type, parameter_value, identifying)
            values (1, 'businessDate', 'java.time.LocalDate', '2026-11-20', 'Y'), (2, 'businessDate', 'java.time.LocalDate', '2026-11-24', 'Y');
        """;
    private static final String VOD = "GB00BH4HKS39 UNIT/1000,";
    private static final String AZN = "GB0009895292 UNIT/300,";
    private static final String HOLDINGS = holdings("SAFEGEQ1001", "20261124", "1/ONLY", List.of(VOD, AZN));
    private static final String CASH =
            cash("GEQ1GBP01", "1/1", "60F:C261124GBP10000,00", List.of(), "62F:C261124GBP10000,00");

    @TempDir
    Path folder;

    private Desk desk;

    @BeforeEach
    void open() {
        desk = new Desk(folder);
        desk.sql(OPENING);
        desk.open();
    }

    @AfterEach
    void close() {
        desk.close();
    }

    // Files

    @Test
    void statements_come_in_archives_too() throws IOException {
        var zip = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(zip)) {
            for (var member : List.of(
                    List.of("../p1.fin", holdings("SAFEGEQ1001", "20261124", "1/MORE", List.of(VOD))),
                    List.of("/p2.fin", holdings("SAFEGEQ1001", "20261124", "2/LAST", List.of(AZN))))) {
                out.putNextEntry(new ZipEntry(member.getFirst()));
                out.write(member.getLast().getBytes(StandardCharsets.ISO_8859_1));
                out.closeEntry();
            }
        }
        put("holdings.dat", zip.toByteArray());
        put("cash", gzip(CASH.getBytes(StandardCharsets.ISO_8859_1)));
        complete(1);
        assertThat(desk.openBreaks()).isEmpty();
        assertThat(desk.rows("select feed, status, pages, origin from reconciliation_api.statement order by 1"))
                .containsExactly("CUSTODIAN_CASH LOADED 1 DROP_FOLDER", "CUSTODIAN_POSITION LOADED 2 DROP_FOLDER");
        assertThat(desk.rows("select member from reconciliation.statement_page where member <> '' order by 1"))
                .containsExactly("../p1.fin", "/p2.fin");
        assertThat(statements("done/2026-11-20/holdings.dat")).exists();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{1:F01TRSUGB2LAXXX0000000000}{2:O5351800261124CUSTGB2LAXXX00000000002611241800N}{4:\n:16R:GENL\n",
                ":20:S1\n:25:GEQ1GBP01\n:28C:1/1\n",
                "<?xml version=\"1.0\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><",
            })
    void two_gigabytes_of_garbage_are_a_finding_however_they_begin(String beginning) throws IOException {
        try (var file = new RandomAccessFile(statements("garbage.fin").toFile(), "rw")) {
            file.writeBytes(beginning);
            file.setLength(2L << 30);
        }
        good();
        var before = System.nanoTime();
        complete(1);
        assertThat(System.nanoTime() - before).isLessThan(120_000_000_000L);
        assertThat(desk.openBreaks()).hasSize(1).first().asString().contains("_UNREADABLE -");
        assertThat(desk.rows("select file_name, status from reconciliation.statement order by 1"))
                .containsExactly("c.fin LOADED", "garbage.fin REFUSED", "h.fin LOADED");
        assertThat(statements("refused/garbage.fin")).exists();
        assertThat(statements("refused/garbage.fin.reason.txt")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip", "gz"})
    void a_bomb_is_a_finding(String kind) throws IOException {
        var zeros = new byte[50_000_000];
        if (kind.equals("gz")) {
            put("bomb.gz", gzip(zeros));
        } else {
            var zip = new ByteArrayOutputStream();
            try (var out = new ZipOutputStream(zip)) {
                out.putNextEntry(new ZipEntry("statement.fin"));
                out.write("{1:F01A}{2:O535B}{4:\n".getBytes(StandardCharsets.US_ASCII));
                out.write(zeros);
            }
            put("bomb.zip", zip.toByteArray());
        }
        good();
        complete(1);
        assertThat(desk.openBreaks()).containsExactly("FILE_UNREADABLE - - - -");
        assertThat(desk.rows("select count(*) from reconciliation.position_row"))
                .containsExactly("2");
    }

    @Test
    void an_empty_file_a_letter_and_an_archive_in_an_archive_are_findings() throws IOException {
        put("a.fin", new byte[0]);
        put("b.xml", "Dear client".getBytes(StandardCharsets.UTF_8));
        put("c.gz", gzip(gzip(CASH.getBytes(StandardCharsets.UTF_8))));
        good();
        complete(1);
        assertThat(desk.openBreaks())
                .containsExactly("FILE_UNREADABLE - - - -", "FILE_UNREADABLE - - - -", "FILE_UNREADABLE - - - -");
    }

    @Test
    void xml_with_external_entities_is_a_finding_and_nothing_is_read_for_it() throws IOException {
        var secret = Files.writeString(folder.resolve("secret"), "GEQ1GBP01");
        put(
                "x.xml",
                ("<?xml version=\"1.0\"?>\n<!DOCTYPE Document [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]>\n"
                                + camt("10000.00", "10000.00")
                                        .substring(camt("", "").indexOf("<Document"))
                                        .replace("<Id>GEQ1GBP01</Id>", "<Id>&e;</Id>"))
                        .getBytes(StandardCharsets.UTF_8));
        good();
        complete(1);
        assertThat(desk.openBreaks()).containsExactly("STATEMENT_UNREADABLE - - - -");
        assertThat(desk.rows("select detail from reconciliation_api.open_break").getFirst())
                .contains("DOCTYPE");
    }

    @Test
    void every_file_twice_and_in_any_order_comes_to_the_same() throws IOException {
        var files = new ArrayList<>(List.of(
                holdings("SAFEGEQ1001", "20261124", "1/MORE", List.of(VOD)),
                holdings("SAFEGEQ1001", "20261124", "2/LAST", List.of("GB0009895292 UNIT/299,")),
                CASH));
        files.addAll(List.copyOf(files));
        for (var seed = 0; seed < 3; seed++) {
            Collections.shuffle(files, new Random(seed));
            for (var i = 0; i < files.size(); i++) {
                put("r" + seed + "-" + i, files.get(i).getBytes(StandardCharsets.ISO_8859_1));
            }
            complete(seed + 1);
            assertThat(desk.openBreaks())
                    .contains("POSITION_QTY - GEQ1 AZN.XLON -1")
                    .allMatch(found -> found.startsWith("DUPLICATE_THEIRS") || found.startsWith("POSITION_QTY"));
            assertThat(desk.rows(
                            "select sum(quantity) from reconciliation.statement_holding join reconciliation.statement"
                                    + " using (statement_id) where status = 'LOADED'"))
                    .containsExactly("1299");
        }
    }

    @Test
    void two_accounts_that_hold_the_same_have_a_statement_each() {
        desk.sql("""
            insert into execution.opening_position values
                ('GEQ2', 'VOD.XLON', 'GB00BH4HKS39', '2026-11-20', 1000, 0.7),
                ('GEQ2', 'AZN.XLON', 'GB0009895292', '2026-11-20', 300, 110);
            """);
        good();
        put("other.fin", holdings("SAFEGEQ2001", "20261124", "1/ONLY", List.of(VOD, AZN)));
        complete(1);
        assertThat(desk.openBreaks()).isEmpty();
    }

    @Test
    void a_page_that_comes_later_completes_the_statement() {
        put("p1.fin", holdings("SAFEGEQ1001", "20261124", "1/MORE", List.of(VOD)));
        put("c.fin", CASH);
        complete(1);
        assertThat(desk.openBreaks()).containsExactly("STATEMENT_GAP - GEQ1 - -");

        put("p1-again.fin", holdings("SAFEGEQ1001", "20261124", "1/MORE", List.of(VOD)));
        complete(2);
        assertThat(desk.openBreaks()).containsExactly("STATEMENT_GAP - GEQ1 - -");

        put("p2.fin", holdings("SAFEGEQ1001", "20261124", "2/LAST", List.of(AZN)));
        complete(3);
        assertThat(desk.openBreaks()).isEmpty();

        put("p2-again.fin", holdings("SAFEGEQ1001", "20261124", "2/LAST", List.of(AZN)));
        complete(4);
        assertThat(desk.openBreaks()).containsExactly("DUPLICATE_THEIRS - GEQ1 - -");
    }

    @Test
    void a_page_that_comes_a_business_day_later_completes_the_statement_of_the_day_before() {
        put("p1.fin", holdings("SAFEGEQ1001", "20261124", "1/MORE", List.of(VOD)));
        put("c.fin", CASH);
        complete(1);
        put("p2.fin", holdings("SAFEGEQ1001", "20261124", "2/LAST", List.of(AZN)));
        put("c2.fin", cash("GEQ1GBP01", "2/1", "60F:C261125GBP10000,00", List.of(), "62F:C261125GBP10000,00"));
        desk.complete(JOB, TUE_24_NOV_2026, 1);
        assertThat(desk.openBreaks()).isEmpty();
    }

    @Test
    void cash_statements_of_two_days_come_in_the_wrong_order() {
        put("h.fin", HOLDINGS);
        put("c24.fin", CASH);
        complete(1);
        put("c26.fin", cash("GEQ1GBP01", "3/1", "60F:C261126GBP10005,00", List.of(), "62F:C261126GBP10005,00"));
        complete(2);
        assertThat(desk.openBreaks()).containsExactly("STATEMENT_GAP - GEQ1 GBP -");

        put(
                "c25.fin",
                cash(
                        "GEQ1GBP01",
                        "2/1",
                        "60F:C261125GBP10000,00",
                        List.of("261125C5,NTRFNONREF//X1"),
                        "62F:C261125GBP10005,00"));
        complete(3);
        assertThat(desk.openBreaks()).containsExactly("MISSING_OURS - GEQ1 GBP 5");
        assertThat(desk.rows("select statement_date from reconciliation.statement where status = 'LOADED' and feed ="
                        + " 'CUSTODIAN_CASH' order by 1"))
                .containsExactly("2026-11-24", "2026-11-25", "2026-11-26");
    }

    @Test
    void a_good_statement_clears_what_came_before_it_and_is_not_newer() {
        put("h.fin", HOLDINGS);
        put("c25.fin", cash("GEQ1GBP01", "2/1", "60F:C261125GBP10000,00", List.of(), "62F:C261125GBP10000,01"));
        complete(1);
        assertThat(desk.openBreaks()).containsExactly("STATEMENT_NOT_FOOTING - GEQ1 GBP -");
        put("c24.fin", CASH);
        complete(2);
        assertThat(desk.openBreaks()).containsExactly("STATEMENT_NOT_FOOTING - GEQ1 GBP -");
        put("c25.fin", cash("GEQ1GBP01", "2/1", "60F:C261125GBP10000,00", List.of(), "62F:C261125GBP10000,00"));
        complete(3);
        assertThat(desk.openBreaks()).isEmpty();

        put("c25.fin", cash("GEQ1GBP01", "2/1", "60F:C261125GBP10000,00", List.of(), "62F:C261125GBP10000,02"));
        complete(4);
        complete(5);
        assertThat(desk.openBreaks())
                .as("what comes after the good one")
                .containsExactly("STATEMENT_NOT_FOOTING - GEQ1 GBP -");
    }

    @Test
    void a_statement_of_a_date_far_ahead_is_cleared_by_a_good_one() {
        put("h.fin", HOLDINGS);
        put("c.fin", CASH.replace("C261124GBP", "C271124GBP"));
        complete(1);
        assertThat(desk.openBreaks()).containsExactly("IMPOSSIBLE_DATE - GEQ1 GBP -");
        assertThat(desk.rows("select detail from reconciliation_api.open_break").getFirst())
                .contains("2027-11-24");
        good();
        complete(2);
        assertThat(desk.openBreaks()).doesNotContain("IMPOSSIBLE_DATE - GEQ1 GBP -");
    }

    @Test
    void broken_reports_within_the_day_are_a_break_each_and_a_good_one_clears_none() {
        good();
        put("i1.fin", intraday("7/1", "5,00").replace(":90C:1GBP5", ":90C:1GBP6"));
        put("i2.fin", intraday("8/1", "5,00").replace(":90C:1GBP5", ":90C:1GBP7"));
        complete(1);
        assertThat(desk.openBreaks())
                .containsExactly("STATEMENT_NOT_FOOTING - GEQ1 GBP -", "STATEMENT_NOT_FOOTING - GEQ1 GBP -");
        put("i3.fin", intraday("9/1", "5,00"));
        complete(2);
        assertThat(desk.rows("select count(*) from reconciliation_api.open_break where break_class ="
                        + " 'STATEMENT_NOT_FOOTING'"))
                .containsExactly("2");
    }

    @Test
    void advices_that_say_the_same_under_other_references_are_two() {
        good();
        var advice = FinText.message("900", ":20:A1\n:21:SEME1\n:25:GEQ1GBP01\n:32A:261124GBP5,00\n");
        put("a1.fin", advice);
        put("a2.fin", advice.replace(":20:A1", ":20:A2"));
        complete(1);
        assertThat(desk.rows("select part, status from reconciliation.statement where feed = 'CUSTODIAN_ADVICE' order"
                        + " by 1"))
                .containsExactly("A1 LOADED", "A2 LOADED");
        put("a3.fin", advice);
        complete(2);
        assertThat(desk.openBreaks()).contains("DUPLICATE_THEIRS - GEQ1 GBP -");
    }

    @Test
    void a_statement_without_its_sender_is_the_one_that_had_it() {
        good();
        complete(1);
        put("bare.fin", CASH.substring(CASH.indexOf("{4:")));
        complete(2);
        assertThat(desk.openBreaks()).containsExactly("DUPLICATE_THEIRS - GEQ1 GBP -");
    }

    @Test
    void two_who_send_a_statement_that_is_not_theirs_to_send_are_two_breaks() {
        good();
        put("r1.fin", CASH.replace("CUSTGB2LAXXX", "ROGUGB2LAXXX"));
        put("r2.fin", CASH.replace("CUSTGB2LAXXX", "FAKEGB2LAXXX"));
        complete(1);
        assertThat(desk.openBreaks()).containsExactly("SENDER - GEQ1 GBP -", "SENDER - GEQ1 GBP -");
    }

    @Test
    void messages_of_one_file_that_name_no_account_are_a_break_each() {
        good();
        var nameless = FinText.message("950", ":20:S1\n:28C:1/1\n:60F:C261124GBP1,00\n:62F:C261124GBP1,00\n");
        put("n.fin", nameless + nameless.replace("S1", "S2"));
        complete(1);
        assertThat(desk.openBreaks()).hasSize(2).allMatch(found -> found.startsWith("STATEMENT_UNREADABLE - -"));
    }

    @Test
    void a_page_with_the_same_lines_and_other_balances_did_not_come_before() {
        put("h.fin", HOLDINGS);
        var first = cash(
                "GEQ1GBP01",
                "1/1",
                "60F:C261124GBP10000,00",
                List.of("261124C5,NTRFNONREF//X1"),
                "62M:C261124GBP10005,00");
        put("p1.fin", first);
        put("p2.fin", cash("GEQ1GBP01", "1/2", "60M:C261124GBP10005,00", List.of(), "62F:C261124GBP10005,00"));
        complete(1);
        put("p1.fin", first);
        complete(2);
        assertThat(desk.openBreaks()).contains("DUPLICATE_THEIRS - GEQ1 GBP -");
        put("p1.fin", first.replace("10000,00", "20000,00").replace("10005,00", "20005,00"));
        complete(3);
        assertThat(desk.openBreaks()).contains("STATEMENT_GAP - GEQ1 GBP -");
    }

    @Test
    void a_message_that_is_broken_spoils_no_statement_of_another_currency() {
        put("h.fin", HOLDINGS);
        put("usd.fin", cash("GEQ1GBP01", "1/1", "60F:C261124USD1,00", List.of(), "62M:C261124USD1,00"));
        put("gbp.fin", CASH.replace("60F:C261124GBP", "60F:C261131GBP"));
        complete(1);
        assertThat(desk.openBreaks()).containsExactly("IMPOSSIBLE_DATE - GEQ1 GBP -", "STATEMENT_GAP - - USD -");
    }

    @Test
    void a_run_of_an_earlier_date_clears_nothing_that_a_later_one_found() {
        good();
        complete(1);
        put("h25.fin", holdings("SAFEGEQ1001", "20261125", "1/ONLY", List.of(VOD, AZN.replace("300", "299"))));
        put("c25.fin", cash("GEQ1GBP01", "2/1", "60F:C261125GBP10000,00", List.of(), "62F:C261125GBP10000,00"));
        desk.complete(JOB, TUE_24_NOV_2026, 1);
        assertThat(desk.openBreaks()).containsExactly("POSITION_QTY - GEQ1 AZN.XLON -1");
        complete(2);
        assertThat(desk.openBreaks()).containsExactly("POSITION_QTY - GEQ1 AZN.XLON -1");
    }

    private static String intraday(String number, String credit) {
        return FinText.message(
                "942",
                ":20:I" + number.charAt(0) + "\n:25:GEQ1GBP01\n:28C:" + number
                        + "\n:34F:GBP0,\n:13D:2611241200+0000\n:61:261124C" + credit + "NSECNONREF//X"
                        + number.charAt(0)
                        + "\n:90C:1GBP" + credit + "\n");
    }

    // What a statement says

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "62F:C261124GBP10000,00 | 62F:C261124GBP10000,01 | STATEMENT_NOT_FOOTING - GEQ1 GBP -",
                "62F:C261124GBP10000,00 | 62F:C261124EUR10000,00 | MIXED_CURRENCIES - GEQ1 GBP -",
                "60F:C261124GBP10000,00 | 60F:C260230GBP10000,00 | IMPOSSIBLE_DATE - GEQ1 GBP -",
                "C261124GBP | C271124GBP | IMPOSSIBLE_DATE - GEQ1 GBP -",
                "C261124GBP | C261119GBP | STALE_STATEMENT - GEQ1 GBP -",
                "CUSTGB2LAXXX | ROGUGB2LAXXX | SENDER - GEQ1 GBP -",
                "GEQ1GBP01 | OTHERGBP01 | ACCOUNT - - GBP -",
            })
    void a_statement_that_cannot_be_right_is_named_and_not_compared(String right, String wrong, String expected) {
        put("h.fin", HOLDINGS);
        put("c.fin", CASH.replace(right, wrong));
        complete(1);
        assertThat(desk.openBreaks()).contains(expected);
        assertThat(desk.openBreaks()).allMatch(found -> found.equals(expected) || found.startsWith("STALE_STATEMENT"));
        assertThat(desk.rows("select count(*) from reconciliation.statement where status = 'LOADED'"))
                .containsExactly("1");
    }

    @Test
    void a_statement_under_another_date_with_the_same_movements_is_a_duplicate() {
        var moved = cash(
                "GEQ1GBP01",
                "1/1",
                "60F:C261124GBP10000,00",
                List.of("261124C5,NTRFNONREF//X1", "261124D5,NTRFNONREF//X2"),
                "62F:C261124GBP10000,00");
        put("h.fin", HOLDINGS);
        put("c.fin", moved);
        complete(1);
        var before = desk.openBreaks();
        put("c2.fin", moved.replace("F:C261124", "F:C261125").replace("X1", "Y1"));
        complete(2);
        assertThat(desk.openBreaks()).containsAll(before).contains("DUPLICATE_THEIRS - GEQ1 GBP -");
    }

    @Test
    void negative_and_zero_quantities_are_compared_as_they_are() {
        put(
                "h.fin",
                holdings(
                        "SAFEGEQ1001",
                        "20261124",
                        "1/ONLY",
                        List.of("GB00BH4HKS39 UNIT/N1000,", AZN, "DE0007164600 UNIT/0,")));
        put("c.fin", CASH);
        complete(1);
        assertThat(desk.openBreaks()).containsExactly("POSITION_QTY - GEQ1 VOD.XLON -2000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AMOR", "FAMT"})
    void what_cannot_be_compared_is_a_finding_of_its_line_and_the_page_goes_on(String type) {
        put(
                "h.fin",
                holdings(
                                "SAFEGEQ1001",
                                "20261124",
                                "1/ONLY",
                                List.of("GB00BH4HKS39 %s/950,".formatted(type), "GB0009895292 UNIT/301,", "XX UNIT/7,"))
                        .replace(":35B:ISIN XX", ":35B:/US/037833100\nAPPLE INC"));
        put("c.fin", CASH);
        complete(1);
        assertThat(desk.openBreaks())
                .containsExactly(
                        "INSTRUMENT_ID - GEQ1 - -", "POSITION_QTY - GEQ1 AZN.XLON 1", "QUANTITY_TYPE - GEQ1 - -");
        put("h2.fin", HOLDINGS);
        complete(2);
        assertThat(desk.openBreaks()).isEmpty();
    }

    @Test
    void two_lines_that_name_the_same_are_two_findings() {
        put(
                "h.fin",
                holdings(
                                "SAFEGEQ1001",
                                "20261124",
                                "1/ONLY",
                                List.of("GB00BH4HKS39 UNIT/1000,", AZN, "XX UNIT/7,", "XX UNIT/9,"))
                        .replace(":35B:ISIN XX", ":35B:/US/037833100\nAPPLE INC"));
        put("c.fin", CASH);
        complete(1);
        assertThat(desk.openBreaks()).containsExactly("INSTRUMENT_ID - GEQ1 - -", "INSTRUMENT_ID - GEQ1 - -");
        assertThat(desk.rows("select count(*) from reconciliation_api.open_break where detail like '%one of 2 lines%'"))
                .containsExactly("2");
        put("h2.fin", HOLDINGS);
        complete(2);
        assertThat(desk.openBreaks()).isEmpty();
    }

    @Test
    void holdings_on_trade_date_basis_are_compared_with_what_was_traded() {
        desk.sql("insert into execution.position (account_id, instrument_id, isin, quantity, average_cost, realised,"
                + " currency, updated_at) values ('GEQ1', 'VOD.XLON', 'GB00BH4HKS39', 1500, 0.7, 0, 'GBP', now()),"
                + " ('GEQ1', 'AZN.XLON', 'GB0009895292', 300, 110, 0, 'GBP', now())");
        put(
                "h.fin",
                holdings("SAFEGEQ1001", "20261124", "1/ONLY", List.of("GB00BH4HKS39 UNIT/1500,", AZN))
                        .replace("STBA//SETT", "STBA//TRAD"));
        put("c.fin", CASH);
        complete(1);
        assertThat(desk.openBreaks()).isEmpty();
        put("h2.fin", HOLDINGS.replace("STBA//SETT", "STBA//CONT"));
        complete(2);
        assertThat(desk.openBreaks()).containsExactly("POSITION_BASIS - GEQ1 - -");
    }

    @Test
    void a_statement_of_changes_does_not_say_what_it_leaves_out() {
        put(
                "h.fin",
                holdings("SAFEGEQ1001", "20261124", "1/ONLY", List.of("GB00BH4HKS39 UNIT/1001,"))
                        .replace("CODE//COMP", "CODE//DELT"));
        put("c.fin", CASH);
        complete(1);
        assertThat(desk.openBreaks()).containsExactly("POSITION_QTY - GEQ1 VOD.XLON 1");
    }

    // ISO 20022

    private static String camt(String opening, String closing) {
        return IsoText.cash(IsoText.statement(
                "GEQ1GBP01", "GBP", "2026-11-24", List.of("OPBD CRDT " + opening, "CLBD CRDT " + closing), List.of()));
    }

    @Test
    void iso_messages_give_the_breaks_that_swift_messages_give() throws IOException {
        put(
                "h.fin",
                holdings(
                        "SAFEGEQ1001",
                        "20261124",
                        "1/ONLY",
                        List.of("GB00BH4HKS39 UNIT/1001,", "US0378331005 UNIT/5,")));
        put(
                "c.fin",
                cash(
                        "GEQ1GBP01",
                        "1/1",
                        "60F:C261124GBP10000,00",
                        List.of("261124C7,50NSECNONREF//X9"),
                        "62F:C261124GBP10007,50"));
        complete(1);
        var swift = desk.openBreaks();
        assertThat(swift).hasSize(4);

        desk.sql("delete from reconciliation.statement_finding; delete from reconciliation.statement_page; delete from"
                + " reconciliation.break; delete from reconciliation.found_break; delete from"
                + " reconciliation.statement");
        put(
                "h.xml",
                IsoText.holdings(
                        "SAFEGEQ1001",
                        "2026-11-24",
                        1,
                        true,
                        List.of("GB00BH4HKS39 LONG 1001", "US0378331005 LONG 5")));
        put(
                "c.xml",
                IsoText.cash(IsoText.statement(
                        "GEQ1GBP01",
                        "GBP",
                        "2026-11-24",
                        List.of("OPBD CRDT 10000.00", "CLBD CRDT 10007.50"),
                        List.of(IsoText.entry("GBP", "7.50", "CRDT", "BOOK", "2026-11-24", "NONREF", "X9")))));
        complete(2);
        assertThat(desk.openBreaks()).isEqualTo(swift);
    }

    @Test
    void the_same_statement_in_another_language_is_the_same_statement() {
        put("h.fin", HOLDINGS);
        put("c.fin", CASH);
        complete(1);
        put(
                "h.xml",
                IsoText.holdings(
                        "SAFEGEQ1001",
                        "2026-11-24",
                        1,
                        true,
                        List.of("GB0009895292 LONG 300", "GB00BH4HKS39 LONG 1000")));
        put("c.xml", camt("10000.00", "10000.00"));
        complete(2);
        assertThat(desk.openBreaks()).containsExactly("DUPLICATE_THEIRS - GEQ1 - -", "DUPLICATE_THEIRS - GEQ1 GBP -");
    }

    @Test
    void an_advice_counts_once_for_its_reference() {
        good();
        put("m.fin", FinText.message("900", ":20:A1\n:21:SEME1\n:25:GEQ1GBP01\n:32A:261124GBP5,00\n"));
        complete(1);
        assertThat(desk.openBreaks()).containsExactly("MISSING_THEIRS - GEQ1 GBP 5");
        assertThat(desk.rows(
                        "select feed, part, status from reconciliation_api.statement where feed = 'CUSTODIAN_ADVICE'"))
                .containsExactly("CUSTODIAN_ADVICE A1 LOADED");
        assertThat(desk.rows("select amount, reference from reconciliation.cash_row"))
                .containsExactly("-5.00 SEME1");
    }

    // Size

    @ParameterizedTest
    @ValueSource(ints = {1, 1000})
    void a_hundred_thousand_holdings_are_taken_in_seconds(int pages) {
        var each = 100_000 / pages;
        var file = new StringBuilder();
        for (var page = 1; page <= pages; page++) {
            var held = new ArrayList<String>(each);
            for (var i = 0; i < each; i++) {
                held.add("GB00BH4HKS39\nVODAFONE GROUP PLC\n:93B::AVAI//UNIT/0,01\n:93B::AGGR//UNIT/0,01");
            }
            file.append(holdings(
                            "SAFEGEQ1001",
                            "20261124",
                            page + (pages == 1 ? "/ONLY" : page == pages ? "/LAST" : "/MORE"),
                            List.of())
                    .replace(
                            ":16S:SUBSAFE\n",
                            ":16R:FIN\n:35B:ISIN " + String.join("\n:16S:FIN\n:16R:FIN\n:35B:ISIN ", held)
                                    + "\n:16S:FIN\n:16S:SUBSAFE\n"));
        }
        put("h.fin", file.toString());
        complete(1);
        assertThat(desk.rows("select rows, pages, status from reconciliation.statement"))
                .containsExactly("100000 " + pages + " LOADED");
        assertThat(desk.rows(
                        "select extract(epoch from end_time - start_time) < 20 from reconciliation.batch_step_execution"
                                + " where step_name = 'check-and-load-custodian-statements'"))
                .containsExactly("t");
    }

    // Death in the step

    @ParameterizedTest
    @ValueSource(strings = {"position_row", "statement_page", "statement_file"})
    void a_kill_before_the_commit_leaves_nothing_and_the_files_where_they_were(String table) {
        good();
        desk.sql("create function public.break_off() returns trigger language plpgsql as $$ begin raise exception"
                + " 'gone'; end $$;create trigger break_off before insert on reconciliation." + table
                + " for each statement execute function public.break_off()");
        var broken = desk.run(JOB, FRI_20_NOV_2026, 1);
        assertThat(statements("h.fin")).exists();
        assertThat(desk.rows("select count(*) from reconciliation.position_row"))
                .containsExactly("0");
        desk.sql("drop trigger break_off on reconciliation." + table);
        desk.restart(broken);
        assertThat(desk.openBreaks()).isEmpty();
        assertThat(desk.rows("select count(*) from reconciliation.statement")).containsExactly("2");
        assertThat(desk.rows("select count(*) from reconciliation.position_row"))
                .containsExactly("2");
    }

    @Test
    void a_kill_between_the_commit_and_the_move_reads_no_file_twice() throws IOException {
        good();
        complete(1);
        // As if the process had died after the commit: the file lies there, and is noted as read but not as moved.
        Files.move(statements("done/2026-11-20/h.fin"), statements("h.fin"), StandardCopyOption.ATOMIC_MOVE);
        desk.sql("update reconciliation.statement_file set filed = false, archived = null where file_name = 'h.fin'");
        complete(2);
        assertThat(desk.openBreaks()).isEmpty();
        assertThat(statements("done/2026-11-20/h.fin")).exists();
        assertThat(desk.rows("select count(*) from reconciliation.statement")).containsExactly("2");
        assertThat(desk.rows("select count(*) from reconciliation.statement_file where archived is null"))
                .containsExactly("0");
    }

    private void good() {
        put("h.fin", HOLDINGS);
        put("c.fin", CASH);
    }

    private void complete(int sequence) {
        desk.complete(JOB, FRI_20_NOV_2026, sequence);
    }

    private void put(String name, String text) {
        desk.drop("custodian/statements/" + name, text);
    }

    private void put(String name, byte[] content) throws IOException {
        Files.write(statements(name), content);
    }

    private Path statements(String name) {
        var file = folder.resolve("drop/custodian/statements").resolve(name);
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
        return file;
    }

    private static byte[] gzip(byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var packed = new GZIPOutputStream(out)) {
            packed.write(content);
        }
        return out.toByteArray();
    }
}
