package org.tradesuite.execution.plan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Quantity;

/**
 * What a plan wants done now.
 *
 * @param send the next child order's quantity; zero for none
 * @param cancelWorking whether whatever still works is to be cancelled, because the time is up
 * @param ended whether the plan will never send again
 * @param next when to ask again at the latest; absent if only an execution or a cancel can change the answer
 */
public record Step(
        Quantity send,
        boolean cancelWorking,
        boolean ended,
        @Nullable Instant next) {

    static Step send(Quantity quantity, @Nullable Instant next) {
        return new Step(quantity, false, false, next);
    }

    static Step waitUntil(@Nullable Instant next) {
        return new Step(Quantity.ZERO, false, false, next);
    }

    static final Step DONE = new Step(Quantity.ZERO, false, true, null);
    static final Step CANCEL = new Step(Quantity.ZERO, true, true, null);
}
