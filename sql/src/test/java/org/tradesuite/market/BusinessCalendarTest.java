package org.tradesuite.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusinessCalendarTest {

    private static final LocalDate FRI_9_OCT_2026 = LocalDate.of(2026, 10, 9);
    private static final LocalDate MON_12_OCT_2026_COLUMBUS_DAY = LocalDate.of(2026, 10, 12);
    private static final LocalDate TUE_13_OCT_2026 = LocalDate.of(2026, 10, 13);

    @Test
    void settlement_counts_the_place_and_the_currency() {
        var exchange = BusinessCalendar.of("NYSE");
        var banks = BusinessCalendar.of("USNY");
        assertThat(exchange.isBusinessDay(MON_12_OCT_2026_COLUMBUS_DAY)).isTrue();
        assertThat(banks.isBusinessDay(MON_12_OCT_2026_COLUMBUS_DAY)).isFalse();

        var both = exchange.combined(banks);
        assertThat(both.plusBusinessDays(FRI_9_OCT_2026, 1)).isEqualTo(TUE_13_OCT_2026);
        assertThat(both.plusBusinessDays(MON_12_OCT_2026_COLUMBUS_DAY, 1)).isEqualTo(TUE_13_OCT_2026);
        assertThat(BusinessCalendar.of("NYSE+USNY").plusBusinessDays(FRI_9_OCT_2026, 1))
                .isEqualTo(TUE_13_OCT_2026);
    }

    @ParameterizedTest
    @CsvSource({
        "GBLO, 2026-12-24, 1, 2026-12-29", // Christmas, the substitute for Boxing Day on a Saturday, a weekend
        "GBLO, 2026-12-29, -1, 2026-12-24",
        "JPTO, 2026-05-01, 1, 2026-05-07", // Golden Week, from a Friday to a Thursday
        "NYSE, 2025-01-08, 1, 2025-01-10", // closed on Thursday 9 January for a president's funeral
        "DEFR, 2026-04-02, 2, 2026-04-08", // Easter
        "NoHolidays, 2026-12-25, 1, 2026-12-26",
        "GBLO, 2026-12-26, 0, 2026-12-26",
    })
    void days_are_counted_over_weekends_and_holidays(String calendar, LocalDate from, int days, LocalDate expected) {
        assertThat(BusinessCalendar.of(calendar).plusBusinessDays(from, days)).isEqualTo(expected);
    }

    @Test
    void an_override_closes_a_day_or_opens_one_and_touches_its_own_calendar_only() {
        var overrides = List.of(
                new CalendarOverride("GBLO", FRI_9_OCT_2026, false),
                new CalendarOverride("GBLO", LocalDate.of(2026, 10, 10), true),
                new CalendarOverride("USNY", TUE_13_OCT_2026, false));
        var london = BusinessCalendar.of("GBLO", overrides);
        assertThat(london.isBusinessDay(FRI_9_OCT_2026)).isFalse();
        assertThat(london.next(FRI_9_OCT_2026)).isEqualTo(LocalDate.of(2026, 10, 10));
        assertThat(london.isBusinessDay(TUE_13_OCT_2026)).isTrue();
        assertThat(london.combined(BusinessCalendar.of("USNY", overrides)).isBusinessDay(TUE_13_OCT_2026))
                .isFalse();
        assertThat(BusinessCalendar.of("GBLO+USNY", overrides).nextOrSame(TUE_13_OCT_2026))
                .isEqualTo(LocalDate.of(2026, 10, 14));
    }

    @Test
    void overrides_that_contradict_each_other_are_refused() {
        var overrides = List.of(
                new CalendarOverride("GBLO", FRI_9_OCT_2026, false),
                new CalendarOverride("GBLO", FRI_9_OCT_2026, true));
        assertThatThrownBy(() -> BusinessCalendar.of("GBLO", overrides)).hasMessageContaining("withdraw one of them");
    }

    @Test
    void an_unknown_calendar_is_refused() {
        assertThatThrownBy(() -> BusinessCalendar.of("XHKG"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("XHKG");
    }

    @Test
    void calendars_that_never_meet_are_said_so_instead_of_searched_for_ever() {
        var closed = FRI_9_OCT_2026
                .datesUntil(FRI_9_OCT_2026.plusDays(800))
                .map(date -> new CalendarOverride("GBLO", date, false))
                .toList();
        var calendar = BusinessCalendar.of("GBLO", closed);
        assertThatThrownBy(() -> calendar.next(FRI_9_OCT_2026)).hasMessageContaining("no business day");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-10-09, 2026-10-13, 1",
        "2026-10-13, 2026-10-09, -1",
        "2026-10-09, 2026-10-09, 0",
        "2026-10-08, 2026-10-11, 1"
    })
    void business_days_between_two_dates_exclude_the_first_and_include_the_last(
            LocalDate from, LocalDate to, int days) {
        assertThat(BusinessCalendar.of("USNY").businessDaysBetween(from, to)).isEqualTo(days);
    }
}
