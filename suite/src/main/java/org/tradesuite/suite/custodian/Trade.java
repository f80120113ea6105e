package org.tradesuite.suite.custodian;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** One instruction and how far it got. */
final class Trade {
    final Order order;
    boolean answered;
    boolean matched;
    boolean rejected;
    boolean partial;
    BigDecimal settledQuantity = BigDecimal.ZERO;
    BigDecimal settledAmount = BigDecimal.ZERO;
    Instant lastWord = Instant.EPOCH;

    @Nullable
    LocalDate lastTried;

    Trade(Order order) {
        this.order = order;
    }

    boolean isOpen() {
        return matched && !rejected && settledQuantity.compareTo(order.quantity()) < 0;
    }

    BigDecimal rest() {
        return order.quantity().subtract(settledQuantity);
    }
}
