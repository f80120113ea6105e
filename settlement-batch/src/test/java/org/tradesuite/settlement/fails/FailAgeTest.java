package org.tradesuite.settlement.fails;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradesuite.market.CalendarOverride;
import org.tradesuite.market.Currency;
import org.tradesuite.market.Money;

/** Rulebook 1.5. */
class FailAgeTest {

    private static final LocalDate FRI_9_OCT_2026 = LocalDate.of(2026, 10, 9);
    private static final LocalDate MON_12_OCT_2026 = LocalDate.of(2026, 10, 12);
    private static final LocalDate TUE_13_OCT_2026 = LocalDate.of(2026, 10, 13);

    @Test
    void ten_thousand_liquid_shares_at_fifty_euros_for_two_days_cost_a_hundred() {
        assertThat(FailAge.penalty(BigDecimal.valueOf(10_000), BigDecimal.valueOf(50), BigDecimal.ONE, 1, Currency.EUR))
                .isEqualTo(Money.of("EUR 100.00"));
    }

    @Test
    void days_count_where_securities_and_cash_move_and_not_where_they_are_traded() {
        // Columbus Day: New York trades, its banks are closed.
        var us = FailAge.calendar("US", "USD", "NYSE", List.of());
        assertThat(FailAge.businessDays(us, FRI_9_OCT_2026, MON_12_OCT_2026)).isZero();
        assertThat(FailAge.businessDays(us, FRI_9_OCT_2026, TUE_13_OCT_2026)).isEqualTo(1);
    }

    @Test
    void a_holiday_announced_later_makes_the_fail_younger() {
        var closed = List.of(new CalendarOverride("GBLO", MON_12_OCT_2026, false));
        assertThat(FailAge.businessDays(
                        FailAge.calendar("GB", "GBP", "GBLO", List.of()), FRI_9_OCT_2026, TUE_13_OCT_2026))
                .isEqualTo(2);
        assertThat(FailAge.businessDays(FailAge.calendar("GB", "GBP", "GBLO", closed), FRI_9_OCT_2026, TUE_13_OCT_2026))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0-1",
        "1, 0-1",
        "2, 2-3",
        "3, 2-3",
        "4, 4-6",
        "6, 4-6",
        "7, 7-14",
        "14, 7-14",
        "15, 15-30",
        "30, 15-30",
        "31, >30"
    })
    void every_age_has_its_bracket(int days, String bracket) {
        assertThat(FailAge.bracket(days)).isEqualTo(bracket);
    }

    @ParameterizedTest
    @CsvSource({
        "LACK, US",
        "MONY, US",
        "PREA, US",
        "CLAC, THEM",
        "CMON, THEM",
        "PRCY, THEM",
        "BOTH, BOTH",
        "DDAT, DATA",
        "DMON, DATA",
        "DEPT, DATA",
        "FUTU, NOBODY",
        "LINK, NOBODY",
        "NMAS, NOBODY",
        "LMON, UNKNOWN",
        ", UNKNOWN"
    })
    void the_reason_code_says_whose_fault_it_is(String code, Fault fault) {
        assertThat(Fault.of(code)).isEqualTo(fault);
    }
}
