package org.tradesuite.execution.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.Fact;
import org.tradesuite.execution.risk.SwitchScope;
import org.tradesuite.execution.risk.TradingState;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Quantity;

/** What happens to the switches that stop trading. */
public sealed interface SwitchFact extends Fact {

    SwitchScope scope();

    /**
     * From this event on no more than that may be traded.
     *
     * @param by a person, or the breaker that set it by itself
     * @param key of the caller, null where nobody called
     * @param caught what was with brokers and is cancelled
     */
    record SwitchSet(
            SwitchScope scope,
            TradingState state,
            String reason,
            String by,
            boolean automatic,
            boolean cancelling,
            @Nullable String key,
            @Nullable String bodyHash,
            List<Caught> caught)
            implements SwitchFact {}

    /**
     * One route that a stop cancels.
     *
     * @param executed when the stop came
     * @param asked whether its broker had been asked to cancel it before
     */
    record Caught(String routeId, BrokerId broker, Quantity executed, boolean asked) {}

    record ReopeningAsked(SwitchScope scope, TradingState to, String reason, String by) implements SwitchFact {}

    /** @param approvedBy somebody else than who asked; where a breaker had set it, the person who reset the breaker */
    record Reopened(SwitchScope scope, TradingState to, String reason, String askedBy, String approvedBy)
            implements SwitchFact {}
}
