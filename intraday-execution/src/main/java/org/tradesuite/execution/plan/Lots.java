package org.tradesuite.execution.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.tradesuite.market.Quantity;

/** Whole lots, rounded down. */
final class Lots {

    private Lots() {}

    static Quantity floor(BigDecimal quantity, Quantity lot) {
        return quantity.signum() <= 0
                ? Quantity.ZERO
                : Quantity.of(
                        quantity.divide(lot.value(), 0, RoundingMode.FLOOR).multiply(lot.value()));
    }
}
