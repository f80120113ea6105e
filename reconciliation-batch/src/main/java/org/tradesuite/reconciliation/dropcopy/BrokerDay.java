package org.tradesuite.reconciliation.dropcopy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * When a broker's day ends: what it sends from then on belongs to the next one.
 *
 * @param ends by the clock of the zone; midnight for days as in the calendar
 * @param weekends whether Saturday and Sunday are days of their own; else they belong to Monday
 */
record BrokerDay(ZoneId zone, LocalTime ends, boolean weekends) {

    /** The business date of a message that was sent then. */
    LocalDate of(Instant sent) {
        var local = sent.atZone(zone);
        var date = local.toLocalDate();
        if (!ends.equals(LocalTime.MIDNIGHT) && !local.toLocalTime().isBefore(ends)) {
            date = date.plusDays(1);
        }
        while (!weekends && (date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY)) {
            date = date.plusDays(1);
        }
        return date;
    }
}
