package org.tradesuite.reconciliation.custodian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.reconciliation.Desk.FRI_20_NOV_2026;
import static org.tradesuite.reconciliation.Desk.TUE_24_NOV_2026;
import static org.tradesuite.reconciliation.swift.FinText.message;
import static org.tradesuite.reconciliation.swift.FinText.movements;
import static org.tradesuite.reconciliation.swift.FinText.pending;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradesuite.reconciliation.Desk;
import org.tradesuite.reconciliation.breaks.BreakSides;

/**
 * GEQ1: SEME1 has received 500 VOD against GBP 361.50 on Tuesday, under X1; SEME2, 400 VOD against GBP 300, fails for want
 * of their securities; SEME3 delivers 100 AZN against GBP 11,840 on Wednesday and is matched.
 */
class MovementsAndPendingTest {

    private static final String JOB = "reconcile-custodian";
    private static final String SEME1 = "SEME1 X1 RECE GB00BH4HKS39 500, GBP361,50 20261124";
    private static final String SEME2 = "SEME2 Y2 RECE GB00BH4HKS39 400, GBP300,00 20261124 SETT//PENF CLAC";
    private static final String SEME3 = "SEME3 Y3 DELI GB0009895292 100, GBP11840,00 20261125 SETT//PEND FUTU";

    @TempDir
    Path folder;

    private Desk desk;
    private SettlementBook book;

    @BeforeEach
    void settle() {
        desk = new Desk(folder);
        book = new SettlementBook(desk);
        book.answered("2026-11-20");
        book.answered("2026-11-24");
        book.seme1Received();
        book.instructed("SEME2", "GEQ1", "VOD.XLON", "RECE", "400", "300", "2026-11-24", "FAILING", "CLAC");
        book.instructed("SEME3", "GEQ1", "AZN.XLON", "DELI", "100", "11840", "2026-11-25", "MATCHED", "");
        desk.open();
    }

    @AfterEach
    void close() {
        desk.close();
    }

    // Movements

    @Test
    void movements_of_what_has_settled_are_no_break_and_their_match_is_kept() {
        moved("20261124", SEME1);
        complete(1);
        assertThat(breaks()).isEmpty();
        assertThat(desk.rows("select feed, instruction_id, sender_reference, pass, rule_version from"
                        + " reconciliation.movement_matched"))
                .containsExactly("CUSTODIAN_MOVEMENT SEME1 X1 IDENTITY 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500, | 600, | QUANTITY SEME1 500 600 100",
                "361,50 | 371,50 | AMOUNT SEME1 -361.5 -371.5 -10",
                "20261124 | 20261123 | SETTLE_DATE SEME1 2026-11-24 2026-11-23 -1 days",
                "RECE | DELI | SIDE SEME1 RECE DELI -1000",
                "GB00BH4HKS39 | GB0009895292 | INSTRUMENT_ID SEME1 GB00BH4HKS39 GB0009895292 null",
                "GBP | EUR | CURRENCY SEME1 GBP EUR null",
            })
    void what_differs_of_a_movement_is_one_break_of_its_class(String right, String wrong, String expected) {
        for (var theirs : List.of("X1", "Z9")) {
            desk.sql("delete from reconciliation.statement_page; delete from reconciliation.break; delete from"
                    + " reconciliation.found_break; delete from reconciliation.statement");
            moved("20261124", SEME1.replace("X1", theirs).replace(right, wrong));
            complete(theirs.equals("X1") ? 1 : 2);
            assertThat(breaks()).as(theirs).containsExactly("CUSTODIAN_MOVEMENT " + expected);
        }
    }

    @Test
    void a_price_that_is_the_same_makes_of_another_quantity_one_break() {
        moved("20261124", SEME1.replace("500, GBP361,50", "1000, GBP723,00"));
        complete(1);
        assertThat(breaks()).containsExactly("CUSTODIAN_MOVEMENT QUANTITY SEME1 500 1000 500");
    }

    @Test
    void a_movement_in_another_of_our_accounts_is_a_break_of_the_account() {
        desk.drop("custodian/statements/m.fin", movements("SAFEGEQ2001", "20261124", "20261124", SEME1));
        complete(1);
        assertThat(breaks()).containsExactly("CUSTODIAN_MOVEMENT ACCOUNT SEME1 GEQ1 GEQ2 null");
    }

    @Test
    void a_movement_we_do_not_know_and_one_that_is_pending_with_us_are_missing_here() {
        moved(
                "20261124",
                SEME1,
                "OTHER Z1 RECE GB00BH4HKS39 7, GBP5,00 20261124",
                "SEME2 Z2 RECE GB00BH4HKS39 400, GBP300,00 20261124");
        complete(1);
        assertThat(breaks())
                .containsExactly(
                        "CUSTODIAN_MOVEMENT MISSING_OURS OTHER null 7 7",
                        "CUSTODIAN_MOVEMENT MISSING_OURS SEME2 null 400 400");
        assertThat(desk.rows("select detail, money_at_risk from reconciliation_api.open_break where reference ="
                                + " 'SEME2'")
                        .getFirst())
                .contains("in our books the instruction is FAILING", "300.00");

        var other = desk.rows("select break_id from reconciliation.break where reference = 'OTHER'")
                .getFirst();
        assertThat(desk.bean(BreakSides.class)
                        .of(Long.parseLong(other))
                        .orElseThrow()
                        .theirs()
                        .getFirst()
                        .text())
                .contains("OTHER", ":36B::PSTA//UNIT/7,")
                .doesNotContain("SEME1");

        book.settled("SEME2", "Z2", "400", "300", "2026-11-24");
        complete(2);
        assertThat(breaks()).containsExactly("CUSTODIAN_MOVEMENT MISSING_OURS OTHER null 7 7");
    }

    @Test
    void what_has_settled_with_us_on_a_day_they_state_and_not_with_them_is_missing_there_until_it_is_stated() {
        moved("20261124");
        complete(1);
        assertThat(breaks()).containsExactly("CUSTODIAN_MOVEMENT MISSING_THEIRS SEME1 500 null -500");
        desk.drop("custodian/statements/m25.fin", movements("SAFEGEQ1001", "20261125", "20261125", SEME1));
        desk.complete(JOB, TUE_24_NOV_2026, 1);
        assertThat(breaks()).isEmpty();
        assertThat(desk.rows("select first_seen, resolved_on, status from reconciliation.break where feed ="
                        + " 'CUSTODIAN_MOVEMENT'"))
                .containsExactly("2026-11-20 2026-11-24 RESOLVED");
    }

    @ParameterizedTest
    @CsvSource({"20261120, 20261123, 0", "20261120, 20261124, 1", "20261125, 20261126, 0"})
    void only_days_that_a_statement_covers_are_missing_something(String from, String to, int missing) {
        desk.drop("custodian/statements/m.fin", movements("SAFEGEQ1001", from, to));
        complete(1);
        assertThat(breaks()).hasSize(missing);
    }

    @Test
    void a_movement_taken_back_that_stands_with_us_is_a_cancel_we_have_not_seen() {
        moved("20261124", SEME1, SEME1.replace("X1", "X1R") + " REVE");
        complete(1);
        assertThat(breaks()).containsExactly("CUSTODIAN_MOVEMENT CANCEL_NOT_SEEN SEME1 null -500 -500");
    }

    @Test
    void a_movement_taken_back_that_does_not_stand_with_us_any_more_is_as_it_should_be() {
        moved("20261124", SEME1, "SEME2 Z2R RECE GB00BH4HKS39 400, GBP300,00 20261124 REVE");
        complete(1);
        assertThat(breaks()).isEmpty();
    }

    @Test
    void a_movement_taken_back_and_made_again_is_the_one_that_stands() {
        moved("20261124", SEME1.replace("X1", "W1"), SEME1.replace("X1", "W1R") + " REVE", SEME1);
        complete(1);
        assertThat(breaks()).isEmpty();
        assertThat(desk.rows("select pass, count(*) from reconciliation.movement_matched group by 1 order by 1"))
                .containsExactly("IDENTITY 1", "REVERSED 2");
    }

    @Test
    void what_we_hold_for_cancelled_and_they_have_settled_is_a_cancel_not_seen() {
        desk.sql("update settlement.instruction set status = 'CANCELLED' where instruction_id = 'SEME2'");
        moved("20261124", SEME1, "SEME2 Z2 RECE GB00BH4HKS39 400, GBP300,00 20261124");
        complete(1);
        assertThat(breaks()).containsExactly("CUSTODIAN_MOVEMENT CANCEL_NOT_SEEN SEME2 null 400 400");
    }

    @Test
    void a_movement_stated_twice_is_a_duplicate() {
        moved("20261124", SEME1, SEME1);
        complete(1);
        assertThat(breaks()).containsExactly("CUSTODIAN_MOVEMENT DUPLICATE_THEIRS SEME1 null 500 500");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void parts_on_either_side_come_to_the_whole_in_whatever_order(long seed) {
        book.settled("SEME2", "P1", "150", "112.50", "2026-11-24");
        book.settled("SEME2", "P2", "250", "187.50", "2026-11-24");
        var stated = new ArrayList<>(List.of(
                "SEME1 - RECE GB00BH4HKS39 200, GBP144,60 20261124",
                "SEME1 - RECE GB00BH4HKS39 300, GBP216,90 20261124",
                "SEME2 - RECE GB00BH4HKS39 400, GBP300,00 20261124",
                "- - RECE GB00BH4HKS39 7, GBP5,00 20261124"));
        Collections.shuffle(stated, new Random(seed));
        moved("20261124", stated.toArray(String[]::new));
        complete(1);
        assertThat(breaks()).containsExactly("CUSTODIAN_MOVEMENT MISSING_OURS null null 7 7");
        assertThat(desk.rows("select instruction_id, pass, count(*) from reconciliation.movement_matched group by 1, 2"
                        + " order by 1"))
                .containsExactly("SEME1 AGGREGATED 2", "SEME2 AGGREGATED 2");
    }

    @Test
    void without_our_reference_a_movement_is_known_by_what_it_says() {
        moved("20261124", SEME1.replace("SEME1 X1", "- X7"));
        complete(1);
        assertThat(breaks()).isEmpty();
        assertThat(desk.rows("select pass from reconciliation.movement_matched"))
                .containsExactly("ECONOMICS");
    }

    @Test
    void a_confirmation_that_settlement_does_not_have_is_a_break_and_one_it_has_is_none() {
        desk.drop("custodian/statements/c1.fin", confirmation("X1", "SEME1", "500,", "361,50"));
        desk.drop("custodian/statements/c2.fin", confirmation("Z2", "SEME2", "400,", "300,00"));
        desk.drop("custodian/statements/c3.fin", confirmation("Z3", "NOBODY", "1,", "1,00"));
        complete(1);
        assertThat(breaks())
                .containsExactly(
                        "CUSTODIAN_ADVICE MISSING_OURS NOBODY null 1 1",
                        "CUSTODIAN_ADVICE MISSING_OURS SEME2 null 400 400");
        book.settled("SEME2", "Z2", "400", "300", "2026-11-24");
        complete(2);
        assertThat(breaks()).containsExactly("CUSTODIAN_ADVICE MISSING_OURS NOBODY null 1 1");
    }

    @Test
    void what_is_not_counted_in_units_or_has_no_isin_is_a_finding_and_not_left_out_in_silence() {
        desk.drop(
                "custodian/statements/m.fin",
                movements(
                                "SAFEGEQ1001",
                                "20261124",
                                "20261124",
                                SEME1,
                                "F1 Z1 RECE GB0009895292 7, GBP5,00 20261124",
                                "F2 Z2 RECE GB0009895292 8, GBP5,00 20261124")
                        .replace("UNIT/7,", "FAMT/7,")
                        .replace("UNIT/8,", "AMOR/8,"));
        desk.drop(
                "custodian/statements/l.fin",
                pending("SAFEGEQ1001", "20261124", SEME2, SEME3, SEME3.replace("SEME3 Y3", "F3 Z3"))
                        .replaceFirst("(F3.*\n(?:.*\n)*?:35B:)ISIN GB0009895292", "$1/US/037833100"));
        complete(1);
        assertThat(breaks()).isEmpty();
        assertThat(desk.openBreaks()).contains("QUANTITY_TYPE - GEQ1 - -", "INSTRUMENT_ID - GEQ1 - -");
        assertThat(desk.rows("select s.feed, f.refusal, f.subject from reconciliation.statement_finding f join"
                        + " reconciliation.statement s using (statement_id) order by 1, 2"))
                .containsExactly(
                        "CUSTODIAN_MOVEMENT QUANTITY_TYPE GB0009895292",
                        "CUSTODIAN_MOVEMENT QUANTITY_TYPE GB0009895292",
                        "CUSTODIAN_PENDING INSTRUMENT_ID /US/037833100");
    }

    // Pending instructions

    @Test
    void a_list_of_what_is_open_is_no_break() {
        listed(SEME2, SEME3);
        complete(1);
        assertThat(breaks()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400, | 450, | QUANTITY SEME2 400 450 50",
                "GBP300,00 | GBP310,00 | AMOUNT SEME2 -300 -310 -10",
                "20261124 | 20261126 | SETTLE_DATE SEME2 2026-11-24 2026-11-26 2 days",
                "RECE | DELI | SIDE SEME2 RECE DELI null",
                "GB00BH4HKS39 | GB0009895292 | INSTRUMENT_ID SEME2 GB00BH4HKS39 GB0009895292 null",
                "GBP300 | EUR300 | CURRENCY SEME2 GBP EUR null",
                "SETT//PENF CLAC | SETT//PENF CMON | STATUS SEME2 FAILING CLAC SETT//PENF CMON null",
                "SETT//PENF CLAC | MTCH//MACH | STATUS SEME2 FAILING CLAC MTCH//MACH null",
            })
    void what_differs_of_a_pending_instruction_is_one_break_of_its_class(String right, String wrong, String expected) {
        listed(SEME2.replace(right, wrong), SEME3);
        complete(1);
        assertThat(breaks()).containsExactly("CUSTODIAN_PENDING " + expected);
    }

    @Test
    void what_is_open_on_one_side_only_is_missing_on_the_other() {
        listed(SEME2, "OTHER Z1 DELI GB0009895292 9, GBP1,00 20261124 MTCH//NMAT CMIS");
        complete(1);
        assertThat(breaks())
                .containsExactly(
                        "CUSTODIAN_PENDING MISSING_OURS OTHER null -9 -9",
                        "CUSTODIAN_PENDING MISSING_THEIRS SEME3 MATCHED null 100");
        listedOn("20261125", SEME2, SEME3);
        desk.complete(JOB, TUE_24_NOV_2026, 1);
        assertThat(breaks()).isEmpty();
    }

    @Test
    void a_list_of_changes_misses_nothing() {
        desk.drop(
                "custodian/statements/l.fin",
                pending("SAFEGEQ1001", "20261124", SEME2).replace(":98A::STAT", ":22F::CODE//DELT\n:98A::STAT"));
        complete(1);
        assertThat(breaks()).isEmpty();
    }

    @Test
    void what_is_pending_there_and_has_settled_here_is_told_once() {
        var first = "SEME1 Y1 RECE GB00BH4HKS39 500, GBP361,50 20261124 SETT//PEND LACK";
        listed(first, SEME2, SEME3);
        complete(1);
        assertThat(breaks()).containsExactly("CUSTODIAN_PENDING STATUS SEME1 SETTLED SETT//PEND -500");

        moved("20261124");
        complete(2);
        assertThat(breaks()).containsExactly("CUSTODIAN_MOVEMENT MISSING_THEIRS SEME1 500 null -500");
    }

    @Test
    void what_settled_after_the_day_of_the_list_was_pending_on_it() {
        listedOn("20261123", "SEME1 Y1 RECE GB00BH4HKS39 500, GBP361,50 20261124 SETT//PEND FUTU", SEME2, SEME3);
        complete(1);
        assertThat(breaks()).isEmpty();
    }

    @Test
    void what_has_settled_there_and_is_pending_here_is_told_by_its_movement_alone() {
        listed(SEME3);
        moved("20261124", SEME1, "SEME2 Z2 RECE GB00BH4HKS39 400, GBP300,00 20261124");
        complete(1);
        assertThat(breaks()).containsExactly("CUSTODIAN_MOVEMENT MISSING_OURS SEME2 null 400 400");
    }

    @Test
    void a_list_may_give_what_is_left_or_what_was_instructed() {
        book.settled("SEME2", "P1", "150", "112.50", "2026-11-24");
        listed(SEME2.replace("400, GBP300,00", "250, GBP187,50"), SEME3);
        complete(1);
        assertThat(breaks()).isEmpty();
        listedOn("20261125", SEME2, SEME3);
        complete(2);
        assertThat(breaks()).isEmpty();
    }

    @Test
    void what_we_cancelled_and_is_pending_there_is_a_cancel_not_seen() {
        desk.sql("update settlement.instruction set status = 'CANCELLED' where instruction_id = 'SEME2'");
        listed(SEME2, SEME3);
        complete(1);
        assertThat(breaks()).containsExactly("CUSTODIAN_PENDING CANCEL_NOT_SEEN SEME2 CANCELLED SETT//PENF null");
        listedOn("20261125", SEME2.replace("SETT//PENF CLAC", "IPRC//CANP"), SEME3);
        complete(2);
        assertThat(breaks()).isEmpty();
    }

    @Test
    void an_instruction_listed_twice_and_one_without_our_reference() {
        listed(SEME2, SEME2.replace("Y2", "Y4"), SEME3.replace("SEME3", "-"));
        complete(1);
        assertThat(breaks()).containsExactly("CUSTODIAN_PENDING DUPLICATE_THEIRS SEME2 null 400 400");
        assertThat(desk.rows("select instruction_id, pass from reconciliation.movement_matched order by 1"))
                .containsExactly("SEME2 REFERENCE", "SEME3 ECONOMICS");
    }

    @Test
    void the_same_day_again_changes_nothing() {
        moved("20261124", SEME1.replace("500,", "600,"), "OTHER Z1 RECE GB00BH4HKS39 7, GBP5,00 20261124");
        listed(SEME2.replace("CLAC", "CMON"));
        complete(1);
        var breaks = desk.rows("select * from reconciliation.break order by break_id");
        var events = desk.rows("select count(*) from journal.event where stream like 'break/%'");
        complete(2);
        assertThat(breaks).isNotEmpty();
        assertThat(desk.rows("select * from reconciliation.break order by break_id"))
                .isEqualTo(breaks);
        assertThat(desk.rows("select count(*) from journal.event where stream like 'break/%'"))
                .isEqualTo(events);
    }

    private void moved(String date, String... movements) {
        desk.drop("custodian/statements/m.fin", movements("SAFEGEQ1001", date, date, movements));
    }

    private void listed(String... instructions) {
        desk.drop("custodian/statements/l.fin", pending("SAFEGEQ1001", "20261124", instructions));
    }

    private static String confirmation(String theirs, String ours, String quantity, String amount) {
        return message(
                "545",
                ":16R:GENL\n:20C::SEME//" + theirs + "\n:23G:NEWM\n:16R:LINK\n:20C::RELA//" + ours
                        + "\n:16S:LINK\n:16S:GENL\n:16R:TRADDET\n:98A::ESET//20261124\n:98A::TRAD//20261120\n:35B:ISIN"
                        + " GB00BH4HKS39\n:16S:TRADDET\n:16R:FIAC\n:36B::ESTT//UNIT/" + quantity
                        + "\n"
                        + ":97A::SAFE//SAFEGEQ1001\n"
                        + ":16S:FIAC\n"
                        + ":16R:SETDET\n"
                        + ":22F::SETR//TRAD\n"
                        + ":16R:AMT\n"
                        + ":19A::ESTT//GBP"
                        + amount + "\n:16S:AMT\n:16S:SETDET\n");
    }

    private void listedOn(String date, String... instructions) {
        desk.drop("custodian/statements/l.fin", pending("SAFEGEQ1001", date, instructions));
    }

    private List<String> breaks() {
        return desk.rows("""
            select feed, break_class, reference, ours, theirs, difference from reconciliation_api.open_break
            where feed in ('CUSTODIAN_MOVEMENT', 'CUSTODIAN_PENDING', 'CUSTODIAN_ADVICE')
            order by 1, 2, 3
            """);
    }

    private void complete(int sequence) {
        desk.complete(JOB, FRI_20_NOV_2026, sequence);
    }
}
