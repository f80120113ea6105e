package org.tradesuite.reconciliation.custodian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.reconciliation.Desk.FRI_20_NOV_2026;
import static org.tradesuite.reconciliation.swift.FinText.holdings;
import static org.tradesuite.reconciliation.swift.FinText.movements;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradesuite.reconciliation.Desk;

/** GEQ1 holds 1,500 VOD, of which it received 500 on Tuesday, the day of the statement. */
class CorporateActionsTest {

    private static final String JOB = "reconcile-custodian";
    private static final String VOD = "GB00BH4HKS39";
    /** HSBA, as what VOD becomes. */
    private static final String NEW = "GB0005405286";

    @TempDir
    Path folder;

    private Desk desk;

    @BeforeEach
    void hold() {
        desk = new Desk(folder);
        new SettlementBook(desk).seme1ReceivedOnTopOf("1000");
        desk.open();
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "SPLF, NEWO, 2, 1,  2026-11-24, 2026-11-24 | 3000 | CORPORATE_ACTION 1500 EV1 | -",
                "SPLF, NEWO, 2, 1,  2026-11-24, 2026-11-30 | 3001 | - | POSITION_QTY 1500 3001 1501",
                "SPLF, NEWO, 2, 1,  2026-11-25, 2026-11-30 | 3000 | - | POSITION_QTY 1500 3000 1500",
                "SPLF, NEWO, 2, 1,  2026-11-20, 2026-11-23 | 3000 | - | CORPORATE_ACTION 1500 3000 1500",
                "SPLF, NEWO, 2, 1,  2026-11-20, 2026-11-23 |  750 | - | CORPORATE_ACTION 1500 750 -750",
                "SPLF, NEWO, 2, 1,  2025-11-20, 2025-11-23 | 3000 | - | POSITION_QTY 1500 3000 1500",
                // We have booked it, the custodian has not.
                "SPLF, NEWO, 2, 1,  2026-11-24, 2026-11-25 |  750 | CORPORATE_ACTION -750 EV1 | -",
                "SPLR, NEWO, 1, 10, 2026-11-24, 2026-11-25 |  150 | CORPORATE_ACTION -1350 EV1 | -",
                // 1,500 times ten sevenths is 2,142.86: the fraction is paid out or rounded up.
                "SPLF, NEWO, 10, 7, 2026-11-24, 2026-11-25 | 2142 | CORPORATE_ACTION 642 EV1 | -",
                "SPLF, NEWO, 10, 7, 2026-11-24, 2026-11-25 | 2143 | CORPORATE_ACTION 643 EV1 | -",
                "SPLF, NEWO, 10, 7, 2026-11-24, 2026-11-25 | 2141 | - | POSITION_QTY 1500 2141 641",
                "BONU, ADEX, 1, 20, 2026-11-24, 2026-11-25 | 1575 | CORPORATE_ACTION 75 EV1 | -",
                "BONU, ADEX, 1, 20, 2026-11-24, 2026-11-25 | 1500 | - | -",
            })
    void a_holding_that_differs_by_a_known_event_is_explained_until_both_must_have_booked_it(
            String event, String stated, String explained, String left) {
        event(event, VOD);
        hold(VOD + " UNIT/" + stated + ",");
        complete();
        assertThat(explained()).isEqualTo(only(explained));
        assertThat(breaks()).isEqualTo(only(left));
    }

    @Test
    void who_has_not_booked_it_is_said_after_the_payment_date() {
        event("SPLF, NEWO, 2, 1, 2026-11-20, 2026-11-23", VOD);
        hold(VOD + " UNIT/750,");
        complete();
        assertThat(desk.rows("select cause_code, detail from reconciliation_api.open_break where feed ="
                        + " 'CUSTODIAN_POSITION'"))
                .containsExactly("CORPORATE_ACTION SPLF EV1 is booked by us, not by the custodian; its payment date was"
                        + " 2026-11-23.");
    }

    @Test
    void a_merger_explains_what_went_and_what_came() {
        event("MRGR, NEWO, 3, 2, 2026-11-24, 2026-11-25", NEW);
        hold(NEW + " UNIT/2250,");
        complete();
        assertThat(explained()).containsExactly("CORPORATE_ACTION -1500 EV1", "CORPORATE_ACTION 2250 EV1");
        assertThat(breaks()).isEmpty();
    }

    @Test
    void a_merger_that_the_custodian_has_booked_only_half_is_half_explained() {
        event("MRGR, NEWO, 3, 2, 2026-11-24, 2026-11-25", NEW);
        hold(VOD + " UNIT/1500,", NEW + " UNIT/2250,");
        complete();
        assertThat(explained()).containsExactly("CORPORATE_ACTION 2250 EV1");
        assertThat(breaks()).isEmpty();
    }

    @Test
    void a_spin_off_comes_besides() {
        event("SOFF, ADEX, 1, 5, 2026-11-24, 2026-11-25", NEW);
        hold(VOD + " UNIT/1500,", NEW + " UNIT/300,");
        complete();
        assertThat(explained()).containsExactly("CORPORATE_ACTION 300 EV1");
        assertThat(breaks()).isEmpty();
    }

    @Test
    void a_movement_that_the_custodian_marks_as_an_event_is_the_break_and_explains_the_holding() {
        hold(VOD + " UNIT/3000,");
        var moved = movements(
                "SAFEGEQ1001",
                "20261124",
                "20261124",
                "SEME1 X1 RECE " + VOD + " 500, GBP361,50 20261124",
                "- CA77 RECE " + VOD + " 1500, GBP0, 20261124");
        var last = moved.lastIndexOf("TRAN//SETT");
        desk.drop(
                "custodian/statements/m.fin",
                moved.substring(0, last) + "TRAN//CORP\n:22F::CAEV//SPLF" + moved.substring(last + 10));
        complete();
        assertThat(desk.rows("select feed, break_class, reference, difference, cause_code, detail from"
                        + " reconciliation_api.open_break where feed <> 'STATEMENT'"))
                .containsExactly("CUSTODIAN_MOVEMENT CORPORATE_ACTION CA77 1500 CORPORATE_ACTION"
                        + " The custodian booked a corporate action (SPLF) on 2026-11-24; our books do not have it.");
        assertThat(explained()).containsExactly("CORPORATE_ACTION 1500 CA77");
    }

    private void event(String event, String becomes) {
        var parts = event.split(", *", -1);
        desk.sql("""
            insert into reference.corporate_action (event_id, event, ratio, new_quantity, old_quantity, ex_date, payment_date, isin, new_isin)
            values ('EV1', '%s', '%s', %s, %s, '%s', '%s', '%s', '%s')
            """.formatted(
                        Stream.concat(Stream.of(parts), Stream.of(VOD, becomes)).toArray()));
    }

    private void hold(String... holdings) {
        desk.drop("custodian/statements/h.fin", holdings("SAFEGEQ1001", "20261124", "1/ONLY", List.of(holdings)));
    }

    private static List<String> only(String one) {
        return one == null ? List.of() : List.of(one);
    }

    private List<String> explained() {
        return desk.rows("select trim(kind || ' ' || explained || ' ' || reference) from"
                + " reconciliation.position_explained order by explained");
    }

    private List<String> breaks() {
        return desk.rows("""
            select break_class, ours, theirs, difference from reconciliation_api.open_break where feed = 'CUSTODIAN_POSITION'
            """);
    }

    private void complete() {
        desk.complete(JOB, FRI_20_NOV_2026, 1);
    }
}
