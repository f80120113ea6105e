package org.tradesuite.reporting.evidence;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * From the first of January of a business date's year to the end of that date, in UTC. The last of December is the whole
 * year; an earlier date is the year so far, and says so.
 */
record Period(LocalDate first, LocalDate last) {

    static Period endingOn(LocalDate businessDate) {
        return new Period(businessDate.withDayOfYear(1), businessDate);
    }

    boolean isWholeYear() {
        return last.getDayOfYear() == last.lengthOfYear();
    }

    OffsetDateTime from() {
        return first.atStartOfDay().atOffset(ZoneOffset.UTC);
    }

    /** The first instant after it. */
    OffsetDateTime until() {
        return last.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC);
    }

    Instant end() {
        return until().toInstant();
    }
}
