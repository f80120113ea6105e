package org.tradesuite.suite.day;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.tradesuite.market.BusinessCalendar;

/** Dates on which every market of the sample firm trades. */
final class BusinessDates {

    private static final List<String> CALENDARS = List.of("JPTO", "EUTA", "GBLO", "NYSE");

    private BusinessDates() {}

    /** The last such date before the wall clock's today. */
    static LocalDate latest() {
        var today = LocalDate.ofInstant(Clock.systemUTC().instant(), ZoneOffset.UTC);
        return Stream.iterate(today.minusDays(1), day -> day.minusDays(1))
                .filter(BusinessDates::everyMarketTrades)
                .findFirst()
                .orElseThrow();
    }

    /** The first such date after {@code instant}'s. */
    static LocalDate after(Instant instant) {
        return Stream.iterate(LocalDate.ofInstant(instant, ZoneOffset.UTC).plusDays(1), day -> day.plusDays(1))
                .filter(BusinessDates::everyMarketTrades)
                .findFirst()
                .orElseThrow();
    }

    private static boolean everyMarketTrades(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY
                && day.getDayOfWeek() != DayOfWeek.SUNDAY
                && CALENDARS.stream().allMatch(name -> BusinessCalendar.of(name).isBusinessDay(day));
    }
}
