package org.tradesuite.execution.reference;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.tradesuite.market.Mic;

/**
 * One continuous session of a market in its own time zone. A market with a lunch break has two. A close that is not
 * after the open belongs to the next day, so that 00:00 to 00:00 never closes.
 *
 * @param calendar the days on which the session takes place
 */
public record TradingSession(Mic mic, ZoneId zone, LocalTime open, LocalTime close, String calendar) {

    /** The session that opens on the date, wherever daylight saving time puts it. */
    OpenInterval on(LocalDate date) {
        var closesOn = close.isAfter(open) ? date : date.plusDays(1);
        return new OpenInterval(
                mic,
                date,
                date.atTime(open).atZone(zone).toInstant(),
                closesOn.atTime(close).atZone(zone).toInstant());
    }
}
