package org.tradesuite.suite.day;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tradesuite.suite.day.Decision.Algo;
import org.tradesuite.suite.day.Decision.Change;
import org.tradesuite.suite.market.Market;

/** How much of a decision is certain to be executed, before the day begins. */
class ExpectedTest {

    private static final LocalDate WED_18_NOV_2026 = LocalDate.of(2026, 11, 18);
    private static final Instant AT_TEN = Instant.parse("2026-11-18T10:00:00Z");
    private static final Instrument HSBC = ReferenceFiles.instruments().stream()
            .filter(each -> each.id().equals("HSBA.XLON"))
            .findFirst()
            .orElseThrow();
    private static final Market MARKET =
            Market.of(org.tradesuite.suite.market.ReferenceFiles.onClassPath(), 7, WED_18_NOV_2026);

    @Test
    void a_market_order_is_executed_in_full_at_once_and_over_time() {
        assertThat(expected(Algo.IMMEDIATE, null, null)).hasToString("1000..1000");
        assertThat(expected(Algo.TWAP, null, null)).hasToString("1000..1000");
    }

    @Test
    void a_limit_that_the_market_stays_within_is_as_good_as_none_and_any_other_promises_nothing() {
        assertThat(expected(Algo.IMMEDIATE, HSBC.onTick(timesReference("1.10")), null))
                .hasToString("1000..1000");
        assertThat(expected(Algo.IMMEDIATE, HSBC.onTick(timesReference("0.90")), null))
                .hasToString("0..1000");
    }

    @Test
    void what_the_desk_cuts_short_is_certain_as_far_as_it_lets_it_go() {
        assertThat(expected(Algo.TWAP, null, Change.CANCEL)).hasToString("500..1000");
        assertThat(expected(Algo.TWAP, null, Change.REDUCE)).hasToString("750..1000");
    }

    @Test
    void a_vwap_depends_on_the_market_and_promises_nothing() {
        assertThat(expected(Algo.VWAP, null, null)).hasToString("0..1000");
        assertThat(expected(Algo.VWAP, null, Change.CANCEL)).hasToString("0..1000");
    }

    @Test
    void less_or_more_than_expected_is_not_allowed() {
        var half = expected(Algo.TWAP, null, Change.CANCEL);
        assertThat(half.allows(new BigDecimal(499))).isFalse();
        assertThat(half.allows(new BigDecimal(500))).isTrue();
        assertThat(half.allows(new BigDecimal("1000.0"))).isTrue();
        assertThat(half.allows(new BigDecimal(1001))).isFalse();
    }

    private static BigDecimal timesReference(String factor) {
        return HSBC.referencePrice().multiply(new BigDecimal(factor));
    }

    private static Expected expected(Algo algo, @Nullable BigDecimal limit, @Nullable Change change) {
        var window = algo == Algo.IMMEDIATE ? null : Duration.ofMinutes(40);
        return Expected.of(
                new Decision(
                        "key", AT_TEN, "GEQ1", "VALUE", "apatel", HSBC, true, "1000", limit, algo, window, null,
                        change),
                MARKET);
    }
}
