package org.tradesuite.execution.plan;

import org.tradesuite.market.Quantity;

/** What a scheduled plan does once its time is up and something is left. */
final class Ending {

    private Ending() {}

    static Step step(EndBehaviour behaviour, Quantity quantity, Progress progress) {
        return switch (behaviour) {
            case CANCEL -> Step.CANCEL;
            case FINISH ->
                progress.out().compareTo(quantity) >= 0
                        ? Step.waitUntil(null)
                        : Step.send(quantity.minus(progress.out()), null);
        };
    }
}
