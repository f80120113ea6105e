package org.tradesuite.execution.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.execution.reference.SampleDesk.ACCOUNT;
import static org.tradesuite.execution.reference.SampleDesk.BITCOIN;
import static org.tradesuite.execution.reference.SampleDesk.VOD;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradesuite.execution.marketdata.MarketData;
import org.tradesuite.execution.position.Book;
import org.tradesuite.execution.reference.Permission;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.execution.reference.Rulebook;
import org.tradesuite.execution.reference.SampleDesk;
import org.tradesuite.execution.reference.TradingList;
import org.tradesuite.execution.reference.TradingListEntry;
import org.tradesuite.execution.reference.TradingListEntry.ListedScope;
import org.tradesuite.execution.reference.TradingListEntry.ListedSide;
import org.tradesuite.execution.reference.Validity;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** An order for Vodafone in London, of which SampleDesk knows no LEI and whose issuer is called VOD, at ten. */
class ComplianceRulesTest {

    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");
    private static final Instant ELEVEN = Instant.parse("2026-11-23T11:00:00Z");

    private ReferenceData reference = SampleDesk.reference();

    @ParameterizedTest
    @CsvSource({
        "INSTRUMENT, VOD.XLON, BOTH, BUY, RESTRICTED",
        "INSTRUMENT, VOD.XLON, BOTH, SELL, RESTRICTED",
        "INSTRUMENT, VOD.XLON, BUY, BUY, RESTRICTED",
        "INSTRUMENT, VOD.XLON, BUY, SELL,",
        "INSTRUMENT, VOD.XLON, SELL, SELL, RESTRICTED",
        "INSTRUMENT, VOD.XLON, SELL, BUY,",
        "INSTRUMENT, IBM.XNYS, BOTH, BUY,",
        "ISSUER, VOD, BOTH, BUY, RESTRICTED",
        "ISSUER, IBM, BOTH, BUY,"
    })
    void what_is_restricted_is_not_traded_on_that_side(
            ListedScope scope, String id, ListedSide listed, Side side, @Nullable RefusalCode code) {
        list(TradingList.RESTRICTED, scope, id, listed, NINE, null);

        expect("RESTRICTED_LIST", order(side, Instant.parse("2026-11-23T10:00:00Z")), code);
        expect("WATCH_LIST", order(side, Instant.parse("2026-11-23T10:00:00Z")), null);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T08:59:59.999999Z,",
        "2026-11-23T09:00:00Z, RESTRICTED",
        "2026-11-23T10:59:59.999999Z, RESTRICTED",
        "2026-11-23T11:00:00Z,"
    })
    void a_restriction_begins_and_ends_to_the_microsecond(Instant at, @Nullable RefusalCode code) {
        list(TradingList.RESTRICTED, ListedScope.INSTRUMENT, "VOD.XLON", ListedSide.BOTH, NINE, ELEVEN);

        expect("RESTRICTED_LIST", order(Side.BUY, at), code);
    }

    @Test
    void a_refusal_says_which_list_why_and_from_when_to_when() {
        list(TradingList.RESTRICTED, ListedScope.ISSUER, "VOD", ListedSide.BOTH, NINE, ELEVEN);

        assertThat(check("RESTRICTED_LIST", order(Side.BUY, SampleDesk.TEN)).detail())
                .contains("list=RESTRICTED", "scope=ISSUER:VOD", "side=BOTH", "reason=We advise on a takeover.")
                .contains("valid=2026-11-23T09:00:00Z/2026-11-23T11:00:00Z");
    }

    @Test
    void what_is_watched_is_let_through_and_told() {
        list(TradingList.WATCH, ListedScope.INSTRUMENT, "VOD.XLON", ListedSide.BUY, NINE, null);

        var watched = check("WATCH_LIST", order(Side.BUY, SampleDesk.TEN));

        assertThat(watched.verdict()).isEqualTo(Verdict.WARN);
        assertThat(watched.detail()).contains("list=WATCH", "scope=INSTRUMENT:VOD.XLON");
        assertThat(check("WATCH_LIST", order(Side.SELL, SampleDesk.TEN)).verdict())
                .isEqualTo(Verdict.PASS);
        expect("RESTRICTED_LIST", order(Side.BUY, SampleDesk.TEN), null);
    }

    @ParameterizedTest
    @CsvSource({
        "*, *, *, *, *, *,",
        "apatel, *, *, *, *, *,",
        "apatel, GEQ1, VALUE, EQUITY, XLON, VOD.XLON,",
        "*, *, *, *, *, VOD.XLON,",
        "*, GEQ1, *, *, XLON, *,",
        "mweber, *, *, *, *, *, PERMISSION_MISSING",
        "apatel, GEQ2, *, *, *, *, PERMISSION_MISSING",
        "apatel, GEQ1, MOMENTUM, *, *, *, PERMISSION_MISSING",
        "apatel, GEQ1, VALUE, CRYPTO, *, *, PERMISSION_MISSING",
        "apatel, GEQ1, VALUE, EQUITY, XETR, *, PERMISSION_MISSING",
        "apatel, GEQ1, VALUE, EQUITY, XLON, IBM.XNYS, PERMISSION_MISSING"
    })
    void an_order_needs_a_permission_that_covers_all_of_it(
            String trader,
            String account,
            String strategy,
            String assetClass,
            String market,
            String instrument,
            @Nullable RefusalCode code) {
        permit(new Permission(trader, account, strategy, assetClass, market, instrument, "Desk procedures."));

        expect("TRADING_PERMISSION", order(Side.BUY, SampleDesk.TEN), code);
    }

    @Test
    void two_permissions_that_each_cover_a_part_do_not_add_up() {
        permit(
                new Permission("apatel", "*", "MOMENTUM", "*", "*", "*", "Momentum only."),
                new Permission("*", "*", "VALUE", "CRYPTO", "*", "*", "Crypto only."));

        expect("TRADING_PERMISSION", order(Side.BUY, SampleDesk.TEN), RefusalCode.PERMISSION_MISSING);
    }

    @Test
    void without_any_permission_nobody_trades_anything() {
        permit();

        expect("TRADING_PERMISSION", order(Side.BUY, SampleDesk.TEN), RefusalCode.PERMISSION_MISSING);
        expect("TRADING_PERMISSION", order(BITCOIN, Side.BUY, SampleDesk.TEN), RefusalCode.PERMISSION_MISSING);
    }

    @Test
    void which_permission_covers_an_order_is_kept() {
        permit(new Permission("apatel", "GEQ1", "*", "EQUITY", "XLON", "*", "Desk procedures."));

        assertThat(check("TRADING_PERMISSION", order(Side.BUY, SampleDesk.TEN)).detail())
                .isEqualTo("permission=apatel/GEQ1/*/EQUITY/XLON/*");
    }

    private void list(
            TradingList list, ListedScope scope, String id, ListedSide side, Instant from, @Nullable Instant until) {
        var entry = new TradingListEntry(
                list, scope, id, side, new Validity(from, until), "We advise on a takeover.", "compliance");
        reference = SampleDesk.withRulebook(
                new Rulebook(
                        List.of(entry),
                        List.of(Permission.ofEverything("A small desk.")),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()),
                UnaryOperator.identity());
    }

    private void permit(Permission... permissions) {
        reference = SampleDesk.withRulebook(Rulebook.permitting(List.of(permissions)), UnaryOperator.identity());
    }

    private static Proposal order(Side side, Instant at) {
        return order(VOD, side, at);
    }

    private static Proposal order(InstrumentId instrument, Side side, Instant at) {
        return new Proposal(
                ACCOUNT, "VALUE", "apatel", instrument, side, Quantity.of(1), Price.of("1.00"), at, null, null);
    }

    private Check check(String rule, Proposal proposal) {
        return PreTrade.assess(proposal, RiskRoom.situation(reference, new MarketData(), new Book(), new Activity()))
                .checks()
                .stream()
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
