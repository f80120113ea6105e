package org.tradesuite.reconciliation.custodian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.reconciliation.Desk.FRI_20_NOV_2026;
import static org.tradesuite.reconciliation.Desk.TUE_24_NOV_2026;
import static org.tradesuite.reconciliation.swift.FinText.cash;
import static org.tradesuite.reconciliation.swift.FinText.holdings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.batch.core.BatchStatus;
import org.tradesuite.reconciliation.Desk;

/**
 * GEQ1 holds 1,500 VOD (500 of them received against GBP 361.50 on Tuesday) and 300 AZN and owns GBP 9,638.50; GEQ2 holds
 * 200 SAP and owns EUR 5,000.
 */
class ReconcileCustodianTest {

    private static final String JOB = "reconcile-custodian";
    private static final String SETTLED = """
        insert into execution.opening_position values
            ('GEQ1', 'VOD.XLON', 'GB00BH4HKS39', '2026-11-20', 1000, 0.7), ('GEQ1', 'AZN.XLON', 'GB0009895292', '2026-11-20', 300, 110),
            ('GEQ2', 'SAP.XETR', 'DE0007164600', '2026-11-20', 200, 160);
        insert into execution.opening_cash values ('GEQ1', 'GBP', '2026-11-20', 10000), ('GEQ2', 'EUR', '2026-11-20', 5000);
        insert into settlement.obligation (trade_id, business_date, number, trade_date, account_id, broker_id, counterparty_bic,
            instrument_id, isin, mic, asset_class, currency, direction, quantity, amount, settlement_date, confirm_status, method,
            status, stream_version, updated_at)
        values ('T1', '2026-11-20', 1, '2026-11-20', 'GEQ1', 'ALFA', 'ALFAGB2LXXX', 'VOD.XLON', 'GB00BH4HKS39', 'XLON', 'EQUITY', 'GBP',
            'RECE', 500, 361.50, '2026-11-24', 'AFFIRMED', 'CUSTODIAN', 'SETTLED', 1, now());
        insert into settlement.instruction values ('SEME1', 'T1', 'SECURITIES', 1, '2026-11-20', 'GEQ1', 'SAFEGEQ1001', 'VOD.XLON',
            'GB00BH4HKS39', 'RECE', 500, 361.50, 'GBP', '2026-11-20', '2026-11-24', 'CRSTGB22XXX', 'ALFAGB2LXXX', 1, 1, now(), now(), 1,
            'SETTLED', null, 500, 361.50, '2026-11-24', 0, null, now());
        insert into settlement.slice values ('SEME1', 'X1', '2026-11-24', 500, 361.50);
        insert into settlement.batch_job_instance (job_instance_id, version, job_name, job_key) values (1, 0, 'apply-status', 'k');
        insert into settlement.batch_job_execution (job_execution_id, version, job_instance_id, create_time, status)
            values (1, 0, 1, now(), 'COMPLETED');
        insert into settlement.batch_job_execution_params (job_execution_id, parameter_name, parameter_type, parameter_value, identifying)
            values (1, 'businessDate', 'java.time.LocalDate', '2026-11-20', 'Y');
        """;
    private static final String NEXT_DAY = """
        insert into execution.business_day values ('2026-11-24', 'CLOSED', '2026-11-24T00:00:00Z', '2026-11-24T21:00:00Z');
        insert into settlement.batch_job_instance (job_instance_id, version, job_name, job_key) values (2, 0, 'apply-status', 'l');
        insert into settlement.batch_job_execution (job_execution_id, version, job_instance_id, create_time, status)
            values (2, 0, 2, now(), 'COMPLETED');
        insert into settlement.batch_job_execution_params (job_execution_id, parameter_name, parameter_type, parameter_value, identifying)
            values (2, 'businessDate', 'java.time.LocalDate', '2026-11-24', 'Y');
        """;
    private static final String VOD = "GB00BH4HKS39 UNIT/1500,";
    private static final String AZN = "GB0009895292 UNIT/300,";
    private static final String SAP = "DE0007164600 UNIT/200,";
    private static final String OPENING = "60F:C261124GBP10000,00";
    private static final String ENTRY = "2611241124D361,50NSECSEME1//X1";
    private static final String CLOSING = "62F:C261124GBP9638,50";

    @TempDir
    Path folder;

    private Desk desk;

    @BeforeEach
    void settle() {
        desk = new Desk(folder);
        desk.sql(SETTLED);
        desk.open();
        positions1("1/MORE", VOD);
        desk.drop("custodian/statements/p2.fin", holdings("SAFEGEQ1001", "20261124", "2/LAST", List.of(AZN)));
        desk.drop("custodian/statements/q.fin", holdings("SAFEGEQ2001", "20261124", "1/ONLY", List.of(SAP)));
        cash1(OPENING, CLOSING, ENTRY);
        desk.drop(
                "custodian/statements/d.fin",
                cash("GEQ2EUR01", "1/1", "60F:C261124EUR5000,00", List.of(), "62F:C261124EUR5000,00"));
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void statements_that_say_what_has_settled_give_no_break() {
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks()).isEmpty();
        assertThat(desk.rows(
                        "select feed, account_number, pages, status from reconciliation_api.statement order by 1, 2"))
                .containsExactly(
                        "CUSTODIAN_CASH GEQ1GBP01 1 LOADED",
                        "CUSTODIAN_CASH GEQ2EUR01 1 LOADED",
                        "CUSTODIAN_POSITION SAFEGEQ1001 2 LOADED",
                        "CUSTODIAN_POSITION SAFEGEQ2001 1 LOADED");
        assertThat(folder.resolve("drop/custodian/statements/done/2026-11-20/p2.fin"))
                .exists();
    }

    @Test
    void wrong_missing_and_extra_holdings_are_one_break_each() {
        positions1("1/MORE", "GB00BH4HKS39 UNIT/1600,");
        desk.drop(
                "custodian/statements/p2.fin",
                holdings("SAFEGEQ1001", "20261124", "2/LAST", List.of("US0378331005 UNIT/500,")));
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks())
                .containsExactly(
                        "MISSING_OURS - GEQ1 AAPL.XNYS 500",
                        "MISSING_THEIRS - GEQ1 AZN.XLON -300",
                        "POSITION_QTY - GEQ1 VOD.XLON 100");
        // 500 shares at USD 200, a pound being 1.25 dollars.
        assertThat(desk.rows("select money_at_risk, base_currency from reconciliation_api.open_break where"
                        + " instrument_id = 'AAPL.XNYS'"))
                .containsExactly("80000.00 GBP");
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "2611241124D371,50NSECSEME1//X1 | 62F:C261124GBP9628,50 | AMOUNT - GEQ1 GBP -10 | an entry of another"
                        + " amount",
                "'' | 62F:C261124GBP10000,00 | MISSING_THEIRS - GEQ1 GBP 361.5 | an entry left out",
                "2611241124D361,50NSECSEME1//X1;2611241124D5,00NCHGFEE//X9 | 62F:C261124GBP9633,50 | MISSING_OURS -"
                        + " GEQ1 GBP -5 | a charge we do not know",
                "2611241124D361,50NSECSEME1//X1;2611241124D361,50NSECSEME1//X2 | 62F:C261124GBP9277,00 |"
                        + " DUPLICATE_THEIRS - GEQ1 GBP -361.5 | an entry booked twice",
            })
    void a_difference_in_cash_is_explained_by_its_entry_and_not_reported_twice(
            String entries, String closing, String expected, String what) {
        cash1(OPENING, closing, entries.isEmpty() ? new String[0] : entries.split(";", -1));
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks()).as(what).containsExactly(expected);
    }

    @Test
    void an_entry_in_another_currency_is_not_the_same_booked_twice() {
        desk.drop(
                "custodian/statements/u.fin",
                cash(
                        "GEQ1USD01",
                        "1/1",
                        "60F:C261124USD1000,00",
                        List.of("2611241124D361,50NSECSEME1//X1"),
                        "62F:C261124USD638,50"));
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks()).containsExactly("CASH_BALANCE - GEQ1 USD 1000", "MISSING_OURS - GEQ1 USD -361.5");
    }

    @Test
    void what_the_custodian_took_back_and_booked_again_was_not_booked_twice() {
        cash1(
                OPENING,
                "62F:C261124GBP9631,50",
                ENTRY,
                "2611241124D7,00NCHGFEE1//X2",
                "2611241124RD7,00NCHGFEE1//X3",
                "2611241124D7,00NCHGFEE1//X4");
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks()).containsExactly("MISSING_OURS - GEQ1 GBP -7");
    }

    @Test
    void a_balance_that_no_entry_explains_is_a_break() {
        cash1("60F:C261124GBP10100,00", "62F:C261124GBP9738,50", ENTRY);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks()).containsExactly("CASH_BALANCE - GEQ1 GBP 100");
    }

    @Test
    void an_entry_without_our_reference_is_matched_by_date_and_amount() {
        cash1(OPENING, CLOSING, "2611241124D361,50NSECNONREF//X1");
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks()).isEmpty();
        assertThat(desk.rows("select pass from reconciliation.cash_matched")).containsExactly("ECONOMICS");
    }

    @Test
    void what_the_custodian_makes_good_the_next_day_clears_the_break_and_is_none_itself() {
        cash1(OPENING, "62F:C261124GBP9628,50", "2611241124D371,50NSECSEME1//X1");
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks()).containsExactly("AMOUNT - GEQ1 GBP -10");

        nextDay("60F:C261124GBP9628,50", CLOSING, "2611241124RD371,50NSECSEME1//X1", "2611241124D361,50NSECSEME1//X1");
        desk.complete(JOB, TUE_24_NOV_2026, 1);
        assertThat(desk.openBreaks()).isEmpty();
    }

    @Test
    void an_entry_that_comes_a_statement_late_clears_the_break() {
        cash1(OPENING, "62F:C261124GBP10000,00");
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks()).containsExactly("MISSING_THEIRS - GEQ1 GBP 361.5");

        nextDay("60F:C261124GBP10000,00", CLOSING, ENTRY);
        desk.complete(JOB, TUE_24_NOV_2026, 1);
        assertThat(desk.openBreaks()).isEmpty();
    }

    @Test
    void a_right_entry_that_is_taken_back_leaves_our_movement_without_one() {
        cash1(OPENING, CLOSING, ENTRY);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        nextDay("60F:C261124GBP9638,50", "62F:C261124GBP10000,00", "2611241124RD361,50NSECSEME1//X1");
        desk.complete(JOB, TUE_24_NOV_2026, 1);
        assertThat(desk.openBreaks()).containsExactly("MISSING_OURS - GEQ1 GBP 361.5");
    }

    @Test
    void a_wrong_closing_balance_refuses_that_statement_and_no_other() throws IOException {
        cash1(OPENING, "62F:C261124GBP9638,51", ENTRY);
        positions1("1/MORE", "GB00BH4HKS39 UNIT/1600,");
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks())
                .containsExactly("POSITION_QTY - GEQ1 VOD.XLON 100", "STATEMENT_NOT_FOOTING - GEQ1 GBP -");
        assertThat(Files.readString(folder.resolve("drop/custodian/statements/refused/c.fin.reason.txt")))
                .contains("9638.50")
                .contains("9638.51");
    }

    @Test
    void a_missing_page_is_named_and_its_holdings_are_not_reported_as_missing() throws IOException {
        Files.delete(folder.resolve("drop/custodian/statements/p2.fin"));
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks()).containsExactly("STATEMENT_GAP - GEQ1 - -");
        assertThat(desk.rows("select detail from reconciliation_api.open_break").getFirst())
                .contains("page 2 is missing");
    }

    @Test
    void a_statement_cut_off_is_one_break_and_a_good_one_clears_it() {
        var whole = holdings("SAFEGEQ1001", "20261124", "2/LAST", List.of(AZN));
        desk.drop("custodian/statements/p2.fin", whole.substring(0, whole.length() - 40));
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks()).containsExactly("STATEMENT_GAP - GEQ1 - -");

        positions1("1/MORE", VOD);
        desk.drop("custodian/statements/p2.fin", whole);
        desk.complete(JOB, FRI_20_NOV_2026, 2);
        assertThat(desk.openBreaks()).isEmpty();
    }

    @Test
    void a_statement_sent_again_counts_once_and_is_a_break() {
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        cash1(OPENING, CLOSING, ENTRY);
        desk.complete(JOB, FRI_20_NOV_2026, 2);
        assertThat(desk.openBreaks()).containsExactly("DUPLICATE_THEIRS - GEQ1 GBP -");
    }

    @Test
    void a_statement_of_another_account_is_refused_and_kept() throws IOException {
        desk.drop(
                "custodian/statements/z.fin",
                cash("ZZZ9GBP01", "1/1", "60F:C261124GBP1,00", List.of(), "62F:C261124GBP1,00"));
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks()).containsExactly("ACCOUNT - - GBP -");
        var refused = folder.resolve("drop/custodian/statements/refused");
        assertThat(Files.readString(refused.resolve("z.fin"))).contains("ZZZ9GBP01");
        assertThat(Files.readString(refused.resolve("z.fin.reason.txt"))).contains("ZZZ9GBP01");
    }

    @Test
    void an_account_without_a_statement_is_asked_for() throws IOException {
        Files.delete(folder.resolve("drop/custodian/statements/d.fin"));
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks()).containsExactly("STALE_STATEMENT - GEQ2 EUR -");
    }

    @Test
    void something_that_is_no_message_is_refused_and_harms_nothing() {
        desk.drop("custodian/statements/x.fin", "Dear client, please find attached");
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks()).containsExactly("FILE_UNREADABLE - - - -");
    }

    @ParameterizedTest
    @ValueSource(strings = {"position_row", "cash_matched", "found_break", "break"})
    void a_run_that_breaks_off_in_any_step_comes_to_the_same_end(String table) {
        desk.sql("create function public.break_off() returns trigger language plpgsql as $$ begin raise exception"
                + " 'gone'; end $$;create trigger break_off before insert on reconciliation." + table
                + " for each statement execute function public.break_off()");
        positions1("1/MORE", "GB00BH4HKS39 UNIT/1600,");
        var broken = desk.run(JOB, FRI_20_NOV_2026, 1);
        assertThat(broken.status()).isEqualTo(BatchStatus.FAILED);
        desk.shut();
        desk.sql("drop trigger break_off on reconciliation." + table);
        desk.open();
        assertThat(desk.restart(broken).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(desk.openBreaks()).containsExactly("POSITION_QTY - GEQ1 VOD.XLON 100");
        assertThat(desk.rows("select count(*) from reconciliation.statement")).containsExactly("4");
    }

    private void positions1(String page, String holding) {
        desk.drop("custodian/statements/p1.fin", holdings("SAFEGEQ1001", "20261124", page, List.of(holding)));
    }

    /** The business day after: nothing is settled anew, the custodian states again. */
    private void nextDay(String opening, String closing, String... entries) {
        desk.sql(NEXT_DAY);
        for (var page : List.of(
                holdings("SAFEGEQ1001", "20261125", "1/ONLY", List.of(VOD, AZN)),
                holdings("SAFEGEQ2001", "20261125", "1/ONLY", List.of(SAP)),
                cash(
                        "GEQ1GBP01",
                        "2/1",
                        opening.replace("261124", "261125"),
                        List.of(entries),
                        closing.replace("261124", "261125")),
                cash("GEQ2EUR01", "2/1", "60F:C261125EUR5000,00", List.of(), "62F:C261125EUR5000,00")))
            desk.drop("custodian/statements/" + Integer.toHexString(page.hashCode()) + ".fin", page);
    }

    private void cash1(String opening, String closing, String... entries) {
        desk.drop("custodian/statements/c.fin", cash("GEQ1GBP01", "1/1", opening, List.of(entries), closing));
    }
}
