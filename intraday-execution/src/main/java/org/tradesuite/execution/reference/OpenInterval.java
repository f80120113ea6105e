package org.tradesuite.execution.reference;

import java.time.Instant;
import java.time.LocalDate;
import org.tradesuite.market.Mic;

/**
 * A market's session on a day. Open from the first instant, closed at the last.
 *
 * @param tradeDate the date in the market's own zone, which is the trade date of everything done in it
 */
public record OpenInterval(Mic mic, LocalDate tradeDate, Instant open, Instant close) {

    public boolean contains(Instant at) {
        return !at.isBefore(open) && at.isBefore(close);
    }
}
