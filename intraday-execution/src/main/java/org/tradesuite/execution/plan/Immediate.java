package org.tradesuite.execution.plan;

import java.time.Instant;
import java.util.List;
import org.tradesuite.market.Quantity;

/** Everything at once, and whatever comes back unexecuted again, until the market closes. */
public record Immediate(Quantity quantity, List<Window> open) implements Plan {

    public Immediate {
        open = List.copyOf(open);
    }

    @Override
    public Quantity target(Instant at) {
        return at.isBefore(start()) ? Quantity.ZERO : quantity;
    }

    @Override
    public Step step(Instant now, Progress progress) {
        if (progress.executed().compareTo(quantity) >= 0) {
            return Step.DONE;
        }
        if (!now.isBefore(end())) {
            return Step.CANCEL;
        }
        if (!Plan.isOpen(open, now)) {
            return Step.waitUntil(Plan.nextOpen(open, now));
        }
        return progress.out().compareTo(quantity) >= 0
                ? Step.waitUntil(end())
                : Step.send(quantity.minus(progress.out()), end());
    }
}
