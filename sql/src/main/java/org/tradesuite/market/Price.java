package org.tradesuite.market;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Money per unit, in the instrument's currency. It may be zero or negative, as spreads and some futures have been. */
public record Price(BigDecimal value) implements Comparable<Price> {

    public Price {
        value = Decimal.normal(value);
    }

    public static Price of(BigDecimal value) {
        return new Price(value);
    }

    public static Price of(String text) {
        return new Price(Decimal.parse("Price", text));
    }

    /** Whether the price is a whole number of ticks. */
    public boolean isOnTick(BigDecimal tick) {
        return value.remainder(tick).signum() == 0;
    }

    /** Price times quantity; the caller says how it rounds to the currency. */
    public Money gross(Quantity quantity, Currency currency, RoundingMode rounding) {
        return Money.round(value.multiply(quantity.value()), currency, rounding);
    }

    @Override
    public int compareTo(Price other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toPlainString();
    }
}
