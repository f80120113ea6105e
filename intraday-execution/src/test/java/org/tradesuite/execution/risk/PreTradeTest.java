package org.tradesuite.execution.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.execution.reference.SampleDesk.ACCOUNT;
import static org.tradesuite.execution.reference.SampleDesk.BITCOIN;
import static org.tradesuite.execution.reference.SampleDesk.TEN;
import static org.tradesuite.execution.reference.SampleDesk.TOYOTA;
import static org.tradesuite.execution.reference.SampleDesk.VOD;
import static org.tradesuite.execution.risk.RefusalCode.*;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tradesuite.execution.marketdata.MarketData;
import org.tradesuite.execution.marketdata.Print;
import org.tradesuite.execution.marketdata.Quote;
import org.tradesuite.execution.position.Book;
import org.tradesuite.execution.position.PendingOrder;
import org.tradesuite.execution.reference.LimitKind;
import org.tradesuite.execution.reference.LimitScope;
import org.tradesuite.execution.reference.ReferenceContent;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.execution.reference.SampleDesk;
import org.tradesuite.execution.reference.TradingStatus;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Money;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** Vodafone: last close and mid 1.00, quoted 0.99 to 1.01, ADV 1,000,000; the pound is worth 1.25 dollars. */
class PreTradeTest {

    private ReferenceData reference = SampleDesk.reference();
    private final MarketData market = new MarketData();
    private final Book book = new Book();
    private final Activity activity = new Activity();
    private final MessageRates rates = new MessageRates();

    @BeforeEach
    void a_quote_and_some_cash() {
        market.quote(VOD, new Quote(Price.of("0.99"), Price.of("1.01"), TEN));
        market.quote(BITCOIN, new Quote(Price.of("799"), Price.of("801"), TEN));
        book.openCash(ACCOUNT, Money.of("GBP 1000000.00"));
        book.openCash(ACCOUNT, Money.of("USD 1000000.00"));
        book.openPosition(ACCOUNT, VOD, Currency.GBP, new BigDecimal("5000"), Price.of("0.90"));
    }

    @Test
    void an_order_in_order_passes_every_rule_and_every_answer_is_kept() {
        var assessment = assess(buy("1000", "1.00"));

        assertThat(assessment.isRefused()).isFalse();
        assertThat(assessment.codes()).isEmpty();
        assertThat(assessment.checks()).extracting(Check::rule).isEqualTo(PreTrade.rules());
        assertThat(assessment.checks()).hasSizeGreaterThan(30).allSatisfy(check -> {
            assertThat(check.verdict()).isEqualTo(Verdict.PASS);
            assertThat(check.version()).isPositive();
        });
    }

    @Test
    void all_failures_are_told_at_once() {
        var proposal = proposal(VOD, Side.BUY, "2000000.5", "9.005", TEN);

        assertThat(assess(proposal).codes())
                .contains(
                        QUANTITY_TOO_PRECISE,
                        PRICE_OFF_TICK,
                        ORDER_QUANTITY_EXCEEDED,
                        ORDER_NOTIONAL_EXCEEDED,
                        ADV_SHARE_EXCEEDED,
                        PRICE_OUTSIDE_COLLAR,
                        POSITION_LIMIT_EXCEEDED,
                        GROSS_EXPOSURE_EXCEEDED,
                        CASH_INSUFFICIENT);
    }

    @Test
    void with_nothing_known_every_rule_that_needs_something_refuses() {
        reference = ReferenceData.of(SampleDesk.MONDAY_23_NOVEMBER_2026, ReferenceContent.empty());

        var assessment = assess(buy("1000", "1.00"));

        assertThat(assessment.codes())
                .containsExactly(INSTRUMENT_UNKNOWN, ACCOUNT_UNKNOWN, STRATEGY_UNKNOWN, TRADER_UNKNOWN);
        assertThat(assessment.checks())
                // Whether somebody has stopped it, or its market, needs nothing.
                .filteredOn(check ->
                        !List.of("TRADING_STATE", "MARKET_HALT", "PRICE_BAND").contains(check.rule()))
                .allSatisfy(
                        check -> assertThat(check.verdict()).as(check.rule()).isEqualTo(Verdict.BLOCK));
    }

    @ParameterizedTest
    @CsvSource({"ACTIVE,", "HALTED, INSTRUMENT_HALTED", "SUSPENDED, INSTRUMENT_SUSPENDED"})
    void only_an_active_instrument_is_traded(TradingStatus status, @Nullable RefusalCode code) {
        reference = SampleDesk.withInstruments(each -> SampleDesk.status(each, status));

        expect("INSTRUMENT_STATE", buy("1000", "1.00"), code);
    }

    @ParameterizedTest
    @CsvSource({"GEQ1,", "OLD1, ACCOUNT_NOT_ACTIVE", "NONE, ACCOUNT_UNKNOWN"})
    void only_an_active_account_trades(String account, @Nullable RefusalCode code) {
        var proposal = new Proposal(
                AccountId.of(account),
                "VALUE",
                "apatel",
                VOD,
                Side.BUY,
                Quantity.of(1),
                Price.of("1.00"),
                TEN,
                null,
                null);

        expect("ACCOUNT_PERMISSION", proposal, code);
    }

    @ParameterizedTest
    @CsvSource({
        "STRATEGY_PERMISSION, VALUE, apatel,",
        "STRATEGY_PERMISSION, HUNCH, apatel, STRATEGY_UNKNOWN",
        "TRADER_PERMISSION, VALUE, apatel,",
        "TRADER_PERMISSION, VALUE, nobody, TRADER_UNKNOWN"
    })
    void strategy_and_trader_must_be_on_file(String rule, String strategy, String trader, @Nullable RefusalCode code) {
        var proposal = new Proposal(
                ACCOUNT, strategy, trader, VOD, Side.BUY, Quantity.of(1), Price.of("1.00"), TEN, null, null);

        expect(rule, proposal, code);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T08:00:00Z, ,",
        "2026-11-23T07:59:59Z, , MARKET_CLOSED",
        "2026-11-23T16:30:00Z, , MARKET_CLOSED",
        "2026-11-23T07:00:00Z, 2026-11-23T08:00:00Z,",
        "2026-11-23T10:00:00Z, 2026-11-23T16:30:00Z, MARKET_CLOSED",
        "2026-11-23T10:00:00Z, 2026-11-23T07:00:00Z,",
        "2026-11-21T10:00:00Z, , MARKET_CLOSED"
    })
    void the_market_must_be_open_when_work_begins(Instant at, @Nullable Instant start, @Nullable RefusalCode code) {
        var proposal = new Proposal(
                ACCOUNT, "VALUE", "apatel", VOD, Side.BUY, Quantity.of(1), Price.of("1.00"), at, start, null);

        expect("MARKET_SESSION", proposal, code);
    }

    @Test
    void a_market_without_sessions_on_file_is_not_taken_for_open() {
        reference = SampleDesk.withInstruments(each -> each);
        var content = SampleDesk.content();
        reference = ReferenceData.of(
                SampleDesk.MONDAY_23_NOVEMBER_2026,
                new ReferenceContent(
                        content.instruments(),
                        content.accounts(),
                        content.cashAccounts(),
                        content.brokers(),
                        content.brokerRates(),
                        java.util.List.of(),
                        content.settlementCycles(),
                        content.calendarOverrides(),
                        java.util.List.of(),
                        content.strategies(),
                        content.traders(),
                        content.firm(),
                        content.limits(),
                        content.openingPositions(),
                        content.openingCash(),
                        content.volumeProfiles(),
                        content.rulebook()));

        expect("MARKET_SESSION", buy("1000", "1.00"), SESSIONS_MISSING);
        expect("MAX_ORDER_NOTIONAL", buy("1000", "1.00"), FX_RATE_MISSING);
        expect("POSITION_LIMIT", buy("1000", "1.00"), FX_RATE_MISSING);
        expect("GROSS_EXPOSURE", buy("1000", "1.00"), PRICE_MISSING);
    }

    @ParameterizedTest
    @CsvSource({
        "VOD.XLON, 1,",
        "VOD.XLON, 0, QUANTITY_ZERO",
        "VOD.XLON, 1.5, QUANTITY_TOO_PRECISE",
        "7203.XTKS, 100,",
        "7203.XTKS, 150, QUANTITY_OFF_LOT",
        "BTC/USD.XBTS, 0.00000001,",
        "BTC/USD.XBTS, 0.000000001, QUANTITY_TOO_PRECISE"
    })
    void a_quantity_is_whole_lots_and_not_too_precise(String instrument, String quantity, @Nullable RefusalCode code) {
        expect("QUANTITY_FORM", proposal(InstrumentId.of(instrument), Side.BUY, quantity, null, TEN), code);
    }

    @ParameterizedTest
    @CsvSource({
        "VOD.XLON, 1.01,",
        "VOD.XLON, 1.015, PRICE_OFF_TICK",
        "VOD.XLON, 0, PRICE_NOT_POSITIVE",
        "VOD.XLON, -1, PRICE_NOT_POSITIVE",
        "7203.XTKS, 2840,",
        "7203.XTKS, 2840.5, PRICE_OFF_TICK",
        "VOD.XLON, ,"
    })
    void a_limit_price_is_above_zero_and_on_the_tick(
            String instrument, @Nullable String price, @Nullable RefusalCode code) {
        expect("PRICE_TICK", proposal(InstrumentId.of(instrument), Side.BUY, "100", price, TEN), code);
    }

    @ParameterizedTest
    @CsvSource({"80000, PASS", "80001, WARN", "100000, WARN", "100001, BLOCK"})
    void the_largest_quantity_is_allowed_and_one_more_is_not(String quantity, Verdict verdict) {
        var check = check("MAX_ORDER_QUANTITY", buy(quantity, "1.00"));

        assertThat(check.verdict()).isEqualTo(verdict);
        assertThat(check.measured()).isEqualByComparingTo(quantity);
        assertThat(check.limit()).isEqualByComparingTo("100000");
    }

    @ParameterizedTest
    @CsvSource({
        "BUY,  100000, 1.00, PASS_OR_WARN, 125000.00",
        "BUY,  100001, 1.00, BLOCK,        125001.25",
        "BUY,  50000,  2.00, PASS_OR_WARN, 125000.00",
        "SELL, 100001, 0.50, BLOCK,        125001.25",
        "BUY,  99000,  ,     PASS_OR_WARN, 124987.50",
        "BUY,  99010,  ,     BLOCK,        125000.13",
        "SELL, 101011, ,     BLOCK,        125001.12"
    })
    void notional_is_measured_in_the_limits_currency_and_a_market_order_at_the_far_touch(
            Side side, String quantity, @Nullable String price, String verdict, String measured) {
        var check = check("MAX_ORDER_NOTIONAL", proposal(VOD, side, quantity, price, TEN));

        assertThat(check.measured()).isEqualByComparingTo(measured);
        assertThat(check.unit()).isEqualTo("USD");
        assertThat(check.verdict() == Verdict.BLOCK).isEqualTo("BLOCK".equals(verdict));
    }

    @Test
    void a_market_order_is_priced_at_the_last_close_when_the_market_is_silent_and_refused_without_one() {
        var later = TEN.plusSeconds(61);
        assertThat(check("MAX_ORDER_NOTIONAL", proposal(VOD, Side.BUY, "1000", null, later))
                        .measured())
                .isEqualByComparingTo("1250.00");

        reference = SampleDesk.withInstruments(SampleDesk::withoutReferencePrice);

        expect("MAX_ORDER_NOTIONAL", proposal(VOD, Side.BUY, "1000", null, later), PRICE_MISSING);
        expect("POSITION_LIMIT", proposal(VOD, Side.BUY, "1000", null, later), PRICE_MISSING);
        expect("BUYING_POWER", proposal(VOD, Side.BUY, "1000", null, later), PRICE_MISSING);
    }

    @ParameterizedTest
    @CsvSource({"100000,", "100001, ADV_SHARE_EXCEEDED"})
    void a_tenth_of_the_daily_volume_is_the_most(String quantity, @Nullable RefusalCode code) {
        expect("ADV_SHARE", buy(quantity, "1.00"), code);
    }

    @Test
    void without_a_daily_volume_no_share_of_it_is_small() {
        reference = SampleDesk.withInstruments(SampleDesk::withoutAdv);

        expect("ADV_SHARE", buy("1", "1.00"), ADV_MISSING);
    }

    @ParameterizedTest
    @CsvSource({
        "BUY,  1.05,",
        "BUY,  1.06, PRICE_OUTSIDE_COLLAR",
        "BUY,  0.10,",
        "SELL, 0.95,",
        "SELL, 0.94, PRICE_OUTSIDE_COLLAR",
        "SELL, 9.00,",
        "BUY,  ,"
    })
    void a_price_may_be_five_percent_on_the_wrong_side(Side side, @Nullable String price, @Nullable RefusalCode code) {
        expect("PRICE_COLLAR", proposal(VOD, side, "1000", price, TEN), code);
    }

    @Test
    void a_market_order_into_a_spread_wider_than_the_collar_is_refused() {
        market.quote(VOD, new Quote(Price.of("0.80"), Price.of("1.20"), TEN));

        expect("PRICE_COLLAR", proposal(VOD, Side.BUY, "1000", null, TEN), PRICE_OUTSIDE_COLLAR);
    }

    @ParameterizedTest
    @CsvSource({"60,", "61, MARKET_PRICE_MISSING"})
    void a_market_order_needs_a_price_that_is_young_enough(int seconds, @Nullable RefusalCode code) {
        expect("PRICE_COLLAR", proposal(VOD, Side.BUY, "1000", null, TEN.plusSeconds(seconds)), code);
    }

    @Test
    void a_limit_order_in_a_silent_market_is_held_against_the_last_close() {
        expect("PRICE_COLLAR", proposal(VOD, Side.BUY, "1000", "1.05", TEN.plusSeconds(61)), null);
        expect("PRICE_COLLAR", proposal(VOD, Side.BUY, "1000", "1.06", TEN.plusSeconds(61)), PRICE_OUTSIDE_COLLAR);

        reference = SampleDesk.withInstruments(SampleDesk::withoutReferencePrice);

        expect("PRICE_COLLAR", proposal(VOD, Side.BUY, "1000", "1.00", TEN.plusSeconds(61)), PRICE_MISSING);
    }

    @Test
    void a_younger_trade_is_the_markets_price() {
        market.trade(VOD, new Print(Price.of("1.10"), Quantity.of(1), TEN.plusSeconds(1)));

        expect("PRICE_COLLAR", proposal(VOD, Side.BUY, "1000", "1.15", TEN.plusSeconds(2)), null);
        expect("PRICE_COLLAR", proposal(VOD, Side.BUY, "1000", "1.16", TEN.plusSeconds(2)), PRICE_OUTSIDE_COLLAR);
    }

    @ParameterizedTest
    @CsvSource({"0, DUPLICATE_ORDER", "9999, DUPLICATE_ORDER", "10000,", "20000,"})
    void the_same_order_again_within_ten_seconds_is_a_repetition(long millis, @Nullable RefusalCode code) {
        activity.accepted(buy("1000", "1.00"));

        expect("DUPLICATE_ORDER", proposal(VOD, Side.BUY, "1000", "1.00", TEN.plusMillis(millis)), code);
    }

    @Test
    void another_price_quantity_or_side_is_another_order() {
        activity.accepted(buy("1000", "1.00"));

        expect("DUPLICATE_ORDER", buy("1000", "1.01"), null);
        expect("DUPLICATE_ORDER", buy("1001", "1.00"), null);
        expect("DUPLICATE_ORDER", proposal(VOD, Side.SELL, "1000", "1.00", TEN), null);
    }

    @ParameterizedTest
    @CsvSource({"2, 0,", "3, 0, MESSAGE_RATE_EXCEEDED", "3, 1000,", "3, 999, MESSAGE_RATE_EXCEEDED"})
    void three_messages_a_second_are_the_most(int sent, long millisLater, @Nullable RefusalCode code) {
        for (var message = 0; message < sent; message++) {
            rates.sent(MessageRates.Kind.NEW_ORDER, RiskRoom.order(reference), TEN);
        }

        expect("MESSAGE_RATE", proposal(VOD, Side.BUY, "1000", "1.00", TEN.plusMillis(millisLater)), code);
    }

    @ParameterizedTest
    @CsvSource({
        "BUY,  195000, 0,      WARN",
        "BUY,  195000, 1,      BLOCK",
        "BUY,  95000,  100000, WARN",
        "BUY,  95001,  100000, BLOCK",
        "SELL, 5000,   0,      PASS"
    })
    void held_and_working_and_new_together_stay_within_the_position_limit(
            Side side, String quantity, String working, Verdict verdict) {
        pend("W", Side.BUY, working);
        // 250,000 dollars are 200,000 Vodafone; 5,000 are held.
        assertThat(check("POSITION_LIMIT", proposal(VOD, side, quantity, "1.00", TEN))
                        .verdict())
                .isEqualTo(verdict);
    }

    @Test
    void a_position_over_its_limit_may_come_down_but_not_out_on_the_other_side() {
        book.openPosition(ACCOUNT, VOD, Currency.GBP, new BigDecimal("900000"), Price.of("1.00"));

        expect("POSITION_LIMIT", proposal(VOD, Side.SELL, "100000", "1.00", TEN), null);
        expect("POSITION_LIMIT", proposal(VOD, Side.SELL, "1800000", "1.00", TEN), POSITION_LIMIT_EXCEEDED);
        expect("POSITION_LIMIT", proposal(VOD, Side.BUY, "1", "1.00", TEN), POSITION_LIMIT_EXCEEDED);
    }

    @ParameterizedTest
    @CsvSource({"134999,", "135000,", "135001, GROSS_EXPOSURE_EXCEEDED"})
    void gross_exposure_counts_what_works(String quantity, @Nullable RefusalCode code) {
        // 300,000 dollars are 240,000 Vodafone at the mid of 1.00; 5,000 are held and 100,000 work.
        pend("W", Side.BUY, "100000");

        expect("GROSS_EXPOSURE", buy(quantity, "1.00"), code);
    }

    @Test
    void one_line_without_a_price_makes_the_exposure_unknown() {
        book.openPosition(ACCOUNT, InstrumentId.of("GONE.XLON"), Currency.GBP, BigDecimal.TEN, Price.of("1"));

        expect("GROSS_EXPOSURE", buy("1", "1.00"), PRICE_MISSING);
    }

    @Test
    void every_scope_holds_at_once_and_the_tightest_is_told() {
        reference = SampleDesk.withAlso(
                SampleDesk.limit(LimitScope.TRADER, "apatel", LimitKind.MAX_ORDER_QUANTITY, "10", null));

        var check = check("MAX_ORDER_QUANTITY", buy("11", "1.00"));

        assertThat(check.code()).isEqualTo(ORDER_QUANTITY_EXCEEDED);
        assertThat(check.limit()).isEqualByComparingTo("10");
        assertThat(check.detail()).contains("limit=TRADER:apatel");
        reference = SampleDesk.withAlso(
                SampleDesk.limit(LimitScope.TRADER, "other", LimitKind.MAX_ORDER_QUANTITY, "10", null));
        expect("MAX_ORDER_QUANTITY", buy("11", "1.00"), null);
    }

    @ParameterizedTest
    @CsvSource({
        "MAX_ORDER_QUANTITY, MAX_ORDER_QUANTITY, ORDER_QUANTITY_LIMIT_MISSING",
        "MAX_ORDER_NOTIONAL, MAX_ORDER_NOTIONAL, ORDER_NOTIONAL_LIMIT_MISSING",
        "MAX_ADV_SHARE_PERCENT, ADV_SHARE, ADV_SHARE_LIMIT_MISSING",
        "PRICE_COLLAR_PERCENT, PRICE_COLLAR, PRICE_COLLAR_MISSING",
        "MAX_QUOTE_AGE_SECONDS, PRICE_COLLAR, QUOTE_AGE_LIMIT_MISSING",
        "DUPLICATE_WINDOW_SECONDS, DUPLICATE_ORDER, DUPLICATE_WINDOW_MISSING",
        "MAX_MESSAGES_PER_SECOND, MESSAGE_RATE, MESSAGE_RATE_LIMIT_MISSING",
        "MAX_POSITION_NOTIONAL, POSITION_LIMIT, POSITION_LIMIT_MISSING",
        "MAX_GROSS_EXPOSURE, GROSS_EXPOSURE, GROSS_EXPOSURE_LIMIT_MISSING"
    })
    void a_missing_limit_refuses_the_order_and_is_named(LimitKind kind, String rule, RefusalCode code) {
        reference = SampleDesk.without(kind);

        expect(rule, buy("1000", "1.00"), code);
    }

    @ParameterizedTest
    @EnumSource(
            value = LimitKind.class,
            names = {
                "MAX_ORDER_QUANTITY",
                "MAX_ORDER_NOTIONAL",
                "MAX_ADV_SHARE_PERCENT",
                "PRICE_COLLAR_PERCENT",
                "MAX_QUOTE_AGE_SECONDS",
                "DUPLICATE_WINDOW_SECONDS",
                "MAX_MESSAGES_PER_SECOND",
                "MAX_POSITION_NOTIONAL",
                "MAX_GROSS_EXPOSURE"
            })
    void an_ended_limit_is_a_missing_limit(LimitKind kind) {
        var limits = SampleDesk.content().limits().stream()
                .map(limit -> limit.kind() != kind
                        ? limit
                        : new org.tradesuite.execution.reference.Limit(
                                limit.id(),
                                limit.scope(),
                                limit.scopeId(),
                                limit.kind(),
                                limit.amount(),
                                null,
                                limit.currency(),
                                limit.validFrom(),
                                TEN))
                .toList();
        reference = SampleDesk.withLimits(limits);

        assertThat(assess(proposal(VOD, Side.BUY, "1000", "1.00", TEN.minusNanos(1000)))
                        .isRefused())
                .isFalse();
        assertThat(assess(buy("1000", "1.00")).isRefused()).isTrue();
    }

    @Test
    void a_buy_needs_its_price_the_dearest_charges_and_what_is_promised_already() {
        book.openCash(ACCOUNT, Money.of("GBP 2004.50"));
        pend("W", Side.BUY, "1000");

        // 1,000 promised, 1,000 gross, and 5 minimum commission more than fee 0.05.
        expect("BUYING_POWER", buy("1000", "1.00"), CASH_INSUFFICIENT);
        book.openCash(ACCOUNT, Money.of("GBP 2005.05"));
        expect("BUYING_POWER", buy("1000", "1.00"), null);
        book.openCash(ACCOUNT, Money.of("GBP 2005.04"));
        expect("BUYING_POWER", buy("1000", "1.00"), CASH_INSUFFICIENT);
    }

    @Test
    void an_account_without_cash_on_file_buys_nothing_and_sells_what_it_has() {
        expect("BUYING_POWER", proposal(TOYOTA, Side.BUY, "100", "2840", TEN), CASH_UNKNOWN);
        expect("BUYING_POWER", proposal(TOYOTA, Side.SELL, "100", "2840", TEN), null);
    }

    @ParameterizedTest
    @CsvSource({"5000, 0,", "5001, 0, SHORT_SALE", "4000, 1000,", "4001, 1000, SHORT_SALE"})
    void what_is_not_held_or_already_being_sold_is_not_sold(
            String quantity, String working, @Nullable RefusalCode code) {
        pend("W", Side.SELL, working);

        expect("SHORT_SALE", proposal(VOD, Side.SELL, quantity, "1.00", TEN), code);
    }

    @Test
    void an_amendment_takes_the_place_of_the_order_it_amends() {
        pend("O1", Side.SELL, "4000");
        var amended = new Proposal(
                ACCOUNT, "VALUE", "apatel", VOD, Side.SELL, Quantity.of(5000), Price.of("1.00"), TEN, null, "O1");
        activity.accepted(amended);

        expect("SHORT_SALE", amended, null);
        expect("DUPLICATE_ORDER", amended, null);
        expect("SHORT_SALE", proposal(VOD, Side.SELL, "5000", "1.00", TEN), SHORT_SALE);
    }

    @Test
    void an_amended_buy_does_not_pay_twice() {
        book.openCash(ACCOUNT, Money.of("GBP 1500.00"));
        pend("O1", Side.BUY, "1000");
        var amended = new Proposal(
                ACCOUNT, "VALUE", "apatel", VOD, Side.BUY, Quantity.of(1400), Price.of("1.00"), TEN, null, "O1");

        expect("BUYING_POWER", amended, null);
        expect("BUYING_POWER", buy("1400", "1.00"), CASH_INSUFFICIENT);
    }

    private void pend(String order, Side side, String quantity) {
        book.pend(new PendingOrder(order, ACCOUNT, VOD, Currency.GBP, side, Quantity.of(quantity), Price.of("1.00")));
    }

    private static Proposal buy(String quantity, String price) {
        return proposal(VOD, Side.BUY, quantity, price, TEN);
    }

    private static Proposal proposal(
            InstrumentId instrument, Side side, String quantity, @Nullable String price, Instant at) {
        return new Proposal(
                ACCOUNT,
                "VALUE",
                "apatel",
                instrument,
                side,
                Quantity.of(quantity),
                price == null ? null : Price.of(price),
                at,
                null,
                null);
    }

    private Assessment assess(Proposal proposal) {
        return PreTrade.assess(proposal, RiskRoom.situation(reference, market, book, activity, rates));
    }

    private Check check(String rule, Proposal proposal) {
        return assess(proposal).checks().stream()
                .filter(check -> check.rule().equals(rule))
                .findFirst()
                .orElseThrow();
    }

    private void expect(String rule, Proposal proposal, @Nullable RefusalCode code) {
        var check = check(rule, proposal);
        assertThat(check.code()).as(check.detail()).isEqualTo(code);
        assertThat(check.verdict() == Verdict.BLOCK).as(check.detail()).isEqualTo(code != null);
    }
}
