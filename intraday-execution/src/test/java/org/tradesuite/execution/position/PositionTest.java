package org.tradesuite.execution.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

class PositionTest {

    @ParameterizedTest(name = "{0} at {1}, then {2} {3} at {4}: {5} at {6}, realised {7}")
    @CsvSource({
        "10,  5,  BUY,  10, 7, 20,  6, 0",
        "10,  5,  SELL, 4,  6, 6,   5, 4",
        "10,  5,  SELL, 10, 6, 0,   ,  10",
        "10,  5,  SELL, 15, 6, -5,  6, 10",
        "-10, 5,  SELL, 10, 7, -20, 6, 0",
        "-10, 5,  BUY,  4,  6, -6,  5, -4",
        "-10, 5,  BUY,  10, 4, 0,   ,  10",
        "-10, 5,  BUY,  15, 4, 5,   4, 10",
        "0,   0,  BUY,  10, 7, 10,  7, 0",
        "0,   0,  SELL, 10, 7, -10, 7, 0"
    })
    void opening_averages_and_closing_realises(
            String held,
            String cost,
            Side side,
            String quantity,
            String price,
            String left,
            String average,
            String gain) {
        var after = Position.opening(new BigDecimal(held), Price.of(cost))
                .after(side, Quantity.of(quantity), Price.of(price));

        assertThat(after.quantity()).isEqualByComparingTo(left);
        assertThat(after.averageCost())
                .isEqualTo(java.util.Optional.ofNullable(average).map(Price::of));
        assertThat(after.realised()).isEqualByComparingTo(gain);
    }

    @Test
    void an_average_that_never_ends_is_rounded_only_when_shown() {
        var three = Position.FLAT
                .after(Side.BUY, Quantity.of(1), Price.of("1"))
                .after(Side.BUY, Quantity.of(2), Price.of("2"));

        assertThat(three.averageCost()).contains(Price.of("1.6666666667"));
        var closed = three.after(Side.SELL, Quantity.of(3), Price.of("2"));
        assertThat(closed.realised()).isEqualByComparingTo("1");
        assertThat(closed.isFlat()).isTrue();
        assertThat(closed.cost()).isEqualByComparingTo("0");
    }

    @Test
    void nothing_traded_changes_nothing() {
        var position = Position.opening(BigDecimal.TEN, Price.of("5"));

        assertThat(position.after(Side.BUY, Quantity.ZERO, Price.of("9"))).isEqualTo(position);
    }
}
