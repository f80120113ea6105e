package org.tradesuite.execution.marketdata;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.tradesuite.market.Price;
import org.tradesuite.market.Side;

/** The best bid and ask at an instant. A crossed quote is kept as it came: it is the market's fault, not ours to repair. */
public record Quote(Price bid, Price ask, Instant at, Price mid) {

    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    /** The mid is asked for far more often than quotes come: it is worked out here. */
    public Quote(Price bid, Price ask, Instant at) {
        // Half of a finite decimal is a finite decimal: nothing is rounded.
        this(bid, ask, at, Price.of(bid.value().add(ask.value()).divide(TWO)));
    }

    /** What a marketable order of that side would pay or get. */
    public Price farTouch(Side side) {
        return side == Side.BUY ? ask : bid;
    }

    public boolean isOlderThan(Duration age, Instant now) {
        return at.plus(age).isBefore(now);
    }
}
