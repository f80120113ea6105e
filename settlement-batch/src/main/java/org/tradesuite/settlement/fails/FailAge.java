package org.tradesuite.settlement.fails;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import org.tradesuite.market.BusinessCalendar;
import org.tradesuite.market.CalendarOverride;
import org.tradesuite.market.Currency;
import org.tradesuite.market.Money;

/** The age of a fail and what it has cost by then (rulebook 1.5). */
final class FailAge {

    /** Depositories' countries and currencies with their holiday calendars. */
    private static final Map<String, String> PLACES = Map.of("GB", "GBLO", "DE", "EUTA", "US", "USNY", "JP", "JPTO");

    private static final Map<String, String> PAYMENTS =
            Map.of("GBP", "GBLO", "EUR", "EUTA", "USD", "USNY", "JPY", "JPTO");

    private FailAge() {}

    /** Days count where the securities move and where the cash moves; the trading venue has no say. */
    static BusinessCalendar calendar(
            String depositoryCountry, String currency, String tradingCalendar, Collection<CalendarOverride> overrides) {
        var place = BusinessCalendar.of(PLACES.getOrDefault(depositoryCountry, tradingCalendar), overrides);
        return place.combined(BusinessCalendar.of(PAYMENTS.getOrDefault(currency, tradingCalendar), overrides));
    }

    /** 0 on the evening of the intended date, 1 after the next business day. */
    static int businessDays(BusinessCalendar calendar, LocalDate failingSince, LocalDate businessDate) {
        return Math.max(0, calendar.businessDaysBetween(failingSince, businessDate));
    }

    static String bracket(int businessDays) {
        return businessDays <= 1
                ? "0-1"
                : businessDays <= 3
                        ? "2-3"
                        : businessDays <= 6
                                ? "4-6"
                                : businessDays <= 14 ? "7-14" : businessDays <= 30 ? "15-30" : ">30";
    }

    /**
     * The settlement-fail penalty so far: unsettled quantity times reference price times the rate, for every business
     * day from the intended date, that day included. An estimate: today's price stands for each day's.
     */
    static Money penalty(
            BigDecimal quantity,
            BigDecimal referencePrice,
            BigDecimal basisPoints,
            int businessDays,
            Currency currency) {
        var perDay = quantity.multiply(referencePrice).multiply(basisPoints).movePointLeft(4);
        return Money.round(perDay.multiply(BigDecimal.valueOf(businessDays + 1L)), currency, RoundingMode.HALF_UP);
    }
}
