package org.tradesuite.execution.marketdata;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Price;
import org.tradesuite.market.Side;

/**
 * The best bid and ask at an instant. A crossed quote is kept as it came: it is the market's fault, not ours to repair.
 *
 * <p>Not a record, because its middle follows from bid and ask and is nobody's to give. It is asked for far more often
 * than quotes come, so it is worked out once, here.
 */
public final class Quote {

    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    private final Price bid;
    private final Price ask;
    private final Instant at;
    private final Price mid;

    public Quote(Price bid, Price ask, Instant at) {
        this.bid = bid;
        this.ask = ask;
        this.at = at;
        // Half of a finite decimal is a finite decimal: nothing is rounded.
        this.mid = Price.of(bid.value().add(ask.value()).divide(TWO));
    }

    public Price bid() {
        return bid;
    }

    public Price ask() {
        return ask;
    }

    public Instant at() {
        return at;
    }

    public Price mid() {
        return mid;
    }

    /** What a marketable order of that side would pay or get. */
    public Price farTouch(Side side) {
        return side == Side.BUY ? ask : bid;
    }

    public boolean isOlderThan(Duration age, Instant now) {
        return at.plus(age).isBefore(now);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Quote quote && bid.equals(quote.bid) && ask.equals(quote.ask) && at.equals(quote.at);
    }

    @Override
    public int hashCode() {
        return Objects.hash(bid, ask, at);
    }

    @Override
    public String toString() {
        return bid + "/" + ask + " at " + at;
    }
}
