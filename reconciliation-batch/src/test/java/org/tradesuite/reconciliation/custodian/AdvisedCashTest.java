package org.tradesuite.reconciliation.custodian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.reconciliation.Desk.FRI_20_NOV_2026;
import static org.tradesuite.reconciliation.Desk.TUE_24_NOV_2026;
import static org.tradesuite.reconciliation.swift.FinText.cash;
import static org.tradesuite.reconciliation.swift.FinText.intraday;
import static org.tradesuite.reconciliation.swift.FinText.message;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.BatchStatus;
import org.tradesuite.reconciliation.Desk;
import org.tradesuite.reconciliation.iso.IsoText;

/** GEQ1 has paid GBP 361.50 for SEME1 on Tuesday. The custodian tells of it in the course of the day, and in the evening. */
class AdvisedCashTest {

    private static final String JOB = "reconcile-custodian";
    private static final String PAID = "2611241124D361,50NSECSEME1//X1";

    @TempDir
    Path folder;

    private Desk desk;
    private SettlementBook book;

    @BeforeEach
    void settle() {
        desk = new Desk(folder);
        book = new SettlementBook(desk);
        book.answered("2026-11-20");
        book.seme1Received();
        desk.open();
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void runs_within_the_day_find_what_we_do_not_know_and_the_statement_of_the_day_ends_it() {
        within("1/1", PAID);
        complete(1);
        assertThat(breaks()).isEmpty();

        within("2/1", PAID, "2611241124C7,00NTRFNONREF//X9");
        complete(2);
        assertThat(breaks()).containsExactly("CUSTODIAN_INTRADAY MISSING_OURS X9 null 7 7");

        evening("7,00", PAID, "2611241124C368,50NTRFNONREF//X9");
        complete(3);
        assertThat(breaks())
                .as("booked, but with another amount; that we do not know it is told by the statement")
                .containsExactly(
                        "CUSTODIAN_CASH MISSING_OURS X9 null 368.5 368.5",
                        "CUSTODIAN_INTRADAY AMOUNT X9 7 368.5 361.5");
    }

    @Test
    void an_entry_within_the_day_that_was_never_booked_is_a_break_until_it_is() {
        within("1/1", PAID, "2611241124C7,00NTRFNONREF//X9");
        evening("-361,50", PAID);
        complete(1);
        assertThat(breaks()).containsExactly("CUSTODIAN_INTRADAY MISSING_THEIRS X9 7 null -7");
        desk.drop(
                "custodian/statements/next.fin",
                cash(
                        "GEQ1GBP01",
                        "2/1",
                        "60F:D261125GBP361,50",
                        List.of("2611241125C7,00NTRFNONREF//X9"),
                        "62F:D261125GBP354,50"));
        complete(2);
        assertThat(breaks()).containsExactly("CUSTODIAN_CASH MISSING_OURS X9 null 7 7");
    }

    @Test
    void reports_that_repeat_each_other_say_it_once_and_two_like_entries_of_one_report_are_two() {
        within("1/1", PAID, "261124C7,00NTRFNONREF");
        within("2/1", PAID, "261124C7,00NTRFNONREF", "261124C7,00NTRFNONREF");
        within("3/1", PAID, "261124C7,00NTRFNONREF", "261124C7,00NTRFNONREF");
        evening("-354,50", PAID, "261124C7,00NTRFNONREF");
        complete(1);
        assertThat(breaks())
                .containsExactly(
                        "CUSTODIAN_CASH MISSING_OURS null null 7 7",
                        "CUSTODIAN_INTRADAY MISSING_THEIRS null 7 null -7");
    }

    @Test
    void what_was_taken_back_before_the_evening_need_not_be_on_the_statement() {
        within("1/1", PAID, "261124C7,00NTRFFEE7//X8", "261124RC7,00NTRFFEE7//X9");
        evening("-361,50", PAID);
        complete(1);
        assertThat(breaks()).isEmpty();
        assertThat(desk.rows("select pass, count(*) from reconciliation.advice_matched group by 1 order by 1"))
                .containsExactly("IDENTITY 1", "REVERSED 1");
    }

    @Test
    void an_advised_credit_that_the_statement_of_the_day_does_not_have_is_a_break() {
        advice("910", "A1", "OURREF", "7,00");
        advice("900", "X1", "SEME1", "361,50");
        evening("-361,50", PAID);
        complete(1);
        assertThat(breaks()).containsExactly("CUSTODIAN_ADVICE MISSING_THEIRS OURREF 7 null -7");
        assertThat(desk.rows("select money_at_risk, detail from reconciliation_api.open_break where feed ="
                                + " 'CUSTODIAN_ADVICE'")
                        .getFirst())
                .startsWith("7.00")
                .contains("the statement of the day does not have it");
    }

    @Test
    void an_advice_before_the_statement_is_held_against_what_we_have_by_reference_and_amount() {
        advice("900", "A1", "SEME1", "371,50");
        complete(1);
        assertThat(breaks()).containsExactly("CUSTODIAN_ADVICE MISSING_OURS SEME1 -361.5 -371.5 -10");
    }

    @Test
    void what_the_custodian_expects_and_does_not_book_is_a_matter_of_time() {
        desk.drop(
                "custodian/statements/i.xml",
                IsoText.document(
                        "camt.052.001.08",
                        "<BkToCstmrAcctRpt><GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-24T12:00:00Z</CreDtTm></GrpHdr>\n"
                                + IsoText.statement(
                                                "GEQ1GBP01",
                                                "GBP",
                                                "2026-11-24",
                                                List.of(),
                                                List.of(
                                                        IsoText.entry(
                                                                "GBP",
                                                                "7.00",
                                                                "CRDT",
                                                                "PDNG",
                                                                "2026-11-24",
                                                                "E1",
                                                                "X8"),
                                                        IsoText.entry(
                                                                "GBP",
                                                                "361.50",
                                                                "DBIT",
                                                                "PDNG",
                                                                "2026-11-24",
                                                                "SEME1",
                                                                "X1")))
                                        .replace("Stmt>", "Rpt>")
                                + "</BkToCstmrAcctRpt>"));
        complete(1);
        assertThat(breaks()).isEmpty();
        evening("-361,50", PAID);
        complete(2);
        assertThat(breaks()).containsExactly("CUSTODIAN_INTRADAY TIMING E1 7 null -7");
    }

    @Test
    void a_run_within_an_open_day_asks_for_no_statement_and_one_after_its_close_does() {
        desk.sql("insert into execution.business_day values ('2026-11-24', 'OPEN', '2026-11-24T00:00:00Z', null)");
        book.answered("2026-11-24");
        within("1/1", PAID, "2611241124C7,00NTRFNONREF//X9");
        desk.complete(JOB, TUE_24_NOV_2026, 1);
        assertThat(desk.openBreaks()).containsExactly("MISSING_OURS - GEQ1 GBP 7");
        assertThat(desk.run(JOB, TUE_24_NOV_2026, 1).status())
                .as("it repeats without a reason")
                .isEqualTo(BatchStatus.COMPLETED);

        desk.sql("update execution.business_day set status = 'CLOSED' where business_date = '2026-11-24'");
        desk.complete(JOB, TUE_24_NOV_2026, 3);
        assertThat(desk.openBreaks())
                .containsExactly(
                        "MISSING_OURS - GEQ1 GBP 7", "STALE_STATEMENT - GEQ1 - -", "STALE_STATEMENT - GEQ1 GBP -");
    }

    private void within(String number, String... entries) {
        desk.drop(
                "custodian/statements/i" + number.charAt(0) + ".fin",
                intraday("GEQ1GBP01", number, "GBP", "261124120" + number.charAt(0), List.of(entries)));
    }

    private void advice(String type, String theirs, String ours, String amount) {
        desk.drop(
                "custodian/statements/" + theirs + ".fin",
                message(type, ":20:" + theirs + "\n:21:" + ours + "\n:25:GEQ1GBP01\n:32A:261124GBP" + amount + "\n"));
    }

    /** The statement of the day, which began with nothing. */
    private void evening(String closing, String... entries) {
        desk.drop(
                "custodian/statements/c.fin",
                cash(
                        "GEQ1GBP01",
                        "1/1",
                        "60F:C261124GBP0,",
                        List.of(entries),
                        "62F:" + (closing.startsWith("-") ? "D" : "C") + "261124GBP" + closing.replace("-", "")));
    }

    private List<String> breaks() {
        return desk.rows("""
            select feed, break_class, reference, ours, theirs, difference from reconciliation_api.open_break
            where feed in ('CUSTODIAN_INTRADAY', 'CUSTODIAN_ADVICE', 'CUSTODIAN_CASH')
            order by 1, 2, 3
            """);
    }

    private void complete(int sequence) {
        desk.complete(JOB, FRI_20_NOV_2026, sequence);
    }
}
