package org.tradesuite.execution.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.execution.reference.SampleDesk.ACCOUNT;
import static org.tradesuite.execution.reference.SampleDesk.MONDAY_23_NOVEMBER_2026;
import static org.tradesuite.execution.reference.SampleDesk.TEN;
import static org.tradesuite.execution.reference.SampleDesk.VOD;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradesuite.execution.marketdata.MarketData;
import org.tradesuite.execution.marketdata.Quote;
import org.tradesuite.execution.position.Book;
import org.tradesuite.execution.position.PendingOrder;
import org.tradesuite.execution.reference.EasyToBorrow;
import org.tradesuite.execution.reference.Locate;
import org.tradesuite.execution.reference.Permission;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.execution.reference.Rulebook;
import org.tradesuite.execution.reference.SampleDesk;
import org.tradesuite.execution.reference.ShortSaleRestriction;
import org.tradesuite.execution.reference.Validity;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** Vodafone, quoted 0.99 to 1.01, in an account that is a margin account unless a test says otherwise. */
class ShortSaleRulesTest {

    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");
    private static final Instant ELEVEN = Instant.parse("2026-11-23T11:00:00Z");

    private final MarketData market = new MarketData();
    private final Book book = new Book();
    private final List<Locate> locates = new ArrayList<>();
    private final List<EasyToBorrow> easyToBorrow = new ArrayList<>();
    private final List<ShortSaleRestriction> restrictions = new ArrayList<>();
    private boolean onMargin = true;

    @BeforeEach
    void a_quote() {
        market.quote(VOD, new Quote(Price.of("0.99"), Price.of("1.01"), TEN));
    }

    @ParameterizedTest
    @CsvSource({
        "5000, 0, 5000, 0,",
        "5000, 0, 5001, 0, LOCATE_MISSING",
        "5000, 0, 5001, 1,",
        "5000, 0, 5002, 1, LOCATE_EXCEEDED",
        "5000, 4000, 1000, 0,",
        "5000, 4000, 1001, 0, LOCATE_MISSING",
        "0, 0, 100, 100,",
        "0, 0, 101, 100, LOCATE_EXCEEDED",
        "0, 40, 60, 100,",
        "0, 40, 61, 100, LOCATE_EXCEEDED",
        "-70, 0, 30, 100,",
        "-70, 0, 31, 100, LOCATE_EXCEEDED",
        "-70, 20, 10, 100,",
        "-70, 20, 11, 100, LOCATE_EXCEEDED"
    })
    void a_short_sale_needs_a_locate_for_all_that_would_be_short(
            String held, String working, String quantity, String located, @Nullable RefusalCode code) {
        hold(held);
        pend(Side.SELL, working);
        locate(ACCOUNT, MONDAY_23_NOVEMBER_2026, located);

        expect("LOCATE", sell(quantity, "1.00"), code);
        expect("SHORT_SALE", sell(quantity, "1.00"), null);
    }

    @Test
    void locates_of_several_lenders_add_up() {
        locate(ACCOUNT, MONDAY_23_NOVEMBER_2026, "60");
        locate(ACCOUNT, MONDAY_23_NOVEMBER_2026, "40");

        expect("LOCATE", sell("100", "1.00"), null);
        expect("LOCATE", sell("101", "1.00"), RefusalCode.LOCATE_EXCEEDED);
    }

    @Test
    void a_locate_of_another_day_or_another_account_is_none() {
        locate(ACCOUNT, LocalDate.of(2026, 11, 20), "1000");
        locate(AccountId.of("GEQ2"), MONDAY_23_NOVEMBER_2026, "1000");

        expect("LOCATE", sell("1", "1.00"), RefusalCode.LOCATE_MISSING);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T08:59:59.999999Z, LOCATE_MISSING",
        "2026-11-23T09:00:00Z,",
        "2026-11-23T10:59:59.999999Z,",
        "2026-11-23T11:00:00Z, LOCATE_MISSING"
    })
    void what_is_easy_to_borrow_needs_no_locate(Instant at, @Nullable RefusalCode code) {
        easyToBorrow.add(new EasyToBorrow(VOD, new Validity(NINE, ELEVEN), "Alfa"));

        expect("LOCATE", sell("1000000", "1.00", at, null), code);
    }

    @Test
    void an_amended_sale_is_not_counted_twice() {
        pend(Side.SELL, "100");
        locate(ACCOUNT, MONDAY_23_NOVEMBER_2026, "100");

        expect("LOCATE", sell("100", "1.00", TEN, "W"), null);
        expect("LOCATE", sell("101", "1.00", TEN, "W"), RefusalCode.LOCATE_EXCEEDED);
        expect("LOCATE", sell("1", "1.00"), RefusalCode.LOCATE_EXCEEDED);
    }

    @Test
    void a_cash_account_sells_nothing_short_whatever_can_be_borrowed() {
        onMargin = false;
        easyToBorrow.add(new EasyToBorrow(VOD, new Validity(NINE, null), "Alfa"));

        expect("SHORT_SALE", sell("1", "1.00"), RefusalCode.SHORT_SALE);
        expect("LOCATE", sell("1", "1.00"), null);
    }

    @Test
    void a_buy_needs_no_locate_also_of_what_is_short() {
        hold("-1000");

        expect("LOCATE", buy("500"), null);
        expect("SHORT_SALE_RESTRICTION", buy("500"), null);
    }

    @ParameterizedTest
    @CsvSource({
        "1.00, 2026-11-23T10:00:00Z,",
        "0.99, 2026-11-23T10:00:00Z, SHORT_SALE_RESTRICTED",
        "0.98, 2026-11-23T10:00:00Z, SHORT_SALE_RESTRICTED",
        ", 2026-11-23T10:00:00Z, SHORT_SALE_RESTRICTED",
        "0.98, 2026-11-23T11:00:00Z,",
        "1.00, 2026-11-23T10:01:00Z,",
        "1.00, 2026-11-23T10:01:00.000001Z, MARKET_PRICE_MISSING"
    })
    void while_short_sales_are_restricted_they_are_above_the_best_bid(
            @Nullable String price, Instant at, @Nullable RefusalCode code) {
        restrictions.add(new ShortSaleRestriction(VOD, new Validity(NINE, ELEVEN), "Fell ten percent."));

        expect("SHORT_SALE_RESTRICTION", sell("1", price, at, null), code);
    }

    @Test
    void a_sale_of_what_is_held_is_no_short_sale_and_not_restricted() {
        hold("100");
        restrictions.add(new ShortSaleRestriction(VOD, new Validity(NINE, null), "Fell ten percent."));

        expect("SHORT_SALE_RESTRICTION", sell("100", null), null);
        expect("SHORT_SALE_RESTRICTION", sell("101", null), RefusalCode.SHORT_SALE_RESTRICTED);
    }

    private void hold(String quantity) {
        book.openPosition(ACCOUNT, VOD, Currency.GBP, new BigDecimal(quantity), Price.of("0.90"));
    }

    private void pend(Side side, String quantity) {
        book.pend(new PendingOrder("W", ACCOUNT, VOD, Currency.GBP, side, Quantity.of(quantity), Price.of("1.00")));
    }

    private void locate(AccountId account, LocalDate date, String quantity) {
        locates.add(new Locate(account, VOD, date, Quantity.of(quantity), "Alfa", "L" + locates.size()));
    }

    private static Proposal buy(String quantity) {
        return new Proposal(
                ACCOUNT, "VALUE", "apatel", VOD, Side.BUY, Quantity.of(quantity), Price.of("1.00"), TEN, null, null);
    }

    private static Proposal sell(String quantity, @Nullable String price) {
        return sell(quantity, price, TEN, null);
    }

    private static Proposal sell(String quantity, @Nullable String price, Instant at, @Nullable String replaces) {
        return new Proposal(
                ACCOUNT,
                "VALUE",
                "apatel",
                VOD,
                Side.SELL,
                Quantity.of(quantity),
                price == null ? null : Price.of(price),
                at,
                null,
                replaces);
    }

    private ReferenceData reference() {
        return SampleDesk.withRulebook(
                new Rulebook(
                        List.of(),
                        List.of(Permission.ofEverything("A small desk.")),
                        locates,
                        easyToBorrow,
                        restrictions,
                        List.of(),
                        List.of()),
                account -> onMargin ? SampleDesk.onMargin(account) : account);
    }

    private void expect(String rule, Proposal proposal, @Nullable RefusalCode code) {
        var check =
                PreTrade.assess(proposal, RiskRoom.situation(reference(), market, book, new Activity()))
                        .checks()
                        .stream()
                        .filter(each -> each.rule().equals(rule))
                        .findFirst()
                        .orElseThrow();
        assertThat(check.code()).as(check.detail()).isEqualTo(code);
        assertThat(check.verdict() == Verdict.BLOCK).as(check.detail()).isEqualTo(code != null);
    }
}
