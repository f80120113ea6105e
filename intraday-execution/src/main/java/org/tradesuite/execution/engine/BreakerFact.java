package org.tradesuite.execution.engine;

import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.Fact;
import org.tradesuite.execution.risk.Breaker;

/** What becomes of the breakers, and what they noted that no other fact tells. */
public sealed interface BreakerFact extends Fact {

    Breaker.Kind kind();

    String of();

    /** What a breaker counts. */
    enum Measure {
        REJECTS("orders rejected"),
        SLOW("orders not acknowledged in time"),
        LOST("sessions broken"),
        SLIPS("fills far off the market"),
        ODD_FILLS("odd fills"),
        /** Each opened route is one: none is noted beside it. */
        ORDERS("orders sent"),
        /** Looked at anew after a restart. */
        LOSSES("looks at a loss beyond what is allowed"),
        /** Each fill is one: none is noted beside it. */
        EXECUTIONS("executions");

        final String words;

        Measure(String words) {
            this.words = words;
        }
    }

    /** @param by a person, or {@code engine} */
    record Moved(Breaker.Kind kind, String of, Breaker.State to, String reason, String by) implements BreakerFact {}

    /**
     * One oddity, which trips nothing yet.
     *
     * @param about the route it was seen at, if at one
     */
    record Noted(
            Breaker.Kind kind,
            String of,
            Measure measure,
            @Nullable String about) implements BreakerFact {}
}
