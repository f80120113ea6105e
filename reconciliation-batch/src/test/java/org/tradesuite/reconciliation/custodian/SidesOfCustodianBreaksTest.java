package org.tradesuite.reconciliation.custodian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.reconciliation.Desk.FRI_20_NOV_2026;
import static org.tradesuite.reconciliation.swift.FinText.cash;
import static org.tradesuite.reconciliation.swift.FinText.holdings;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradesuite.reconciliation.Desk;
import org.tradesuite.reconciliation.breaks.BreakSides;

/** What a break of the custodian's feeds is made of: our records, their lines as they came, how they were paired. */
class SidesOfCustodianBreaksTest {

    @TempDir
    Path folder;

    private Desk desk;

    @BeforeEach
    void reconcile() {
        desk = new Desk(folder);
        var book = new SettlementBook(desk);
        book.seme1ReceivedOnTopOf("1000");
        desk.drop(
                "custodian/statements/h.fin",
                holdings("SAFEGEQ1001", "20261124", "1/ONLY", List.of("GB00BH4HKS39 UNIT/1503,")));
        desk.drop(
                "custodian/statements/c.fin",
                cash(
                        "GEQ1GBP01",
                        "1/1",
                        "60F:C261124GBP0,",
                        List.of("2611241124D369,50NSECSEME1//X1", "2611241124C7,00NTRFNONREF//X9"),
                        "62F:D261124GBP362,50"));
        desk.drop("custodian/statements/letter.txt", "Dear client");
        desk.open().complete("reconcile-custodian", FRI_20_NOV_2026, 1);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private BreakSides.Sides of(String condition) {
        var ids = desk.rows("select break_id from reconciliation.break where " + condition);
        assertThat(ids).as(desk.openBreaks().toString()).hasSize(1);
        return desk.bean(BreakSides.class).of(Long.parseLong(ids.getFirst())).orElseThrow();
    }

    @Test
    void an_amount_shows_our_movement_their_entry_and_by_which_version_of_the_rules_the_two_were_paired() {
        var sides = of("feed = 'CUSTODIAN_CASH' and break_class = 'AMOUNT'");
        assertThat(sides.ours()).extracting(BreakSides.Ours::kind).contains("CASH_MOVEMENT");
        assertThat(sides.theirs().getFirst().text())
                .contains("D369,50", "SEME1")
                .doesNotContain("X9");
        assertThat(sides.matches()).singleElement().satisfies(match -> {
            assertThat(match.pass()).isEqualTo("IDENTITY");
            assertThat(match.ruleVersion()).isEqualTo(1);
            assertThat(match.item()).isEqualTo("SEME1");
        });
    }

    @Test
    void an_entry_that_we_do_not_have_shows_itself_and_nothing_of_ours() {
        var sides = of("feed = 'CUSTODIAN_CASH' and break_class = 'MISSING_OURS'");
        assertThat(sides.ours()).isEmpty();
        assertThat(sides.matches()).isEmpty();
        assertThat(sides.theirs())
                .singleElement()
                .satisfies(
                        line -> assertThat(line.text()).contains("C7,00", "X9").doesNotContain("SEME1"));
    }

    @Test
    void a_holding_shows_both_positions() {
        var sides = of("feed = 'CUSTODIAN_POSITION'");
        assertThat(sides.ours()).anySatisfy(ours -> {
            assertThat(ours.kind()).isEqualTo("SETTLED_POSITION");
            assertThat(ours.id()).isEqualTo("GEQ1 GB00BH4HKS39");
        });
        assertThat(sides.theirs())
                .singleElement()
                .satisfies(line -> assertThat(line.text()).contains("GB00BH4HKS39", "UNIT/1503,"));
    }

    @Test
    void a_file_that_is_no_statement_shows_that_it_has_no_page_to_show() {
        var sides = of("feed = 'STATEMENT' and break_class = 'FILE_UNREADABLE'");
        assertThat(sides.ours()).isEmpty();
        assertThat(sides.theirs()).singleElement().satisfies(line -> {
            assertThat(line.fileName()).isEqualTo("letter.txt");
            assertThat(line.line()).isNull();
        });
    }
}
