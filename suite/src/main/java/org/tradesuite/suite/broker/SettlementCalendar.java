package org.tradesuite.suite.broker;

import com.opengamma.strata.basics.ReferenceData;
import com.opengamma.strata.basics.date.HolidayCalendar;
import com.opengamma.strata.basics.date.HolidayCalendarId;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.tradesuite.suite.market.Listing;
import org.tradesuite.suite.market.ReferenceFiles;

/**
 * When a trade settles: the market's cycle in force on the trade date, counted in days on which both the
 * listing's calendar and the currency's banks are open, with the dated overrides of the reference files.
 */
final class SettlementCalendar {

    private static final Map<String, String> BANKS = Map.of("GBP", "GBLO", "EUR", "EUTA", "USD", "USNY", "JPY", "JPTO");

    private final List<Map<String, String>> cycles;
    private final List<Map<String, String>> overrides;

    SettlementCalendar(ReferenceFiles files) {
        this.cycles = files.rows("settlement_cycles");
        this.overrides = files.rows("calendar_overrides");
    }

    LocalDate settles(Listing listing, LocalDate tradeDate) {
        LocalDate date = tradeDate;
        for (int left = days(listing.mic(), tradeDate); left > 0; ) {
            date = date.plusDays(1);
            String banks =
                    listing.crypto() ? listing.calendar() : BANKS.getOrDefault(listing.currency(), listing.calendar());
            if (isBusinessDay(listing.calendar(), date) && isBusinessDay(banks, date)) {
                left--;
            }
        }
        return date;
    }

    private int days(String mic, LocalDate tradeDate) {
        int days = -1;
        LocalDate latest = LocalDate.MIN;
        for (Map<String, String> row : cycles) {
            LocalDate from = LocalDate.parse(String.valueOf(row.get("valid_from")));
            if (mic.equals(row.get("mic")) && !from.isAfter(tradeDate) && from.isAfter(latest)) {
                latest = from;
                days = Integer.parseInt(String.valueOf(row.get("days")));
            }
        }
        if (days < 0) {
            throw new IllegalArgumentException("No settlement cycle for " + mic + " on " + tradeDate);
        }
        return days;
    }

    private boolean isBusinessDay(String calendar, LocalDate date) {
        for (Map<String, String> row : overrides) {
            if (calendar.equals(row.get("calendar")) && date.toString().equals(row.get("date"))) {
                return Boolean.parseBoolean(row.get("open"));
            }
        }
        HolidayCalendar holidays = HolidayCalendarId.of(calendar).resolve(ReferenceData.standard());
        return holidays.isBusinessDay(date);
    }
}
