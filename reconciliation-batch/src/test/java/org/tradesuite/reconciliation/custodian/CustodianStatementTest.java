package org.tradesuite.reconciliation.custodian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tradesuite.reconciliation.custodian.FinText.cash;
import static org.tradesuite.reconciliation.custodian.FinText.holdings;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradesuite.reconciliation.custodian.FinMessage.Unreadable;
import org.tradesuite.reconciliation.statement.Refusal;

class CustodianStatementTest {

    private static final String VOD = "GB00BH4HKS39 UNIT/100,";
    private static final String AAPL = "US0378331005 UNIT/7,5";

    @Test
    void holdings_over_two_pages_are_one_statement_whatever_order_they_came_in() throws Unreadable {
        var pages = pages(
                holdings("SAFE1", "20261124", "2/LAST", List.of(AAPL)),
                holdings("SAFE1", "20261124", "1/MORE", List.of(VOD)));
        var statement = CustodianStatement.assemble(pages).getFirst();
        assertThat(statement.refused()).isNull();
        assertThat(statement.key().date()).isEqualTo(LocalDate.of(2026, 11, 24));
        assertThat(statement.holdings())
                .containsEntry("GB00BH4HKS39", new BigDecimal("100"))
                .containsEntry("US0378331005", new BigDecimal("7.5"));
        Collections.reverse(pages);
        assertThat(CustodianStatement.assemble(pages).getFirst().holdings()).isEqualTo(statement.holdings());
    }

    @Test
    void a_negative_holding_carries_an_n() throws Unreadable {
        var statement = only(holdings("SAFE1", "20261124", "1/ONLY", List.of("GB00BH4HKS39 UNIT/N5,")));
        assertThat(statement.holdings()).containsEntry("GB00BH4HKS39", new BigDecimal("-5"));
    }

    @ParameterizedTest
    @CsvSource({
        "1/MORE, 3/LAST, Page 2 is missing",
        "2/MORE, 3/LAST, Page 1 is missing",
        "1/MORE, 2/MORE, page 3 is missing",
        "1/ONLY, 2/LAST, says it is the last",
    })
    void a_missing_page_is_named(String first, String second, String words) throws Unreadable {
        var statement = CustodianStatement.assemble(pages(
                        holdings("SAFE1", "20261124", first, List.of(VOD)),
                        holdings("SAFE1", "20261124", second, List.of(AAPL))))
                .getFirst();
        refused(statement, Refusal.STATEMENT_GAP, words);
    }

    @Test
    void available_and_not_available_must_be_the_aggregate() throws Unreadable {
        var parts = "GB00BH4HKS39 UNIT/100,\n:93B::AVAI//UNIT/60,\n:93B::NAVL//UNIT/30,";
        refused(
                only(holdings("SAFE1", "20261124", "1/ONLY", List.of(parts))),
                Refusal.STATEMENT_NOT_FOOTING,
                "90 together");
        var whole = parts.replace("/30,", "/40,");
        assertThat(only(holdings("SAFE1", "20261124", "1/ONLY", List.of(whole))).refused())
                .isNull();
    }

    @Test
    void cash_over_two_pages_adds_up_and_chains() throws Unreadable {
        var statement = CustodianStatement.assemble(pages(
                        cash(
                                "GEQ1GBP01",
                                "1/1",
                                "60F:C261124GBP1000,00",
                                List.of("2611241124D250,50NSECSEME1//X1"),
                                "62M:C261124GBP749,50"),
                        cash(
                                "GEQ1GBP01",
                                "1/2",
                                "60M:C261124GBP749,50",
                                List.of("2611241124C0,5NSECSEME2//X2"),
                                "62F:C261124GBP750,00")))
                .getFirst();
        assertThat(statement.refused()).isNull();
        assertThat(statement.opening()).isEqualByComparingTo("1000");
        assertThat(statement.closing()).isEqualByComparingTo("750");
        assertThat(statement.entries())
                .extracting(Page.Entry::amount)
                .map(BigDecimal::toPlainString)
                .containsExactly("-250.50", "0.5");
        assertThat(statement.entries()).extracting(Page.Entry::reference).containsExactly("SEME1", "SEME2");
    }

    @Test
    void an_overdrawn_balance_and_reversals_have_their_sign() throws Unreadable {
        var statement = only(cash(
                "GEQ1GBP01",
                "1/1",
                "60F:D261124GBP10,00",
                List.of("2611241124RD4,00NSECSEME1//X1", "2611241124RC1,00NSECSEME2//X2"),
                "62F:D261124GBP7,00"));
        assertThat(statement.refused()).isNull();
        assertThat(statement.opening()).isEqualByComparingTo("-10");
    }

    @Test
    void a_wrong_closing_balance_is_found() throws Unreadable {
        refused(
                only(cash(
                        "GEQ1GBP01",
                        "1/1",
                        "60F:C261124GBP1000,00",
                        List.of("2611241124D250,00NSECSEME1//X1"),
                        "62F:C261124GBP751,00")),
                Refusal.STATEMENT_NOT_FOOTING,
                "come to 750.00, the closing balance is 751.00");
    }

    @Test
    void a_page_that_does_not_go_on_from_the_one_before_is_found() throws Unreadable {
        var statement = CustodianStatement.assemble(pages(
                        cash("GEQ1GBP01", "1/1", "60F:C261124GBP1000,00", List.of(), "62M:C261124GBP1000,00"),
                        cash("GEQ1GBP01", "1/2", "60M:C261124GBP999,00", List.of(), "62F:C261124GBP999,00")))
                .getFirst();
        refused(statement, Refusal.STATEMENT_NOT_FOOTING, "the page before closed with 1000.00");
    }

    @Test
    void the_same_statement_twice_is_noticed_although_its_references_differ() throws Unreadable {
        var once = holdings("SAFE1", "20261124", "1/ONLY", List.of(VOD));
        var again = once.replace("SEME//HSAFE11", "SEME//OTHER");
        var statement = CustodianStatement.assemble(pages(once, again)).getFirst();
        assertThat(statement.refused()).isNull();
        assertThat(statement.repeated()).isTrue();
    }

    @Test
    void one_page_twice_with_different_words_is_refused() throws Unreadable {
        var once = holdings("SAFE1", "20261124", "1/ONLY", List.of(VOD));
        refused(
                CustodianStatement.assemble(pages(once, once.replace("/100,", "/101,")))
                        .getFirst(),
                Refusal.STATEMENT_NOT_FOOTING,
                "came twice");
    }

    @Test
    void a_message_cut_off_anywhere_is_refused() {
        for (var whole : List.of(
                holdings("SAFE1", "20261124", "1/ONLY", List.of(VOD, AAPL)),
                cash(
                        "GEQ1GBP01",
                        "1/1",
                        "60F:C261124GBP1000,00",
                        List.of("2611241124D250,00NSECSEME1//X1"),
                        "62F:C261124GBP750,00"))) {
            for (var length = 1; length < whole.length(); length++) {
                var cut = whole.substring(0, length);
                assertThatThrownBy(() -> FinMessage.read(cut)).as(cut).isInstanceOf(Unreadable.class);
            }
        }
    }

    @Test
    void a_sequence_that_lost_its_end_is_refused() {
        var text = holdings("SAFE1", "20261124", "1/ONLY", List.of(VOD)).replace(":16S:FIN\n", "");
        assertThatThrownBy(() -> FinMessage.read(text)).hasMessageContaining("lines are missing");
    }

    @ParameterizedTest
    @CsvSource({
        "':28E:1/ONLY', ':28E:1', Page (28E)",
        "':97A::SAFE//SAFE1\n', '', safekeeping account",
        "'STAT//20261124', 'STAT//20261131', not a date",
        "'GB00BH4HKS39', 'GB00BH4HKS38', check digit",
        "'AGGR//UNIT/100,', 'AGGR//100', not a type and a quantity",
        "':93B::AGGR//UNIT/100,\n', '', no aggregate balance",
    })
    void a_field_that_is_wrong_or_missing_is_named(String right, String wrong, String words) {
        var text = holdings("SAFE1", "20261124", "1/ONLY", List.of(VOD)).replace(right, wrong);
        assertThatThrownBy(() -> PageReader.read(FinMessage.read(text)))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining(words);
    }

    @Test
    void a_file_may_hold_several_messages_with_or_without_a_dollar_between_them() {
        var one = holdings("SAFE1", "20261124", "1/ONLY", List.of(VOD));
        assertThat(FinMessage.split(one + "$\n" + one + "\n" + one)).containsExactly(one, one, one);
    }

    private static CustodianStatement only(String text) throws Unreadable {
        return CustodianStatement.assemble(pages(text)).getFirst();
    }

    private static void refused(CustodianStatement statement, Refusal refusal, String words) {
        var verdict = Objects.requireNonNull(statement.refused());
        assertThat(verdict.refusal()).isEqualTo(refusal);
        assertThat(verdict.reason()).contains(words);
    }

    private static List<Page> pages(String... texts) throws Unreadable {
        var pages = new ArrayList<Page>();
        for (var text : Arrays.asList(texts)) {
            pages.add(PageReader.read(FinMessage.read(text)));
        }
        return pages;
    }
}
