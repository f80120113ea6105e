package org.tradesuite.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.reconciliation.Desk.FRI_20_NOV_2026;
import static org.tradesuite.reconciliation.fix.FixText.message;
import static org.tradesuite.reconciliation.fix.FixText.printed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradesuite.reconciliation.broker.PassesDryRun;
import org.tradesuite.reconciliation.rules.RuleBook;
import org.tradesuite.reconciliation.rules.RuleSet;
import org.tradesuite.runsheet.intake.Quarantine;

/** A broker's drop copy against our fills, beside its statement of trades. */
class ReconcileDropCopiesTest {

    private static final String JOB = "reconcile-brokers";
    private static final String LOG = "brokers/ALFA/dropcopy-20261120.log";
    private static final String VOD =
            "1=GEQ1|55=VOD|48=GB00BH4HKS39|22=4|207=XLON|54=1|15=GBP|75=20261120|64=20261124|";
    private static final String AZN =
            "1=GEQ1|55=AZN|48=GB0009895292|22=4|207=XLON|54=2|15=GBP|75=20261120|64=20261124|";
    private static final String HEADING = FridaysTrades.ALFA_HEADING + "\n";
    private static final String STATEMENT = HEADING
            + "A1,C1,AE1"
            + " AE2,GEQ1,VOD,XLON,GB00BH4HKS39,BUY,1000,0.7230,723.00,5.00,0.03,728.03,2026-11-20,2026-11-24,GBP\n"
            + "A2,C2,AE3,GEQ1,AZN,XLON,GB0009895292,SELL,100,118.40,11840.00,5.00,0.53,11834.47,2026-11-20,2026-11-24,GBP\n"
            + "TOTAL,2\n";

    @TempDir
    Path folder;

    private Desk desk;

    @BeforeEach
    void trade() {
        desk = new Desk(folder);
        FridaysTrades.vodInTwoFills(desk);
        FridaysTrades.azn(desk);
        desk.open();
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private static String report(int number, String type, String id, String terms) {
        return message("35=8|34=" + number + "|49=ALFA|56=DESK|52=20261120-10:00:00|37=O1|11=C1|39=1|150=" + type
                + "|17=" + id + "|" + terms);
    }

    private static String fill(int number, String id, String instrument, String quantity, String price) {
        return report(number, "F", id, instrument + "32=" + quantity + "|31=" + price);
    }

    private static final String E1 = fill(2, "AE1", VOD, "500", "0.7220");
    private static final String E2 = fill(3, "AE2", VOD, "500", "0.7240");
    private static final String E3 = fill(4, "AE3", AZN, "100", "118.40");

    private List<String> breaks() {
        return desk.rows("""
            select feed, break_class, coalesce(reference, '-'), coalesce(ours, '-'), coalesce(theirs, '-')
            from reconciliation_api.open_break order by 1, 2, 3
            """);
    }

    @Test
    void a_drop_copy_that_says_what_our_fills_say_gives_no_break_beside_the_statement() {
        desk.drop(LOG, E1 + E2 + E3);
        desk.drop("brokers/ALFA/trades-20261120.csv", STATEMENT);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(breaks()).isEmpty();
        assertThat(desk.rows("select feed, item_id, pass, line from reconciliation.matched order by 1, 2"))
                .containsExactly(
                        "BROKER_DROP_COPY AE1 REFERENCE 1",
                        "BROKER_DROP_COPY AE2 REFERENCE 2",
                        "BROKER_DROP_COPY AE3 REFERENCE 3",
                        "BROKER_TRADE T1 REFERENCE 2",
                        "BROKER_TRADE T2 REFERENCE 3");
        assertThat(desk.rows("select feed, sender, status, rows from reconciliation_api.statement order by 1"))
                .containsExactly("BROKER_DROP_COPY ALFA LOADED 3", "BROKER_TRADE ALFA LOADED 2");
        assertThat(folder.resolve("drop/brokers/ALFA/done/2026-11-20/dropcopy-20261120.log"))
                .exists();
    }

    @Test
    void each_of_the_two_has_its_own_breaks_and_only_its_own_correction_clears_them() {
        desk.drop(LOG, E1 + fill(3, "AE2", VOD, "400", "0.7240"));
        desk.drop("brokers/ALFA/trades-20261120.csv", STATEMENT.replace("11834.47", "11800.00"));
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        var ofTheStatement = "BROKER_TRADE AMOUNT A2 11834.47 11800";
        assertThat(breaks())
                .containsExactly(
                        "BROKER_DROP_COPY MISSING_THEIRS AE3 100 at 118.4 -",
                        "BROKER_DROP_COPY QUANTITY AE2 500 400",
                        ofTheStatement);

        desk.drop("brokers/ALFA/dropcopy-20261120-again.log", E1 + E2 + E3);
        desk.complete(JOB, FRI_20_NOV_2026, 2);
        assertThat(breaks()).containsExactly(ofTheStatement);
        assertThat(desk.rows("select feed, status from reconciliation.statement order by statement_id"))
                .containsExactly("BROKER_DROP_COPY SUPERSEDED", "BROKER_TRADE LOADED", "BROKER_DROP_COPY LOADED");
    }

    @Test
    void busts_corrections_and_what_was_sent_again_are_settled_before_anything_is_compared() {
        desk.drop(
                LOG,
                report(9, "H", "AE8", VOD + "19=AE7")
                        + "\n20261120-10:00:01: " + E1 + "\n"
                        + report(8, "G", "AE3", AZN + "19=AE6|32=100|31=118.40") + "\n"
                        + fill(5, "AE7", VOD, "10", "0.7") + "\n" + E1 + "\n" + E2 + "\n"
                        + fill(6, "AE6", AZN, "100", "119.40"));
        desk.drop("brokers/ALFA/trades-20261120.csv", STATEMENT);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(breaks()).isEmpty();
        assertThat(desk.rows("select count(*) from reconciliation.quarantined_row"))
                .containsExactly("0");
    }

    @Test
    void a_bust_that_we_have_not_seen_is_told_and_an_execution_that_we_do_not_have() {
        desk.drop(LOG, E1 + E2 + E3 + report(5, "H", "AE8", AZN + "19=AE3") + fill(6, "AE9", VOD, "7", "0.7"));
        desk.drop("brokers/ALFA/trades-20261120.csv", STATEMENT);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(breaks())
                .containsExactly(
                        "BROKER_DROP_COPY MISSING_OURS AE9 - 7 at 0.7",
                        "BROKER_DROP_COPY MISSING_THEIRS AE3 100 at 118.4 -");
        assertThat(desk.rows("select detail from reconciliation_api.open_break order by 1"))
                .containsExactly(
                        "The drop copy of ALFA reports it, we do not have it.",
                        "We have it, the drop copy of ALFA does not report it.");
    }

    @Test
    void a_lone_fill_on_each_side_is_not_paired_under_another_id_unless_they_say_the_same() {
        desk.drop(LOG, E1 + fill(3, "AE8", VOD, "500", "0.7240") + fill(4, "AE9", AZN, "60", "118.40"));
        desk.drop("brokers/ALFA/trades-20261120.csv", STATEMENT);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(breaks())
                .containsExactly(
                        "BROKER_DROP_COPY MISSING_OURS AE9 - 60 at 118.4",
                        "BROKER_DROP_COPY MISSING_THEIRS AE3 100 at 118.4 -");
        assertThat(desk.rows(
                        "select item_id, pass from reconciliation.matched where feed = 'BROKER_DROP_COPY' order by 1"))
                .containsExactly("AE1 REFERENCE", "AE2 ECONOMICS");
        assertThat(desk.rows("select rule_set, version from reconciliation.rule_version where rule_set like 'passes%'"
                        + " order by 1"))
                .containsExactly("passes 1", "passes-drop-copy 1");
    }

    @Test
    void passes_of_drop_copies_that_two_people_agree_on_match_drop_copies_and_no_statement() {
        desk.drop(LOG, E1 + E2 + fill(4, "AE9", AZN, "100", "118.40"));
        desk.drop("brokers/ALFA/trades-20261120.csv", STATEMENT);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(breaks()).isEmpty();
        var statement = desk.rows("select xmin from reconciliation.match_run where feed = 'BROKER_TRADE'");

        var book = desk.bean(RuleBook.class);
        var set = RuleSet.DROP_COPY_PASSES;
        book.draft(set, FRI_20_NOV_2026, null, """
            {"passes": [{"name": "REFERENCE", "kind": "REFERENCE", "references": "references", "sum": "quantity",
            "nearest": ["quantity"]}], "differences": {"priceBasisPoints": "0", "amountBasisPoints": "0", "minorUnits": 0}}
            """, "anna", "Ids only");
        book.propose(set, 2, 1, "anna", "Ids only");
        book.approve(set, 2, 2, "bert", "Agreed with ALFA");
        desk.complete(JOB, FRI_20_NOV_2026, 2);
        assertThat(breaks())
                .containsExactly(
                        "BROKER_DROP_COPY MISSING_OURS AE9 - 100 at 118.4",
                        "BROKER_DROP_COPY MISSING_THEIRS AE3 100 at 118.4 -");
        assertThat(desk.rows("select xmin from reconciliation.match_run where feed = 'BROKER_TRADE'"))
                .isEqualTo(statement);
        var tried = desk.bean(PassesDryRun.class).run(set, 1, FRI_20_NOV_2026);
        assertThat(tried.breaks().gone()).isEqualTo(2);
        assertThat(breaks()).hasSize(2);
    }

    @Test
    void a_garbled_message_is_held_corrected_by_a_person_and_compared() {
        desk.drop(LOG, E1 + E2 + E3.replace("118.40", "118.4O"));
        desk.drop("brokers/ALFA/trades-20261120.csv", STATEMENT);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(breaks()).containsExactly("BROKER_DROP_COPY MISSING_THEIRS AE3 100 at 118.4 -");
        assertThat(desk.rows("select feed, line, error_class, status from reconciliation.quarantined_row"))
                .containsExactly("broker-drop-copy-ALFA 3 MESSAGE_GARBLED HELD");

        var row = Long.parseLong(
                desk.rows("select row_id from reconciliation.quarantined_row").getFirst());
        desk.bean(Quarantine.class).release(row, printed(E3), "anna", "As ALFA says by mail");
        desk.complete(JOB, FRI_20_NOV_2026, 2);
        assertThat(breaks()).isEmpty();
        assertThat(desk.rows("select status from reconciliation.quarantined_row"))
                .containsExactly("APPLIED");
    }

    @Test
    void a_log_with_a_gap_is_refused_named_and_not_compared_and_the_whole_one_clears_it() {
        var logon = message("35=A|34=1|49=ALFA|56=DESK|98=0|108=30");
        desk.drop(LOG, logon + E1 + E3);
        desk.drop("brokers/ALFA/trades-20261120.csv", STATEMENT);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(breaks()).containsExactly("STATEMENT STATEMENT_GAP dropcopy-20261120.log - -");
        assertThat(desk.rows("select reason from reconciliation.statement where status = 'REFUSED'"))
                .singleElement()
                .asString()
                .contains("message 3 from ALFA to DESK");

        desk.drop(LOG, logon + E1 + E2 + E3);
        desk.complete(JOB, FRI_20_NOV_2026, 2);
        assertThat(breaks()).isEmpty();
    }

    @Test
    void the_same_drop_copy_again_counts_once_and_a_run_again_changes_nothing() {
        desk.drop(LOG, E1 + E2);
        desk.drop("brokers/ALFA/trades-20261120.csv", STATEMENT);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        var breaks = desk.rows("select * from reconciliation.break order by break_id");
        var matches = desk.rows("select * from reconciliation.matched order by item_id, line");
        desk.complete(JOB, FRI_20_NOV_2026, 2);
        assertThat(breaks).hasSize(1);
        assertThat(desk.rows("select * from reconciliation.break order by break_id"))
                .isEqualTo(breaks);
        assertThat(desk.rows("select * from reconciliation.matched order by item_id, line"))
                .isEqualTo(matches);

        desk.drop(LOG, E1 + E2);
        desk.complete(JOB, FRI_20_NOV_2026, 3);
        assertThat(breaks())
                .contains("STATEMENT DUPLICATE_THEIRS dropcopy-20261120.log - -")
                .hasSize(2);
    }

    @Test
    void one_in_a_zip_is_read_as_a_plain_one_and_what_was_missing_is_read_again_on_a_later_date() throws IOException {
        var archive = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(archive)) {
            zip.putNextEntry(new ZipEntry("logs/dropcopy-20261120.log"));
            zip.write((E1 + E2 + E3 + fill(6, "AE9", VOD, "7", "0.7")).getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("trades-20261120.csv"));
            zip.write(STATEMENT.getBytes(StandardCharsets.UTF_8));
        }
        Files.createDirectories(folder.resolve("drop/brokers/ALFA"));
        Files.write(folder.resolve("drop/brokers/ALFA/day.zip"), archive.toByteArray());
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(breaks()).containsExactly("BROKER_DROP_COPY MISSING_OURS AE9 - 7 at 0.7");

        var monday = FRI_20_NOV_2026.plusDays(3);
        desk.sql("insert into execution.business_day values ('" + monday + "', 'CLOSED', now(), now());"
                + "update execution.confirmed_trade set trade_id = 'T9', business_date = '" + monday
                + "', order_ids = array['O-T9'], trade_date = '2026-11-20', instrument_id = 'VOD.XLON', side = 'BUY',"
                + " quantity = 7, average_price = 0.7, gross_amount = 4.9, net_amount = 4.9, commission = 0, fees = 0"
                + " where trade_id = 'T2';update execution.fill set exec_id = 'AE9', order_id = 'O-T9', business_date"
                + " = '" + monday
                + "', instrument_id = 'VOD.XLON', side = 'BUY', quantity = 7, price = 0.7 where exec_id = 'AE3'");
        desk.drop("brokers/ALFA/dropcopy-20261123.log", message("35=0|34=1|49=ALFA|56=DESK"));
        desk.drop("brokers/ALFA/trades-20261123.csv", HEADING + "TOTAL,0\n");
        desk.complete(JOB, monday, 1);
        assertThat(breaks()).noneMatch(found -> found.contains("MISSING_OURS"));
        assertThat(desk.rows("select item_id, line from reconciliation.matched where reconciled_on = '" + monday + "'"))
                .containsExactly("AE9 4");
    }

    @Test
    void one_that_does_not_come_is_asked_for_where_it_came_before() {
        desk.drop("brokers/ALFA/dropcopy-20261119.log", message("35=0|34=1|49=ALFA|56=DESK"));
        desk.drop("brokers/ALFA/trades-20261120.csv", STATEMENT);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(breaks()).containsExactly("STATEMENT STALE_STATEMENT drop copy of 2026-11-20 - -");

        desk.drop(LOG, E1 + E2 + E3);
        desk.complete(JOB, FRI_20_NOV_2026, 2);
        assertThat(breaks()).isEmpty();
    }

    @Test
    void a_statement_that_does_not_come_is_asked_for_although_the_drop_copy_is_there() {
        desk.drop(LOG, E1 + E2 + E3);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(breaks()).containsExactly("STATEMENT STALE_STATEMENT trades of 2026-11-20 - -");
    }
}
