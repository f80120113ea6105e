package org.tradesuite.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.reconciliation.Desk.FRI_20_NOV_2026;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.springframework.batch.core.BatchStatus;
import org.tradesuite.runsheet.intake.Quarantine;

class ReconcileBrokersTest {

    private static final String JOB = "reconcile-brokers";
    private static final String ALFA_HEADING = FridaysTrades.ALFA_HEADING;
    private static final String A_VOD =
            "A1,C1,AE1 AE2,GEQ1,VOD,XLON,GB00BH4HKS39,BUY,1000,0.7230,723.00,5.00,0.03,728.03,"
                    + "2026-11-20,2026-11-24,GBP";
    private static final String CLAIMED =
            "A7,PHONE,XX,GEQ1,VOD,XLON,GB00BH4HKS39,BUY,10,0.7,7.00,1.00,0.00,8.00," + "2026-11-20,2026-11-24,GBP";
    private static final String A_AZN =
            "A2,C2,AE3,GEQ1,AZN,XLON,GB0009895292,SELL,100,118.40,11840.00,5.00,0.53,11834.47,"
                    + "2026-11-20,2026-11-24,GBP";
    private static final String BRAVO_HEADING = "Referenz;Konto;ISIN;Symbol;Handelsplatz;Kauf/Verkauf;Menge;"
        + "Durchschnittskurs;Waehrung;Kurswert;Provision;Gebuehren;Endbetrag;Handelstag;Valuta;Kundenreferenzen;Ausfuehrungen";
    private static final String B_SAP = "B1;GEQ2;DE0007164600;SAP;XETR;Kauf;50;170,50;EUR;8525,00;6,00;0,51;8531,51;"
            + "20.11.2026;24.11.2026;C3;BE1";
    private static final String CHARLIE_HEADING =
            "TRDDT|STLDT|ACCT|EXECID|CLORDID|BS|QTY|SYM|MIC|ISIN|PX|CCY|GROSS|COMM|FEES|NET";
    private static final String C_AAPL_1 =
            "20261120|20261123|GEQ1|CE1|C4|B|60|AAPL|XNYS|US0378331005|200|USD|12000.00|3.00|0.36|12003.36";
    private static final String C_AAPL_2 =
            "20261120|20261123|GEQ1|CE2|C4|B|40|AAPL|XNYS|US0378331005|201|USD|8040.00|2.01|0.24|8042.25";
    private static final String C_BTC =
            "20261120|20261120|GEQ1|CE3|C5|B|0.5|BTC/USD|XBTS||800|USD|400.00|0.40|0.00|400.40";

    @TempDir
    Path folder;

    private Desk desk;

    @BeforeEach
    void trade() {
        desk = new Desk(folder);
        FridaysTrades.vodInTwoFills(desk);
        FridaysTrades.azn(desk);
        FridaysTrades.sap(desk);
        desk.trade(
                "T4",
                "CHARLIE",
                "GEQ1",
                "AAPL.XNYS",
                "BUY",
                "20040.00 5.01 0.60 20045.61",
                "2026-11-23",
                new Object[] {"CE1", 60, "200"},
                new Object[] {"CE2", 40, "201"});
        desk.trade(
                "T5",
                "CHARLIE",
                "GEQ1",
                "BTC/USD.XBTS",
                "BUY",
                "400.00 0.40 0.00 400.40",
                "2026-11-20",
                new Object[][] {{"CE3", "0.5", 800}});
        desk.open();
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void statements_that_say_what_we_say_give_no_break() {
        alfa(A_VOD, A_AZN);
        bravo(B_SAP);
        charlie(C_AAPL_1, C_AAPL_2, C_BTC);
        desk.complete(JOB, FRI_20_NOV_2026, 1);

        assertThat(desk.openBreaks()).isEmpty();
        assertThat(desk.rows("select item_id, pass from reconciliation.matched order by 1"))
                .containsExactly(
                        "CE1 REFERENCE",
                        "CE2 REFERENCE",
                        "CE3 REFERENCE",
                        "T1 REFERENCE",
                        "T2 REFERENCE",
                        "T3 REFERENCE");
        assertThat(folder.resolve("drop/brokers/ALFA/done/2026-11-20/trades-20261120.csv"))
                .exists();
    }

    @Test
    void what_was_claimed_is_known_by_its_brokers_ids_and_only_in_the_trade_it_is_in() {
        desk.sql("""
            insert into execution.external_order (external_order_id, broker_id, origin, business_date, trade_date, cl_ord_id,
                symbol, instrument_id, isin, currency, side, quantity, average_price, status, account_id, reported_at,
                updated_at)
            values ('X-ALFA-1', 'ALFA', 'VENUE', '2026-11-20', '2026-11-19', 'PHONE', 'VOD', 'VOD.XLON',
                'GB00BH4HKS39', 'GBP', 'BUY', 10, 0.7, 'CLAIMED', 'GEQ1', '2026-11-20T10:00:00Z', '2026-11-20T10:00:00Z');
            insert into execution.external_fill values
                ('X-ALFA-1-F1', 'X-ALFA-1', 'CX1', '2026-11-19', 10, 0.7, 1, '2026-11-19T10:00:00Z',
                '2026-11-20T10:00:00Z', true);
            insert into execution.confirmed_trade
            select 'TX', business_date, '2026-11-19', account_id, array['X-ALFA-1'], broker_id, broker_lei, broker_bic,
                instrument_id, isin, mic, currency, side, 10, 0.7, 7, 1, 0, 8, settlement_date, place_of_settlement,
                'AFFIRMED', null, null, executed_at
            from execution.confirmed_trade where trade_id = 'T1'
            """);
        alfa(A_VOD, A_AZN);
        desk.complete(JOB, FRI_20_NOV_2026, 1);

        assertThat(desk.openBreaks()).contains("MISSING_THEIRS ALFA GEQ1 VOD.XLON -10");

        alfa(A_VOD, A_AZN, CLAIMED.replace("A7,PHONE,", "A7,,").replace("XX", "CX1"));
        desk.complete(JOB, FRI_20_NOV_2026, 2);
        assertThat(desk.rows(
                        "select item_id, pass from reconciliation.matched where item_id in ('T1', 'TX') order by 1"))
                .containsExactly("T1 REFERENCE", "TX REFERENCE");
        alfa(A_VOD, A_AZN, CLAIMED);
        desk.complete(JOB, FRI_20_NOV_2026, 3);
        assertThat(desk.rows(
                        "select item_id, pass from reconciliation.matched where item_id in ('T1', 'TX') order by 1"))
                .containsExactly("T1 REFERENCE", "TX REFERENCE");
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                ",1000,0.7230,723.00,5.00,0.03,728.03 ~ ,1100,0.7230,795.30,5.00,0.03,800.33 ~ QUANTITY ALFA GEQ1"
                        + " VOD.XLON 100",
                "0.7230,723.00,5.00,0.03,728.03 ~ 0.7300,730.00,5.00,0.03,735.03 ~ PRICE ALFA GEQ1 VOD.XLON 0.007",
                "5.00,0.03,728.03 ~ 11.00,0.03,734.03 ~ AMOUNT ALFA GEQ1 VOD.XLON 6",
                "728.03 ~ 738.03 ~ AMOUNT ALFA GEQ1 VOD.XLON 10",
                "2026-11-24 ~ 2026-11-25 ~ SETTLE_DATE ALFA GEQ1 VOD.XLON 1 days",
                "2026-11-20 ~ 2026-11-19 ~ TRADE_DATE ALFA GEQ1 VOD.XLON -1 days",
                "BUY ~ SELL ~ SIDE ALFA GEQ1 VOD.XLON -",
                "GEQ1 ~ GEQ2 ~ ACCOUNT ALFA GEQ1 VOD.XLON -",
                "VOD,XLON,GB00BH4HKS39 ~ AZN,XLON,GB0009895292 ~ INSTRUMENT_ID ALFA GEQ1 VOD.XLON -",
            })
    void one_difference_is_one_break_of_its_class(String right, String wrong, String expected) {
        var spoilt = A_VOD.replace(right, wrong);
        if (expected.startsWith("SIDE")) {
            spoilt = spoilt.replace("728.03", "717.97");
        }
        alfa(spoilt, A_AZN);
        bravo(B_SAP);
        charlie(C_AAPL_1, C_AAPL_2, C_BTC);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        if (expected.startsWith("SIDE")) {
            assertThat(desk.openBreaks()).contains(expected);
        } else {
            assertThat(desk.openBreaks()).containsExactly(expected);
        }
    }

    @Test
    void missing_extra_and_repeated_rows_are_told_apart() {
        alfa(
                A_VOD,
                A_VOD,
                "A9,X9,XE9,GEQ1,SAP,XETR,DE0007164600,BUY,10,170.00,1700.00,6.00,0.10,1706.10,2026-11-20,2026-11-24,EUR");
        bravo(B_SAP);
        charlie(C_AAPL_1, C_BTC);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks())
                .containsExactly(
                        "DUPLICATE_THEIRS ALFA GEQ1 VOD.XLON 1000",
                        "MISSING_OURS ALFA GEQ1 SAP.XETR 10",
                        "MISSING_THEIRS ALFA GEQ1 AZN.XLON -100",
                        "MISSING_THEIRS CHARLIE GEQ1 AAPL.XNYS -40");
    }

    @Test
    void charges_reported_fill_by_fill_are_compared_for_the_trade_and_the_row_is_named() {
        alfa(A_VOD, A_AZN);
        bravo(B_SAP);
        charlie(C_AAPL_1, C_AAPL_2.replace("2.01|0.24|8042.25", "5.02|0.24|8045.26"), C_BTC);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks()).containsExactly("AMOUNT CHARLIE GEQ1 AAPL.XNYS 3.01");
        assertThat(desk.rows("select reference, ours, theirs from reconciliation_api.open_break"))
                .containsExactly("CE2 5.61 8.62");
    }

    @Test
    void a_fill_with_a_wrong_price_or_quantity_is_one_break() {
        alfa(A_VOD, A_AZN);
        bravo(B_SAP);
        charlie(
                C_AAPL_1.replace("|60|", "|61|").replace("12000.00", "12200.00").replace("12003.36", "12203.36"),
                C_AAPL_2.replace("|201|", "|203|").replace("8040.00", "8120.00").replace("8042.25", "8122.25"),
                C_BTC);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks())
                .containsExactly("PRICE CHARLIE GEQ1 AAPL.XNYS 2", "QUANTITY CHARLIE GEQ1 AAPL.XNYS 1");
    }

    @Test
    void rows_without_references_are_matched_by_what_they_say_and_parts_by_their_sum() {
        var bare = A_AZN.replace("A2,C2,AE3", ",,");
        var halves = A_VOD.replace("A1,C1,AE1 AE2", ",,").replace("728.03", "364.02");
        alfa(
                halves.replace(",1000,0.7230,723.00,5.00,0.03,364.02", ",400,0.7230,289.20,2.00,0.01,291.21"),
                bare,
                halves.replace(",1000,0.7230,723.00,5.00,0.03,364.02", ",600,0.7230,433.80,3.00,0.02,436.82"));
        bravo(B_SAP.replace("B1;", ";").replace("C3;BE1", ";").replace("170,50", "170,505"));
        charlie(C_AAPL_1, C_AAPL_2, C_BTC);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks()).isEmpty();
        assertThat(desk.rows("select item_id, pass, count(*) from reconciliation.matched where item_id like 'T%'"
                        + " group by 1, 2 order by 1"))
                .containsExactly("T1 AGGREGATED 2", "T2 ECONOMICS 1", "T3 TOLERANCE 1");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void the_order_of_rows_does_not_matter(long seed) {
        var rows = new ArrayList<>(
                List.of(
                        A_VOD,
                        A_VOD,
                        A_AZN.replace("11834.47", "11800.00"),
                        "A9,X9,XE9,GEQ1,SAP,XETR,DE0007164600,BUY,10,170.00,1700.00,6.00,0.10,1706.10,2026-11-20,2026-11-24,EUR"));
        Collections.shuffle(rows, new Random(seed));
        alfa(rows.toArray(String[]::new));
        bravo(B_SAP);
        charlie(C_BTC, C_AAPL_2, C_AAPL_1);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks())
                .containsExactly(
                        "AMOUNT ALFA GEQ1 AZN.XLON -34.47",
                        "DUPLICATE_THEIRS ALFA GEQ1 VOD.XLON 1000",
                        "MISSING_OURS ALFA GEQ1 SAP.XETR 10");
    }

    @Test
    void a_cut_off_statement_is_kept_named_and_not_compared_while_the_rest_goes_on() throws IOException {
        desk.drop("brokers/ALFA/trades-20261120.csv", ALFA_HEADING + "\n" + A_VOD + "\n");
        bravo(B_SAP.replace(";50;", ";60;"));
        charlie(C_AAPL_1, C_AAPL_2, C_BTC);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks())
                .contains("STATEMENT_GAP ALFA - - -")
                .anyMatch(found -> found.startsWith("QUANTITY BRAVO"))
                .noneMatch(found -> found.startsWith("MISSING_THEIRS"));
        assertThat(Files.readString(folder.resolve("drop/brokers/ALFA/refused/trades-20261120.csv.reason.txt")))
                .contains("cut off");

        alfa(A_VOD, A_AZN);
        desk.complete(JOB, FRI_20_NOV_2026, 2);
        assertThat(desk.openBreaks()).noneMatch(found -> found.contains("ALFA"));
        assertThat(desk.rows("select status from reconciliation.break where break_class = 'STATEMENT_GAP'"))
                .containsExactly("RESOLVED");
    }

    @Test
    void the_same_statement_twice_counts_once_and_is_a_break() {
        alfa(A_VOD, A_AZN);
        desk.drop("brokers/ALFA/trades-20261120-again.csv", file(ALFA_HEADING, "TOTAL,", A_VOD, A_AZN));
        bravo(B_SAP);
        charlie(C_AAPL_1, C_AAPL_2, C_BTC);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks()).containsExactly("DUPLICATE_THEIRS ALFA - - -");
    }

    @Test
    void a_statement_of_somebody_elses_account_is_refused_and_kept() throws IOException {
        alfa(A_VOD.replace("GEQ1", "ZZZ9"), A_AZN.replace("GEQ1", "ZZZ8"));
        bravo(B_SAP);
        charlie(C_AAPL_1, C_AAPL_2, C_BTC);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks()).containsExactly("ACCOUNT ALFA - - -");
        var refused = folder.resolve("drop/brokers/ALFA/refused");
        assertThat(Files.readString(refused.resolve("trades-20261120.csv"))).contains("ZZZ9");
        assertThat(Files.readString(refused.resolve("trades-20261120.csv.reason.txt")))
                .contains("belongs to somebody else");
    }

    @Test
    void a_broker_that_sends_nothing_is_asked_once_instead_of_missing_every_trade() {
        bravo(B_SAP);
        charlie(C_AAPL_1, C_AAPL_2, C_BTC);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks()).containsExactly("STALE_STATEMENT ALFA - - -");
    }

    @Test
    void a_refused_row_is_kept_corrected_released_and_read_by_the_next_run() {
        alfa(A_VOD, A_AZN.replace("11840.00", "11.840,00 CR".replace(",", "'")));
        bravo(B_SAP);
        charlie(C_AAPL_1, C_AAPL_2, C_BTC);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks()).containsExactly("MISSING_THEIRS ALFA GEQ1 AZN.XLON -100");
        assertThat(desk.rows("select line, error_class, status from reconciliation.quarantined_row"))
                .containsExactly("3 VALUE_WRONG HELD");

        var row = Long.parseLong(
                desk.rows("select row_id from reconciliation.quarantined_row").getFirst());
        desk.bean(Quarantine.class).release(row, A_AZN, "anna", "Amount as ALFA confirmed by mail");
        desk.complete(JOB, FRI_20_NOV_2026, 2);
        assertThat(desk.openBreaks()).isEmpty();
        assertThat(desk.rows("select status from reconciliation.quarantined_row"))
                .containsExactly("APPLIED");
    }

    @Test
    void a_break_keeps_its_age_when_it_goes_and_comes_back_and_every_change_is_in_the_journal() {
        alfa(A_VOD.replace("728.03", "738.03"), A_AZN);
        bravo(B_SAP);
        charlie(C_AAPL_1, C_AAPL_2, C_BTC);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        desk.drop("brokers/ALFA/trades-20261120-corrected.csv", file(ALFA_HEADING, "TOTAL,", A_VOD, A_AZN));
        desk.complete(JOB, FRI_20_NOV_2026, 2);
        assertThat(desk.openBreaks()).isEmpty();
        desk.drop(
                "brokers/ALFA/trades-20261120-wrong.csv",
                file(ALFA_HEADING, "TOTAL,", A_VOD.replace("728.03", "739.03"), A_AZN));
        desk.complete(JOB, FRI_20_NOV_2026, 3);

        assertThat(desk.rows("select count(*), min(first_seen), min(status), min(theirs) from reconciliation.break"))
                .containsExactly("1 2026-11-20 OPEN 739.03");
        assertThat(desk.rows("select type from journal.event where stream like 'break/%' order by seq"))
                .containsExactly("BreakOpened", "BreakCleared", "BreakReopened");
    }

    @Test
    void a_trade_reported_a_day_late_clears_its_break() {
        alfa(A_VOD);
        bravo(B_SAP);
        charlie(C_AAPL_1, C_AAPL_2, C_BTC);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks()).containsExactly("MISSING_THEIRS ALFA GEQ1 AZN.XLON -100");

        var monday = FRI_20_NOV_2026.plusDays(3);
        desk.sql("insert into execution.business_day values ('" + monday + "', 'CLOSED', now(), now())");
        desk.drop("brokers/ALFA/trades-20261123.csv", file(ALFA_HEADING, "TOTAL,", A_AZN));
        desk.complete(JOB, monday, 1);
        assertThat(desk.openBreaks()).isEmpty();

        desk.complete(JOB, monday, 2);
        assertThat(desk.openBreaks()).as("the late trade again").isEmpty();
        assertThat(desk.rows("select break_class, status, cause_code from reconciliation.break"))
                .containsExactly("MISSING_THEIRS RESOLVED TIMING");
        assertThat(desk.rows("select type from journal.event where stream like 'break/%' order by seq"))
                .containsExactly("BreakOpened", "BreakCleared");
    }

    @Test
    void what_comes_in_a_corrected_statement_of_its_own_day_was_no_matter_of_time() {
        alfa(A_VOD);
        bravo(B_SAP);
        charlie(C_AAPL_1, C_AAPL_2, C_BTC);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        alfa(A_VOD, A_AZN);
        desk.complete(JOB, FRI_20_NOV_2026, 2);
        assertThat(desk.rows("select break_class, status, cause_code from reconciliation.break"))
                .containsExactly("MISSING_THEIRS RESOLVED null");
    }

    @Test
    void packed_statements_are_read_as_plain_ones_and_again_from_the_archive() throws IOException {
        write("ALFA/trades-20261120.csv.gz", gzip(file(ALFA_HEADING, "TOTAL,", A_VOD, CLAIMED)));
        write(
                "BRAVO/statements.zip",
                zip(
                        "2026/trades-20261119.csv",
                        file(
                                BRAVO_HEADING,
                                "SUMME;",
                                B_SAP.replace(";50;", ";51;").replace("20.11.2026", "19.11.2026")),
                        "../../trades-20261120.csv",
                        file(BRAVO_HEADING, "SUMME;", B_SAP)));
        charlie(C_AAPL_1, C_AAPL_2, C_BTC);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        var expected = List.of("MISSING_OURS ALFA GEQ1 VOD.XLON 10", "MISSING_THEIRS ALFA GEQ1 AZN.XLON -100");
        assertThat(desk.openBreaks()).isEqualTo(expected);
        assertThat(desk.rows("select file_name, statement_date, status from reconciliation.statement where sender ="
                        + " 'BRAVO' order by 2"))
                .containsExactly(
                        "statements.zip/2026/trades-20261119.csv 2026-11-19 LOADED",
                        "statements.zip/../../trades-20261120.csv 2026-11-20 LOADED");
        assertThat(folder.resolve("drop/brokers/BRAVO/done/2026-11-20/statements.zip"))
                .exists();
        assertThat(folder.resolve("drop/trades-20261120.csv")).doesNotExist();

        desk.complete(JOB, FRI_20_NOV_2026, 2);
        assertThat(desk.openBreaks()).isEqualTo(expected);

        // What we had nothing for is read again out of the archive when it is booked a day later.
        var monday = FRI_20_NOV_2026.plusDays(3);
        desk.sql("insert into execution.business_day values ('" + monday + "', 'CLOSED', now(), now());"
                + "update execution.confirmed_trade set trade_id = 'T2X', business_date = '" + monday
                + "', instrument_id = 'VOD.XLON', side = 'BUY', quantity = 10, average_price = 0.7, gross_amount = 7,"
                + " commission = 1, fees = 0, net_amount = 8, confirm_ref = 'A7' where trade_id = 'T2'");
        write("ALFA/trades-20261123.csv.gz", gzip(file(ALFA_HEADING, "TOTAL,")));
        desk.complete(JOB, monday, 1);
        assertThat(desk.openBreaks()).noneMatch(found -> found.startsWith("MISSING_OURS"));
        assertThat(desk.rows("select item_id, line from reconciliation.matched where reconciled_on = '" + monday + "'"))
                .containsExactly("T2X 3");
    }

    @Test
    void a_packed_file_that_cannot_be_unpacked_is_kept_named_and_the_rest_goes_on() throws IOException {
        var cut = gzip(file(ALFA_HEADING, "TOTAL,", A_VOD, A_AZN));
        write("ALFA/trades-20261120.csv.gz", Arrays.copyOf(cut, cut.length - 20));
        write("ALFA/bomb.zip", zip("trades-20261120.csv", "0".repeat(20 << 20)));
        write(
                "ALFA/two.zip",
                zip(
                        "a/trades-20261120.csv",
                        file(ALFA_HEADING, "TOTAL,", A_VOD),
                        "b/trades-20261120.csv",
                        file(ALFA_HEADING, "TOTAL,", A_AZN)));
        bravo(B_SAP);
        charlie(C_AAPL_1, C_AAPL_2, C_BTC);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks())
                .containsExactly(
                        "FILE_UNREADABLE ALFA - - -", "FILE_UNREADABLE ALFA - - -", "FILE_UNREADABLE ALFA - - -");
        assertThat(desk.rows("select file_name || ': ' || reason from reconciliation.statement where status = 'REFUSED'"
                        + " order by 1"))
                .satisfiesExactly(
                        bomb -> assertThat(bomb).contains("bomb.zip", "more than 200 times"),
                        gone -> assertThat(gone).contains("csv.gz", "cut off or damaged"),
                        two -> assertThat(two).contains("two.zip", "both of 2026-11-20"));
        try (var refused = Files.list(folder.resolve("drop/brokers/ALFA/refused"))) {
            assertThat(refused).hasSize(6);
        }

        write("ALFA/trades-20261120-whole.csv.gz", cut);
        desk.complete(JOB, FRI_20_NOV_2026, 2);
        assertThat(desk.rows("select count(*) from reconciliation.matched where broker_id = 'ALFA'"))
                .containsExactly("2");
    }

    private void write(String path, byte[] content) throws IOException {
        var file = folder.resolve("drop/brokers").resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private static byte[] gzip(String text) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var packed = new GZIPOutputStream(out)) {
            packed.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private static byte[] zip(String... namesAndTexts) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var packed = new ZipOutputStream(out)) {
            for (var at = 0; at < namesAndTexts.length; at += 2) {
                packed.putNextEntry(new ZipEntry(namesAndTexts[at]));
                packed.write(namesAndTexts[at + 1].getBytes(StandardCharsets.UTF_8));
                packed.closeEntry();
            }
        }
        return out.toByteArray();
    }

    @Test
    void the_same_day_again_changes_nothing() {
        alfa(A_VOD.replace("728.03", "738.03"), A_VOD, A_AZN.replace(",100,", ",90,"));
        bravo(B_SAP);
        charlie(C_AAPL_1, C_BTC);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        var breaks = desk.rows("select * from reconciliation.break order by break_id");
        var matches = desk.rows("select * from reconciliation.matched order by item_id, line");
        var events = desk.rows("select count(*) from journal.event where stream like 'break/%'");
        desk.complete(JOB, FRI_20_NOV_2026, 2);
        assertThat(breaks).isNotEmpty();
        assertThat(desk.rows("select * from reconciliation.break order by break_id"))
                .isEqualTo(breaks);
        assertThat(desk.rows("select * from reconciliation.matched order by item_id, line"))
                .isEqualTo(matches);
        assertThat(desk.rows("select count(*) from journal.event where stream like 'break/%'"))
                .isEqualTo(events);
    }

    @Test
    void a_match_tells_its_row_its_pass_its_rules_and_what_differed() {
        alfa(A_VOD.replace("A1,C1,AE1 AE2", ",,").replace("0.7230", "0.72301"), A_AZN);
        bravo(B_SAP);
        charlie(C_AAPL_1, C_AAPL_2, C_BTC);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.rows("select pass, rule_version, line, file_offset, differences"
                        + " from reconciliation.match_of('2026-11-20', 'T1')"))
                .containsExactly("TOLERANCE 1 2 " + (ALFA_HEADING.length() + 1) + " price 0.723 / 0.72301");
        assertThat(desk.rows("select * from reconciliation.match_of('2026-11-20', 'NONE')"))
                .isEmpty();
    }

    @Test
    void a_number_that_cannot_be_held_exactly_is_refused_with_its_row_and_never_rounded() {
        alfa(A_VOD.replace(",0.7230,", ",0.7230000000000000001,"), A_AZN);
        bravo(B_SAP);
        charlie(C_AAPL_1, C_AAPL_2, C_BTC);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks()).containsExactly("MISSING_THEIRS ALFA GEQ1 VOD.XLON -1000");
        assertThat(desk.rows("select error_class, reason from reconciliation.quarantined_row")
                        .getFirst())
                .contains("VALUE_WRONG Price", "more than 18 digits");
    }

    @Test
    void a_file_that_was_changed_in_the_archive_stops_the_run_which_says_so_and_changes_nothing() throws IOException {
        alfa(A_VOD, A_AZN);
        bravo(B_SAP);
        charlie(C_AAPL_1, C_AAPL_2, C_BTC);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        var archived = folder.resolve("drop/brokers/ALFA/done/2026-11-20/trades-20261120.csv");
        var right = Files.readString(archived);
        Files.writeString(archived, right.replace("728.03", "729.03"));
        var stopped = desk.run(JOB, FRI_20_NOV_2026, 2);
        assertThat(stopped.status()).isEqualTo(BatchStatus.FAILED);
        assertThat(String.valueOf(stopped.detail())).contains("put the right one back");
        assertThat(desk.openBreaks()).isEmpty();

        Files.writeString(archived, right);
        assertThat(desk.restart(stopped).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(desk.openBreaks()).isEmpty();
    }

    @Test
    void the_break_sheet_lists_what_is_open() throws IOException {
        alfa(A_VOD.replace("728.03", "738.03"), A_AZN);
        bravo(B_SAP);
        charlie(C_AAPL_1, C_AAPL_2, C_BTC);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(Files.readAllLines(folder.resolve("out/2026-11-20/reconciliation/broker-breaks.csv")))
                .hasSize(2)
                .last()
                .asString()
                .contains("AMOUNT,ALFA,GEQ1,VOD.XLON");
    }

    /** Every step is one transaction; a step that fails leaves nothing and the restart comes to the same end. */
    @ParameterizedTest
    @ValueSource(strings = {"statement", "match_run", "match_bucket", "found_break", "break"})
    void a_run_that_breaks_off_in_any_step_comes_to_the_same_end(String table) {
        desk.sql("create function public.break_off() returns trigger language plpgsql as $$ begin raise exception"
                + " 'gone'; end $$;create trigger break_off before insert on reconciliation." + table
                + " for each statement execute function public.break_off()");
        alfa(A_VOD.replace("728.03", "738.03"), A_AZN);
        bravo(B_SAP);
        charlie(C_AAPL_1, C_BTC);
        var broken = desk.run(JOB, FRI_20_NOV_2026, 1);
        assertThat(broken.status()).isEqualTo(BatchStatus.FAILED);

        desk.shut();
        desk.sql("drop trigger break_off on reconciliation." + table);
        desk.open();
        assertThat(desk.restart(broken).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(desk.openBreaks())
                .containsExactly("AMOUNT ALFA GEQ1 VOD.XLON 10", "MISSING_THEIRS CHARLIE GEQ1 AAPL.XNYS -40");
        assertThat(desk.rows("select sum(theirs) from reconciliation.match_run"))
                .containsExactly("5");
        assertThat(desk.rows("select count(*) from journal.event where stream like 'break/%'"))
                .containsExactly("2");
        assertThat(folder.resolve("drop/brokers/ALFA/done/2026-11-20/trades-20261120.csv"))
                .exists();
    }

    @Test
    void an_empty_file_of_another_date_is_no_duplicate_and_one_of_the_same_date_is() {
        var monday = FRI_20_NOV_2026.plusDays(3);
        desk.sql("insert into execution.business_day values ('" + monday + "', 'CLOSED', now(), now())");
        var empty = ALFA_HEADING + "\nTOTAL,0\n";
        desk.drop("brokers/ALFA/trades-20261120.csv", empty);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        desk.drop("brokers/ALFA/trades-20261123.csv", empty);
        desk.complete(JOB, monday, 1);
        assertThat(desk.rows("select statement_date, status from reconciliation.statement order by 1"))
                .containsExactly("2026-11-20 LOADED", "2026-11-23 LOADED");

        desk.drop("brokers/ALFA/trades-20261123-again.csv", empty);
        desk.complete(JOB, monday, 2);
        assertThat(desk.openBreaks()).contains("DUPLICATE_THEIRS ALFA - - -");
    }

    @Test
    void a_broken_file_that_comes_after_a_good_one_stays_a_break() {
        bravo(B_SAP);
        charlie(C_AAPL_1, C_AAPL_2, C_BTC);
        alfa(A_VOD, A_AZN);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        desk.drop("brokers/ALFA/trades-20261120-corrected.csv", ALFA_HEADING + "\n" + A_VOD + "\n");
        desk.complete(JOB, FRI_20_NOV_2026, 2);
        assertThat(desk.openBreaks()).containsExactly("STATEMENT_GAP ALFA - - -");
        desk.complete(JOB, FRI_20_NOV_2026, 3);
        assertThat(desk.openBreaks()).containsExactly("STATEMENT_GAP ALFA - - -");
    }

    @Test
    void a_broken_file_of_an_earlier_date_is_cleared_by_the_good_one_of_its_date_only() {
        var monday = FRI_20_NOV_2026.plusDays(3);
        desk.sql("insert into execution.business_day values ('" + monday + "', 'CLOSED', now(), now())");
        bravo(B_SAP);
        charlie(C_AAPL_1, C_AAPL_2, C_BTC);
        desk.drop("brokers/ALFA/trades-20261120.csv", ALFA_HEADING + "\n" + A_VOD + "\n");
        desk.complete(JOB, monday, 1);
        assertThat(desk.openBreaks()).contains("STATEMENT_GAP ALFA - - -");
        desk.drop("brokers/ALFA/trades-20261123.csv", ALFA_HEADING + "\nTOTAL,0\n");
        desk.complete(JOB, monday, 2);
        assertThat(desk.openBreaks()).contains("STATEMENT_GAP ALFA - - -");
        alfa(A_VOD, A_AZN);
        desk.complete(JOB, monday, 3);
        assertThat(desk.openBreaks()).doesNotContain("STATEMENT_GAP ALFA - - -");
    }

    private void alfa(String... rows) {
        desk.drop("brokers/ALFA/trades-20261120.csv", file(ALFA_HEADING, "TOTAL,", rows));
    }

    private void bravo(String... rows) {
        desk.drop("brokers/BRAVO/trades-20261120.csv", file(BRAVO_HEADING, "SUMME;", rows));
    }

    private void charlie(String... rows) {
        desk.drop("brokers/CHARLIE/trades-20261120.csv", file(CHARLIE_HEADING, "TRL|", rows));
    }

    private static String file(String heading, String trailer, String... rows) {
        return heading + "\n" + String.join("\n", Arrays.asList(rows)) + "\n" + trailer + rows.length + "\n";
    }
}
