package org.tradesuite.execution.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.execution.reference.SampleDesk.ACCOUNT;
import static org.tradesuite.execution.reference.SampleDesk.TEN;
import static org.tradesuite.execution.reference.SampleDesk.VOD;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradesuite.execution.marketdata.MarketData;
import org.tradesuite.execution.marketdata.Quote;
import org.tradesuite.execution.position.Book;
import org.tradesuite.execution.position.BookedFill;
import org.tradesuite.execution.position.PendingOrder;
import org.tradesuite.execution.reference.Account;
import org.tradesuite.execution.reference.AssetClass;
import org.tradesuite.execution.reference.LimitKind;
import org.tradesuite.execution.reference.LimitScope;
import org.tradesuite.execution.reference.MandateDimension;
import org.tradesuite.execution.reference.MandateRule;
import org.tradesuite.execution.reference.MarginRate;
import org.tradesuite.execution.reference.Permission;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.execution.reference.Rulebook;
import org.tradesuite.execution.reference.SampleDesk;
import org.tradesuite.execution.reference.Validity;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.Money;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * What is at stake, and for whom. The account holds 80,000 Vodafone at 1.00 pounds and 80,000 pounds: with 1.25 dollars
 * to the pound 100,000 dollars of each, 200,000 together.
 */
class StakeRulesTest {

    private static final AccountId OTHER = AccountId.of("GEQ2");

    private ReferenceData reference = SampleDesk.reference();
    private final MarketData market = new MarketData();
    private final Book book = new Book();
    private final MessageRates rates = new MessageRates();

    @BeforeEach
    void a_hundred_thousand_dollars_of_each() {
        market.quote(VOD, new Quote(Price.of("0.99"), Price.of("1.01"), TEN));
        book.openCash(ACCOUNT, Money.of("GBP 80000.00"));
        book.openPosition(ACCOUNT, VOD, Currency.GBP, new BigDecimal("80000"), Price.of("0.90"));
    }

    @ParameterizedTest
    @CsvSource({
        "NET_EXPOSURE,         MAX_NET_EXPOSURE,      125000, BUY,  20000, 125000.00,",
        "NET_EXPOSURE,         MAX_NET_EXPOSURE,      125000, BUY,  20001, 125001.25, NET_EXPOSURE_EXCEEDED",
        "NET_EXPOSURE,         MAX_NET_EXPOSURE,      50000,  SELL, 20000, 100000.00,",
        "NET_EXPOSURE,         MAX_NET_EXPOSURE,      50000,  SELL, 160001, 100001.25, NET_EXPOSURE_EXCEEDED",
        "GROSS_EXPOSURE,       MAX_GROSS_EXPOSURE,    125000, BUY,  20000, 125000.00,",
        "GROSS_EXPOSURE,       MAX_GROSS_EXPOSURE,    125000, BUY,  20001, 125001.25, GROSS_EXPOSURE_EXCEEDED",
        "POSITION_LIMIT,       MAX_POSITION_NOTIONAL, 125000, BUY,  20000, 125000.00,",
        "POSITION_LIMIT,       MAX_POSITION_NOTIONAL, 125000, BUY,  20001, 125001.25, POSITION_LIMIT_EXCEEDED",
        "POSITION_QUANTITY,    MAX_POSITION_QUANTITY, 100000, BUY,  20000, 100000,",
        "POSITION_QUANTITY,    MAX_POSITION_QUANTITY, 100000, BUY,  20001, 100001, POSITION_QUANTITY_EXCEEDED",
        "POSITION_QUANTITY,    MAX_POSITION_QUANTITY, 10000,  SELL, 20000, 60000,",
        "POSITION_QUANTITY,    MAX_POSITION_QUANTITY, 10000,  SELL, 90001, 10001, POSITION_QUANTITY_EXCEEDED",
        "LEVERAGE,             MAX_LEVERAGE_PERCENT,  60,     BUY,  16000, 60,",
        "LEVERAGE,             MAX_LEVERAGE_PERCENT,  60,     BUY,  16001, 60.0007, LEVERAGE_EXCEEDED",
        "ISSUER_CONCENTRATION, MAX_ISSUER_PERCENT,    60,     BUY,  16000, 60,",
        "ISSUER_CONCENTRATION, MAX_ISSUER_PERCENT,    60,     BUY,  16001, 60.0007, CONCENTRATION_EXCEEDED",
        "SECTOR_CONCENTRATION, MAX_SECTOR_PERCENT,    60,     BUY,  16001, 60.0007, CONCENTRATION_EXCEEDED",
        "CURRENCY_CONCENTRATION, MAX_CURRENCY_PERCENT, 60,    BUY,  16001, 60.0007, CONCENTRATION_EXCEEDED",
        "CURRENCY_CONCENTRATION, MAX_CURRENCY_PERCENT, 10,    SELL, 16001, ,",
        "COUNTRY_CONCENTRATION, MAX_COUNTRY_PERCENT,  1,      BUY,  16001, ,",
        "WORKING_NOTIONAL,     MAX_WORKING_NOTIONAL,  2500,   BUY,  2000,  2500.00,",
        "WORKING_NOTIONAL,     MAX_WORKING_NOTIONAL,  2500,   BUY,  2001,  2501.25, WORKING_NOTIONAL_EXCEEDED",
        "DAILY_NOTIONAL,       MAX_DAILY_NOTIONAL,    2500,   SELL, 2000,  2500.00,",
        "DAILY_NOTIONAL,       MAX_DAILY_NOTIONAL,    2500,   SELL, 2001,  2501.25, DAILY_NOTIONAL_EXCEEDED",
        "MARKET_IMPACT,        MAX_IMPACT_BPS,        15,     BUY,  10000, 15.00,",
        "MARKET_IMPACT,        MAX_IMPACT_BPS,        15,     BUY,  10001, 15.01, IMPACT_EXCEEDED",
        "SPREAD,               MAX_SPREAD_BPS,        200,    BUY,  1,     200.00,",
        "SPREAD,               MAX_SPREAD_BPS,        199.99, BUY,  1,     200.00, SPREAD_EXCEEDED"
    })
    void at_the_limit_is_within_it_and_one_more_is_not(
            String rule,
            LimitKind kind,
            String limit,
            Side side,
            String quantity,
            @Nullable String measured,
            @Nullable RefusalCode code) {
        reference = SampleDesk.withAlso(
                SampleDesk.limit(LimitScope.ACCOUNT, "GEQ1", kind, limit, kind.isMoney() ? Currency.USD : null));

        var check = check(rule, order(side, quantity, null));

        assertThat(check.code()).as(check.detail()).isEqualTo(code);
        if (measured == null) {
            assertThat(check.measured()).isNull();
        } else {
            assertThat(check.measured()).isEqualByComparingTo(measured);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MAX_NET_EXPOSURE, NET_EXPOSURE, NET_EXPOSURE_LIMIT_MISSING",
        "MAX_POSITION_QUANTITY, POSITION_QUANTITY, POSITION_QUANTITY_LIMIT_MISSING",
        "MAX_LEVERAGE_PERCENT, LEVERAGE, LEVERAGE_LIMIT_MISSING",
        "MAX_ISSUER_PERCENT, ISSUER_CONCENTRATION, CONCENTRATION_LIMIT_MISSING",
        "MAX_SECTOR_PERCENT, SECTOR_CONCENTRATION, CONCENTRATION_LIMIT_MISSING",
        "MAX_COUNTRY_PERCENT, COUNTRY_CONCENTRATION, CONCENTRATION_LIMIT_MISSING",
        "MAX_CURRENCY_PERCENT, CURRENCY_CONCENTRATION, CONCENTRATION_LIMIT_MISSING",
        "MAX_OPEN_ORDERS, OPEN_ORDERS, OPEN_ORDERS_LIMIT_MISSING",
        "MAX_WORKING_NOTIONAL, WORKING_NOTIONAL, WORKING_NOTIONAL_LIMIT_MISSING",
        "MAX_DAILY_NOTIONAL, DAILY_NOTIONAL, DAILY_NOTIONAL_LIMIT_MISSING",
        "MAX_VENUE_NOTIONAL, VENUE_NOTIONAL, VENUE_NOTIONAL_LIMIT_MISSING",
        "MAX_NEW_ORDERS_PER_SECOND, NEW_ORDER_RATE, MESSAGE_RATE_LIMIT_MISSING",
        "MAX_CANCELS_PER_SECOND, CANCEL_RATE, MESSAGE_RATE_LIMIT_MISSING",
        "MAX_REPLACES_PER_SECOND, REPLACE_RATE, MESSAGE_RATE_LIMIT_MISSING",
        "PRICE_COLLAR_PERIOD_PERCENT, PRICE_COLLAR_PERIOD, PRICE_COLLAR_PERIOD_MISSING",
        "PRICE_COLLAR_PERIOD_SECONDS, PRICE_COLLAR_PERIOD, PRICE_COLLAR_PERIOD_MISSING",
        "MAX_IMPACT_BPS, MARKET_IMPACT, IMPACT_LIMIT_MISSING",
        "MAX_SPREAD_BPS, SPREAD, SPREAD_LIMIT_MISSING"
    })
    void a_limit_that_nobody_set_blocks_and_is_named(LimitKind kind, String rule, RefusalCode code) {
        reference = SampleDesk.without(kind);

        var check = check(rule, order(Side.BUY, "1", null));

        assertThat(check.code()).isEqualTo(code);
        assertThat(check.detail()).contains(kind.name());
    }

    @ParameterizedTest
    @CsvSource({"GEQ1, 20000, NET_EXPOSURE_EXCEEDED", "FIRM, 20000,", "FIRM, 20001, NET_EXPOSURE_EXCEEDED"})
    void two_accounts_net_in_the_firm_and_not_in_either(String whose, String quantity, @Nullable RefusalCode code) {
        book.openPosition(OTHER, VOD, Currency.GBP, new BigDecimal("-80000"), Price.of("0.90"));
        reference = "FIRM".equals(whose)
                ? SampleDesk.withAlso(atMost(LimitScope.FIRM, "*", LimitKind.MAX_NET_EXPOSURE, "25000"))
                : SampleDesk.withAlso(atMost(LimitScope.ACCOUNT, "GEQ1", LimitKind.MAX_NET_EXPOSURE, "25000"));

        // SampleDesk has a wide limit of the firm besides: the tighter one is told.
        var limits = reference.limits().all().stream()
                .filter(limit -> limit.kind() != LimitKind.MAX_NET_EXPOSURE
                        || limit.amount().intValue() == 25_000)
                .toList();
        reference = SampleDesk.withLimits(limits);

        assertThat(check("NET_EXPOSURE", order(Side.BUY, quantity, null)).code())
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"TRADER, apatel", "DESK, EUROPE", "STRATEGY, VALUE"})
    void who_deals_is_held_to_what_they_dealt_today_and_not_to_what_the_account_has(LimitScope scope, String id) {
        reference = SampleDesk.withAlso(SampleDesk.limit(scope, id, LimitKind.MAX_POSITION_QUANTITY, "1000", null));
        pend("W", Side.BUY, "400");

        assertThat(check("POSITION_QUANTITY", order(Side.BUY, "600", null)).code())
                .isNull();
        assertThat(check("POSITION_QUANTITY", order(Side.BUY, "601", null)).code())
                .isEqualTo(RefusalCode.POSITION_QUANTITY_EXCEEDED);
        assertThat(check("POSITION_QUANTITY", order(Side.SELL, "1000", null)).code())
                .isNull();
    }

    @Test
    void an_order_more_than_may_be_open_is_refused_and_an_amendment_is_no_order_more() {
        reference = SampleDesk.withAlso(
                SampleDesk.limit(LimitScope.TRADER, "apatel", LimitKind.MAX_OPEN_ORDERS, "2", null));
        pend("W1", Side.BUY, "1");

        assertThat(check("OPEN_ORDERS", order(Side.BUY, "1", null)).code()).isNull();
        pend("W2", Side.BUY, "1");
        assertThat(check("OPEN_ORDERS", order(Side.BUY, "1", null)).code()).isEqualTo(RefusalCode.OPEN_ORDERS_EXCEEDED);
        assertThat(check("OPEN_ORDERS", order(Side.BUY, "1", "W2")).code()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"2000,", "2001, WORKING_NOTIONAL_EXCEEDED"})
    void an_amendment_counts_in_place_of_what_it_amends(String quantity, @Nullable RefusalCode code) {
        reference = SampleDesk.withAlso(atMost(LimitScope.FIRM, "*", LimitKind.MAX_VENUE_NOTIONAL, "2500"));
        reference = SampleDesk.withLimits(reference.limits().all().stream()
                .filter(limit -> limit.kind() != LimitKind.MAX_VENUE_NOTIONAL
                        || limit.amount().intValue() == 2_500)
                .toList());
        pend("W", Side.BUY, "1500");

        var check = check("VENUE_NOTIONAL", order(Side.BUY, quantity, "W"));

        assertThat(check.code()).isEqualTo(code == null ? null : RefusalCode.VENUE_NOTIONAL_EXCEEDED);
        assertThat(check("VENUE_NOTIONAL", order(Side.BUY, "501", null)).code())
                .isEqualTo(RefusalCode.VENUE_NOTIONAL_EXCEEDED);
        assertThat(check("VENUE_NOTIONAL", order(Side.BUY, "500", null)).code()).isNull();
    }

    @Test
    void what_was_dealt_today_counts_as_long_as_the_day() {
        reference = SampleDesk.withAlso(atMost(LimitScope.ACCOUNT, "GEQ1", LimitKind.MAX_DAILY_NOTIONAL, "2500"));
        var situation = situation();
        book.apply(new BookedFill(
                "F1",
                "O1",
                ACCOUNT,
                VOD,
                Currency.GBP,
                Side.SELL,
                Quantity.of(1000),
                Price.of("1.00"),
                Money.of("GBP 0.00")));

        assertThat(check(situation, "DAILY_NOTIONAL", order(Side.BUY, "1000", null))
                        .code())
                .isNull();
        assertThat(check(situation, "DAILY_NOTIONAL", order(Side.BUY, "1001", null))
                        .code())
                .isEqualTo(RefusalCode.DAILY_NOTIONAL_EXCEEDED);
        book.takeBack("F1");
        assertThat(check(situation, "DAILY_NOTIONAL", order(Side.BUY, "1001", null))
                        .code())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "NEW_ORDER, NEW_ORDER_RATE, MAX_NEW_ORDERS_PER_SECOND, ,",
        "NEW_ORDER, NEW_ORDER_RATE, MAX_NEW_ORDERS_PER_SECOND, W, WITHIN",
        "CANCEL, CANCEL_RATE, MAX_CANCELS_PER_SECOND, , WITHIN",
        "REPLACE, REPLACE_RATE, MAX_REPLACES_PER_SECOND, , WITHIN",
        "REPLACE, REPLACE_RATE, MAX_REPLACES_PER_SECOND, W,"
    })
    void each_kind_of_message_has_its_own_rate(
            MessageRates.Kind kind, String rule, LimitKind limit, @Nullable String amends, @Nullable String within) {
        reference = SampleDesk.withAlso(SampleDesk.limit(LimitScope.TRADER, "apatel", limit, "2", null));
        rates.sent(kind, RiskRoom.order(reference), TEN);
        rates.sent(kind, RiskRoom.order(reference), TEN);

        assertThat(check(rule, order(Side.BUY, "1", amends)).code() == null).isEqualTo(within != null);
        rates.sent(kind, RiskRoom.order(reference), TEN);
        assertThat(check(rule, order(Side.BUY, "1", amends)).code()).isEqualTo(RefusalCode.MESSAGE_RATE_EXCEEDED);
    }

    @ParameterizedTest
    @CsvSource({"1.10,", "1.11, PRICE_MOVED_TOO_FAR", "0.90,", "0.89, PRICE_MOVED_TOO_FAR"})
    void a_price_far_from_the_one_a_minute_ago_is_looked_at_by_a_person(String limit, @Nullable RefusalCode code) {
        reference = SampleDesk.withAlso(
                SampleDesk.limit(LimitScope.ACCOUNT, "GEQ1", LimitKind.PRICE_COLLAR_PERIOD_PERCENT, "10", null));
        var later = TEN.plusSeconds(60);
        market.quote(VOD, new Quote(Price.of("1.09"), Price.of("1.11"), later));

        var check = check("PRICE_COLLAR_PERIOD", proposal(Side.BUY, "1", limit, null, later));

        assertThat(check.code()).as(check.detail()).isEqualTo(code);
    }

    @Test
    void a_market_order_needs_a_quote_to_measure_its_spread_and_a_limit_order_does_not() {
        var later = TEN.plusSeconds(61);

        assertThat(check("SPREAD", proposal(Side.BUY, "1", null, null, later)).code())
                .isEqualTo(RefusalCode.MARKET_PRICE_MISSING);
        assertThat(check("SPREAD", proposal(Side.BUY, "1", "1.00", null, later)).code())
                .isNull();
    }

    @Test
    void nothing_is_a_part_of_nothing() {
        book.openCash(ACCOUNT, Money.of("GBP -80000.00"));
        reference = SampleDesk.withAlso(
                SampleDesk.limit(LimitScope.ACCOUNT, "GEQ1", LimitKind.MAX_ISSUER_PERCENT, "90", null));

        assertThat(check("ISSUER_CONCENTRATION", order(Side.BUY, "1", null)).code())
                .isEqualTo(RefusalCode.NET_ASSETS_NOT_POSITIVE);
        assertThat(check("ISSUER_CONCENTRATION", order(Side.SELL, "1", null)).code())
                .isNull();
    }

    // Mandates

    @ParameterizedTest
    @CsvSource({
        "MANDATE_UNIVERSE,   FORBIDDEN_UNIVERSE, INSTRUMENT,  VOD.XLON, ,   BUY,  1,     MANDATE_FORBIDS",
        "MANDATE_UNIVERSE,   FORBIDDEN_UNIVERSE, INSTRUMENT,  VOD.XLON, ,   SELL, 1,",
        "MANDATE_UNIVERSE,   FORBIDDEN_UNIVERSE, INSTRUMENT,  IBM.XNYS, ,   BUY,  1,",
        "MANDATE_UNIVERSE,   ALLOWED_UNIVERSE,   ASSET_CLASS, CRYPTO,   ,   BUY,  1,     MANDATE_FORBIDS",
        "MANDATE_UNIVERSE,   ALLOWED_UNIVERSE,   ASSET_CLASS, EQUITY,   ,   BUY,  1,",
        "MANDATE_RATING,     MIN_RATING,         ACCOUNT,     BBB,      ,   BUY,  1,",
        "MANDATE_RATING,     MIN_RATING,         ACCOUNT,     A,        ,   BUY,  1,     MANDATE_RATING",
        "MANDATE_RATING,     MIN_RATING,         ACCOUNT,     A,        ,   SELL, 1,",
        "MANDATE_EXCLUSION,  ESG_EXCLUSION,      ACCOUNT,     TOBACCO,  ,   BUY,  1,",
        "MANDATE_WEIGHT,     MAX_WEIGHT,         INSTRUMENT,  *,        60, BUY,  16000,",
        "MANDATE_WEIGHT,     MAX_WEIGHT,         INSTRUMENT,  *,        60, BUY,  16001, MANDATE_WEIGHT",
        "MANDATE_WEIGHT,     MAX_WEIGHT,         ASSET_CLASS, EQUITY,   60, BUY,  16001, MANDATE_WEIGHT",
        "MANDATE_WEIGHT,     MAX_WEIGHT,         SECTOR,      Sector,   10, SELL, 1,",
        "MANDATE_WEIGHT,     MIN_WEIGHT,         CURRENCY,    GBP,      40, SELL, 16000,",
        "MANDATE_WEIGHT,     MIN_WEIGHT,         CURRENCY,    GBP,      40, SELL, 16001, MANDATE_WEIGHT",
        "MANDATE_CASH_FLOOR, CASH_FLOOR,         ACCOUNT,     *,        40, BUY,  16000,",
        "MANDATE_CASH_FLOOR, CASH_FLOOR,         ACCOUNT,     *,        40, BUY,  16001, MANDATE_CASH_FLOOR",
        "MANDATE_LEVERAGE,   NO_LEVERAGE,        ACCOUNT,     *,        ,   BUY,  80000,",
        "MANDATE_LEVERAGE,   NO_LEVERAGE,        ACCOUNT,     *,        ,   BUY,  80001, MANDATE_NO_LEVERAGE",
        "MANDATE_LEVERAGE,   NO_SHORT,           ACCOUNT,     *,        ,   SELL, 80000,",
        "MANDATE_LEVERAGE,   NO_SHORT,           ACCOUNT,     *,        ,   SELL, 80001, MANDATE_NO_SHORT"
    })
    void a_mandate_is_kept_to_its_last_unit(
            String rule,
            MandateRule.Kind kind,
            MandateDimension dimension,
            String value,
            @Nullable String percent,
            Side side,
            String quantity,
            @Nullable RefusalCode code) {
        reference = withMandate(new MandateRule(
                "M1",
                1,
                new Validity(TEN.minusSeconds(1), null),
                kind,
                dimension,
                value,
                percent == null ? null : new BigDecimal(percent),
                "agreed"));

        var check = check(rule, order(side, quantity, null));

        assertThat(check.code()).as(check.detail()).isEqualTo(code);
    }

    @Test
    void an_account_whose_mandate_nobody_knows_buys_nothing_and_may_sell() {
        reference = withMandate(new MandateRule(
                "M1",
                1,
                new Validity(TEN.minusSeconds(60), TEN),
                MandateRule.Kind.NO_SHORT,
                MandateDimension.ACCOUNT,
                "*",
                null,
                "ended"));

        assertThat(check("MANDATE_UNIVERSE", order(Side.BUY, "1", null)).code()).isEqualTo(RefusalCode.MANDATE_UNKNOWN);
        assertThat(check("MANDATE_UNIVERSE", order(Side.SELL, "1", null)).code())
                .isNull();
    }

    // Margin

    @ParameterizedTest
    @CsvSource({
        // 50 percent of the 100,000 dollars that are held, and of what is bought, against 200,000.
        "MARGIN,         BUY,  240000,",
        "MARGIN,         BUY,  240001, MARGIN_EXCEEDED",
        // 25 percent, longs and shorts alike.
        "MARGIN_HAIRCUT, BUY,  560000,",
        "MARGIN_HAIRCUT, BUY,  560001, HAIRCUT_EXCEEDED",
        "MARGIN,         SELL, 80000,"
    })
    void a_margin_account_brings_a_part(String rule, Side side, String quantity, @Nullable RefusalCode code) {
        reference =
                SampleDesk.withRulebook(rulebook(List.of(equity("50", "150", "25")), List.of()), SampleDesk::onMargin);

        var check = check(rule, order(side, quantity, null));

        assertThat(check.code()).as(check.detail()).isEqualTo(code);
    }

    @Test
    void without_a_rate_nothing_is_lent_and_a_cash_account_is_not_asked() {
        reference = SampleDesk.withRulebook(rulebook(List.of(), List.of()), SampleDesk::onMargin);
        assertThat(check("MARGIN", order(Side.BUY, "1", null)).code()).isEqualTo(RefusalCode.MARGIN_RATE_MISSING);

        reference = SampleDesk.reference();
        assertThat(check("MARGIN", order(Side.BUY, "1", null)).code()).isNull();
    }

    private static MarginRate equity(String initial, String shortInitial, String haircut) {
        return new MarginRate(
                AssetClass.EQUITY,
                new BigDecimal(initial),
                new BigDecimal("25"),
                new BigDecimal(shortInitial),
                new BigDecimal(haircut));
    }

    private static ReferenceData withMandate(MandateRule rule) {
        return SampleDesk.withRulebook(
                rulebook(List.of(), List.of(rule)),
                account -> new Account(
                        account.id(),
                        account.name(),
                        account.portfolio(),
                        account.ownerLei(),
                        account.baseCurrency(),
                        account.custodian(),
                        account.safekeepingAccount(),
                        account.status(),
                        account.client(),
                        account.marginType(),
                        "M1"));
    }

    private static Rulebook rulebook(List<MarginRate> rates, List<MandateRule> mandate) {
        return new Rulebook(
                List.of(),
                List.of(Permission.ofEverything("A small desk.")),
                List.of(),
                List.of(),
                List.of(),
                rates,
                mandate);
    }

    private static org.tradesuite.execution.reference.Limit atMost(
            LimitScope scope, String id, LimitKind kind, String dollars) {
        return SampleDesk.limit(scope, id, kind, dollars, Currency.USD);
    }

    private void pend(String order, Side side, String quantity) {
        book.pend(new PendingOrder(order, ACCOUNT, VOD, Currency.GBP, side, Quantity.of(quantity), Price.of("1.00")));
    }

    /** A limit order at 1.00, so that it is worth what the line is marked at; a market order where it says so. */
    private static Proposal order(Side side, String quantity, @Nullable String amends) {
        return proposal(side, quantity, "1.00", amends, TEN);
    }

    private static Proposal proposal(
            Side side, String quantity, @Nullable String limit, @Nullable String amends, java.time.Instant at) {
        return new Proposal(
                ACCOUNT,
                "VALUE",
                "apatel",
                VOD,
                side,
                Quantity.of(quantity),
                limit == null ? null : Price.of(limit),
                at,
                null,
                amends);
    }

    private Situation situation() {
        return RiskRoom.situation(reference, market, book, new Activity(), rates);
    }

    private Check check(String rule, Proposal proposal) {
        return check(situation(), rule, proposal);
    }

    private static Check check(Situation situation, String rule, Proposal proposal) {
        return PreTrade.assess(proposal, situation).checks().stream()
                .filter(check -> check.rule().equals(rule))
                .findFirst()
                .orElseThrow();
    }
}
