package org.tradesuite.reconciliation.custodian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.reconciliation.Desk.FRI_20_NOV_2026;
import static org.tradesuite.reconciliation.swift.FinText.holdings;
import static org.tradesuite.reconciliation.swift.FinText.movements;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradesuite.reconciliation.Desk;

/**
 * GEQ1 held 1,000 VOD; it has received 500 of SEME1 on Tuesday, 400 of SEME2 fail since Monday, 50 of SEME3 are due on
 * Tuesday, 7 of SEME4 on Wednesday: 1,500 have settled, 1,957 are traded.
 */
class ExplainedPositionsTest {

    private static final String JOB = "reconcile-custodian";

    @TempDir
    Path folder;

    private Desk desk;
    private SettlementBook book;

    @BeforeEach
    void settle() {
        desk = new Desk(folder);
        book = new SettlementBook(desk);
        book.answered("2026-11-20");
        book.opening("GEQ1", "VOD.XLON", "1000");
        book.traded("GEQ1", "VOD.XLON", "1957");
        book.seme1Received();
        book.instructed("SEME2", "GEQ1", "VOD.XLON", "RECE", "400", "300", "2026-11-23", "FAILING", "CLAC");
        book.instructed("SEME3", "GEQ1", "VOD.XLON", "RECE", "50", "37", "2026-11-24", "PENDING", "");
        book.instructed("SEME4", "GEQ1", "VOD.XLON", "RECE", "7", "5", "2026-11-25", "MATCHED", "");
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
                "SETT | 1500 | - | -",
                "SETT | 1900 | FAILING 400 SEME2 | -",
                "SETT | 1550 | UNSETTLED 50 SEME3 | -",
                "SETT | 1950 | FAILING 450 SEME2, SEME3 | -",
                "SETT | 1957 | BASIS 457 | -",
                "SETT | 1507 | - | POSITION_QTY 1500 1507 7",
                "SETT | 1901 | - | POSITION_QTY 1500 1901 401",
                "TRAD | 1957 | - | -",
                "TRAD | 1557 | FAILING -400 SEME2 | -",
                "TRAD | 1950 | UNSETTLED -7 SEME4 | -",
                "TRAD | 1500 | FAILING -457 SEME2, SEME3, SEME4 | -",
                "TRAD | 1958 | - | POSITION_QTY 1957 1958 1",
            })
    void what_is_unsettled_failing_or_counted_on_the_other_basis_is_no_break(
            String basis, String stated, String explained, String left) {
        stated("20261124", basis, stated);
        complete(1);
        assertThat(explained()).isEqualTo(explained == null ? List.of() : List.of(explained));
        assertThat(breaks()).isEqualTo(left == null ? List.of() : List.of(left));
    }

    @Test
    void what_moved_after_the_day_of_the_statement_is_taken_off() {
        stated("20261123", "SETT", "1000");
        complete(1);
        assertThat(breaks()).isEmpty();
        assertThat(explained()).isEmpty();
    }

    @Test
    void a_movement_of_one_side_explains_its_part_and_only_the_rest_is_a_break() {
        stated("20261124", "SETT", "1908");
        desk.drop(
                "custodian/statements/m.fin",
                movements(
                        "SAFEGEQ1001",
                        "20261124",
                        "20261124",
                        "SEME1 X1 RECE GB00BH4HKS39 500, GBP361,50 20261124",
                        "SEME2 Z2 RECE GB00BH4HKS39 400, GBP300,00 20261124"));
        complete(1);
        assertThat(explained()).containsExactly("MOVEMENTS 400 SEME2");
        assertThat(breaks()).containsExactly("POSITION_QTY 1500 1908 8");
        assertThat(desk.rows("select detail, money_at_risk from reconciliation_api.open_break where feed ="
                        + " 'CUSTODIAN_POSITION'"))
                .containsExactly("Of 408 are explained: 400 by movements of one side only (SEME2). 5.76");

        book.settled("SEME2", "Z2", "400", "300", "2026-11-24");
        complete(2);
        assertThat(explained()).isEmpty();
        assertThat(breaks()).containsExactly("POSITION_QTY 1500 1908 8".replace("1500", "1900"));
    }

    @Test
    void a_movement_of_one_side_that_the_holding_does_not_show_makes_no_break_of_it() {
        stated("20261124", "SETT", "1500");
        desk.drop(
                "custodian/statements/m.fin",
                movements(
                        "SAFEGEQ1001",
                        "20261124",
                        "20261124",
                        "SEME1 X1 RECE GB00BH4HKS39 500, GBP361,50 20261124",
                        "SEME2 Z2 RECE GB00BH4HKS39 400, GBP300,00 20261124"));
        complete(1);
        assertThat(explained()).isEmpty();
        assertThat(breaks()).isEmpty();
    }

    private void stated(String date, String basis, String quantity) {
        desk.drop(
                "custodian/statements/h.fin",
                holdings("SAFEGEQ1001", date, "1/ONLY", List.of("GB00BH4HKS39 UNIT/" + quantity + ","))
                        .replace("STBA//SETT", "STBA//" + basis));
    }

    private List<String> explained() {
        return desk.rows(
                "select trim(kind || ' ' || explained || ' ' || reference) from reconciliation.position_explained");
    }

    private List<String> breaks() {
        return desk.rows("""
            select break_class, ours, theirs, difference from reconciliation_api.open_break where feed = 'CUSTODIAN_POSITION'
            """);
    }

    private void complete(int sequence) {
        desk.complete(JOB, FRI_20_NOV_2026, sequence);
    }
}
