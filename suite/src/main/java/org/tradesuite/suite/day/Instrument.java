package org.tradesuite.suite.day;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** What the desk knows of an instrument; quantities in units, prices in {@code currency}. */
record Instrument(
        String id,
        @Nullable String isin,
        String mic,
        String currency,
        BigDecimal lot,
        BigDecimal tick,
        int quantityScale,
        BigDecimal adv,
        BigDecimal referencePrice) {

    boolean crypto() {
        return isin == null;
    }

    /** The quantity nearest below {@code quantity} that can be traded, at least one lot. */
    BigDecimal wholeLots(BigDecimal quantity) {
        var step = crypto() ? new BigDecimal("0.01") : lot;
        return quantity.divideToIntegralValue(step)
                .max(BigDecimal.ONE)
                .multiply(step)
                .setScale(quantityScale, RoundingMode.UNNECESSARY);
    }

    /** The price on tick nearest below {@code price}. */
    BigDecimal onTick(BigDecimal price) {
        return price.divideToIntegralValue(tick)
                .multiply(tick)
                .setScale(Math.max(tick.scale(), 0), RoundingMode.UNNECESSARY);
    }
}
