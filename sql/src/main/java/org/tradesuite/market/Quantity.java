package org.tradesuite.market;

import java.math.BigDecimal;

/** How many units of an instrument, never below zero; the direction is the {@link Side}'s. */
public record Quantity(BigDecimal value) implements Comparable<Quantity> {

    public static final Quantity ZERO = new Quantity(BigDecimal.ZERO);

    public Quantity {
        if (value.signum() < 0) {
            throw new IllegalArgumentException(
                    "Quantity " + value.toPlainString() + " is below zero: the side says buy or sell, not the sign.");
        }
        value = Decimal.normal(value);
    }

    public static Quantity of(BigDecimal value) {
        return new Quantity(value);
    }

    public static Quantity of(long value) {
        return new Quantity(BigDecimal.valueOf(value));
    }

    public static Quantity of(String text) {
        return new Quantity(Decimal.parse("Quantity", text));
    }

    public Quantity plus(Quantity other) {
        return new Quantity(value.add(other.value));
    }

    /** @throws IllegalArgumentException if the other is larger */
    public Quantity minus(Quantity other) {
        return new Quantity(value.subtract(other.value));
    }

    public Quantity min(Quantity other) {
        return value.compareTo(other.value) <= 0 ? this : other;
    }

    public boolean isZero() {
        return value.signum() == 0;
    }

    /** Whether it is a whole number of lots. */
    public boolean isMultipleOf(Quantity lot) {
        return value.remainder(lot.value).signum() == 0;
    }

    @Override
    public int compareTo(Quantity other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toPlainString();
    }
}
