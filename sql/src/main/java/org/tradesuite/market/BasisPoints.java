package org.tradesuite.market;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Hundredths of a percent: 25 basis points of USD 10,000 are USD 25. */
public record BasisPoints(BigDecimal value) implements Comparable<BasisPoints> {

    public BasisPoints {
        value = Decimal.normal(value);
    }

    public static BasisPoints of(BigDecimal value) {
        return new BasisPoints(value);
    }

    public static BasisPoints of(String text) {
        return new BasisPoints(Decimal.parse("Basis points", text));
    }

    /** One percent is the fraction 0.01 and 100 basis points. */
    public static BasisPoints ofFraction(BigDecimal fraction) {
        return new BasisPoints(fraction.movePointRight(4));
    }

    public BigDecimal fraction() {
        return value.movePointLeft(4);
    }

    public Money of(Money base, RoundingMode rounding) {
        return Money.round(base.amount().multiply(fraction()), base.currency(), rounding);
    }

    @Override
    public int compareTo(BasisPoints other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toPlainString();
    }
}
