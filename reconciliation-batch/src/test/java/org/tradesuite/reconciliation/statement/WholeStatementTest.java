package org.tradesuite.reconciliation.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.reconciliation.swift.FinText.cash;
import static org.tradesuite.reconciliation.swift.FinText.holdings;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WholeStatementTest {

    private static final String VOD = "GB00BH4HKS39 UNIT/100,";
    private static final String AAPL = "US0378331005 UNIT/7,5";

    @Test
    void holdings_over_two_pages_are_one_statement_whatever_order_they_came_in() {
        var pages = pages(
                holdings("SAFE1", "20261124", "2/LAST", List.of(AAPL)),
                holdings("SAFE1", "20261124", "1/MORE", List.of(VOD)));
        var statement = assemble(pages).getFirst();
        assertThat(statement.refused()).isNull();
        assertThat(statement.key().date()).isEqualTo(LocalDate.of(2026, 11, 24));
        assertThat(statement.pages()).extracting(KeptPage::number).containsExactly(1, 2);
        assertThat(statement.lines()).isEqualTo(2);
        Collections.reverse(pages);
        assertThat(assemble(pages).getFirst().contentKey()).isEqualTo(statement.contentKey());
    }

    @ParameterizedTest
    @CsvSource({
        "1/MORE, 3/LAST, Page 2 is missing",
        "2/MORE, 3/LAST, Page 1 is missing",
        "1/MORE, 2/MORE, page 3 is missing",
        "1/ONLY, 2/LAST, says it is the last",
    })
    void a_missing_page_is_named(String first, String second, String words) {
        var statement = assemble(pages(
                        holdings("SAFE1", "20261124", first, List.of(VOD)),
                        holdings("SAFE1", "20261124", second, List.of(AAPL))))
                .getFirst();
        refused(statement, Refusal.STATEMENT_GAP, words);
    }

    @Test
    void available_and_not_available_must_be_the_aggregate() {
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
    void cash_over_two_pages_adds_up_and_chains() {
        var statement = assemble(pages(
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
        assertThat(statement.lines()).isEqualTo(2);
    }

    @Test
    void an_overdrawn_balance_and_reversals_have_their_sign() {
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
    void a_wrong_closing_balance_is_found() {
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
    void a_page_that_does_not_go_on_from_the_one_before_is_found() {
        var statement = assemble(pages(
                        cash("GEQ1GBP01", "1/1", "60F:C261124GBP1000,00", List.of(), "62M:C261124GBP1000,00"),
                        cash("GEQ1GBP01", "1/2", "60M:C261124GBP999,00", List.of(), "62F:C261124GBP999,00")))
                .getFirst();
        refused(statement, Refusal.STATEMENT_NOT_FOOTING, "the page before closed with 1000.00");
    }

    @Test
    void the_same_statement_twice_is_noticed_although_its_references_differ() {
        var once = holdings("SAFE1", "20261124", "1/ONLY", List.of(VOD));
        var again = once.replace("SEME//HSAFE11", "SEME//OTHER");
        var statement = assemble(pages(once, again)).getFirst();
        assertThat(statement.refused()).isNull();
        assertThat(statement.repeatedAsAWhole()).isTrue();
        assertThat(statement.pages()).hasSize(1);
    }

    @Test
    void one_page_twice_with_different_words_is_refused() {
        var once = holdings("SAFE1", "20261124", "1/ONLY", List.of(VOD));
        refused(
                assemble(pages(once, once.replace("/100,", "/101,"))).getFirst(),
                Refusal.STATEMENT_NOT_FOOTING,
                "came twice");
    }

    @Test
    void a_page_that_came_earlier_completes_the_statement() {
        var first = pages(holdings("SAFE1", "20261124", "1/MORE", List.of(VOD)));
        var late = pages(holdings("SAFE1", "20261124", "2/LAST", List.of(AAPL)));
        assertThat(WholeStatement.assemble(late, key -> first).getFirst().refused())
                .isNull();
        refused(WholeStatement.assemble(late, key -> List.of()).getFirst(), Refusal.STATEMENT_GAP, "Page 1 is missing");
    }

    @Test
    void a_value_date_decades_away_is_impossible() {
        var statement = only(cash(
                "GEQ1GBP01",
                "1/1",
                "60F:C261124GBP1000,00",
                List.of("9911241124D250,00NSECSEME1//X1"),
                "62F:C261124GBP750,00"));
        refused(statement, Refusal.IMPOSSIBLE_DATE, "2099-11-24");
    }

    @Test
    void sub_balances_are_not_more_than_the_part_they_belong_to() {
        var text = """
            GB00BH4HKS39 UNIT/100,
            :93B::AVAI//UNIT/60,
            :93B::NAVL//UNIT/40,
            :16R:SUBBAL
            :93C::BLOK//UNIT/NAVL/%s,
            :16S:SUBBAL\
            """;
        assertThat(only(holdings("SAFE1", "20261124", "1/ONLY", List.of(text.formatted("40"))))
                        .refused())
                .isNull();
        refused(
                only(holdings("SAFE1", "20261124", "1/ONLY", List.of(text.formatted("41")))),
                Refusal.STATEMENT_NOT_FOOTING,
                "more than the 40");
    }

    @Test
    void parts_of_a_holding_are_among_what_a_statement_says_in_whatever_order() {
        var blocked = ":16R:SUBBAL\n:93C::BLOK//UNIT/AVAI/60,\n:16S:SUBBAL";
        var lent = ":16R:SUBBAL\n:93C::LOAN//UNIT/AVAI/40,\n:16S:SUBBAL";
        var said = contentKey(VOD + "\n" + blocked + "\n" + lent);
        assertThat(contentKey(VOD + "\n" + lent + "\n" + blocked)).isEqualTo(said);
        assertThat(contentKey(VOD + "\n" + blocked + "\n" + lent.replace("LOAN", "PLED")))
                .isNotEqualTo(said);
        assertThat(contentKey(VOD)).isNotEqualTo(said);
    }

    @Test
    void a_statement_of_changes_is_another_than_one_of_all() {
        var all = holdings("SAFE1", "20261124", "1/ONLY", List.of(VOD));
        assertThat(only(all.replace("CODE//COMP", "CODE//DELT")).contentKey())
                .isNotEqualTo(only(all).contentKey());
    }

    private static String contentKey(String holding) {
        return only(holdings("SAFE1", "20261124", "1/ONLY", List.of(holding))).contentKey();
    }

    private static List<WholeStatement> assemble(List<KeptPage> pages) {
        return WholeStatement.assemble(pages, key -> List.of());
    }

    private static WholeStatement only(String text) {
        return assemble(pages(text)).getFirst();
    }

    private static void refused(WholeStatement statement, Refusal refusal, String words) {
        var verdict = Objects.requireNonNull(statement.refused());
        assertThat(verdict.refusal()).isEqualTo(refusal);
        assertThat(verdict.reason()).contains(words);
    }

    private static List<KeptPage> pages(String... texts) {
        var pages = new ArrayList<KeptPage>();
        for (var text : texts) {
            var read = ReadPages.ofFin(text);
            assertThat(read.unread).isEmpty();
            pages.addAll(read.pages);
        }
        return pages;
    }
}
