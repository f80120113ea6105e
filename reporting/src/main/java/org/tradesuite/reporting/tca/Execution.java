package org.tradesuite.reporting.tca;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One fill.
 *
 * @param bid best bid when it was made; null when not recorded
 * @param ask best ask when it was made; null when not recorded
 */
record Execution(
        BigDecimal quantity,
        BigDecimal price,
        @Nullable BigDecimal bid,
        @Nullable BigDecimal ask) {

    static Execution of(String quantity, String price) {
        return new Execution(new BigDecimal(quantity), new BigDecimal(price), null, null);
    }

    /** A quote with both sides and not crossed. */
    boolean quoted() {
        return bid != null && ask != null && ask.compareTo(bid) >= 0;
    }
}
