package org.tradesuite.execution.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Multiplied in a long or not, an amount is what exact arithmetic says. */
class BaseAmountProperties {

    private static final BigDecimal TOP = BigDecimal.valueOf(BaseAmount.TOP);

    @Property
    void any_two_numbers(@ForAll BigDecimal units, @ForAll BigDecimal value) {
        areMultiplied(units, value);
    }

    @Property
    void of_any_scale(
            @ForAll long units,
            @ForAll @IntRange(min = -20, max = 25) int scale,
            @ForAll int value,
            @ForAll @IntRange(min = -20, max = 25) int valueScale) {
        areMultiplied(
                new BigDecimal(BigInteger.valueOf(units), scale),
                new BigDecimal(BigInteger.valueOf(value), valueScale));
    }

    @Property
    void as_an_order_has_them(@ForAll @IntRange(min = -2_000_000_000) int units, @ForAll @IntRange(min = 0) int price) {
        areMultiplied(BigDecimal.valueOf(units), BigDecimal.valueOf(price, 6));
    }

    private static void areMultiplied(BigDecimal units, BigDecimal value) {
        assertThat(BaseAmount.up(units, value)).isEqualTo(expected(units, value, RoundingMode.UP));
        assertThat(BaseAmount.down(units, value)).isEqualTo(expected(units, value, RoundingMode.FLOOR));
    }

    private static long expected(BigDecimal units, BigDecimal value, RoundingMode mode) {
        return units.multiply(value)
                .multiply(BigDecimal.valueOf(10_000))
                .setScale(0, mode)
                .min(TOP)
                .max(TOP.negate())
                .longValueExact();
    }
}
