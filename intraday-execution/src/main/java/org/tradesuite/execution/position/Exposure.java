package org.tradesuite.execution.position;

import java.util.Set;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Money;

/**
 * Market value in one currency.
 *
 * @param net longs less shorts, of what is held
 * @param gross longs plus shorts, of what is held
 * @param grossWithWorking gross if on each line the side that would make it larger traded in full
 * @param unpriced lines without a price or an exchange rate; when there are any, the amounts are too small
 */
public record Exposure(Money net, Money gross, Money grossWithWorking, Set<InstrumentId> unpriced) {

    public boolean isComplete() {
        return unpriced.isEmpty();
    }
}
