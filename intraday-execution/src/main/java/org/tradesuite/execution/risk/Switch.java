package org.tradesuite.execution.risk;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much the orders of one scope may do, and who said so.
 *
 * @param by the person who set it, or the breaker that did
 * @param automatic whether a breaker set it
 * @param cancelling whether what worked was cancelled when it was set
 * @param times how often it was set: each stop has a report of its own
 * @param reopening what one person asked for and another has to approve
 */
public record Switch(
        SwitchScope scope,
        TradingState state,
        String reason,
        String by,
        Instant since,
        boolean automatic,
        boolean cancelling,
        int times,
        @Nullable Reopening reopening) {

    /** @param to what it shall be, less strict than what it is */
    public record Reopening(TradingState to, String reason, String by, Instant at) {}

    public boolean restricts() {
        return state != TradingState.ACTIVE;
    }

    public Switch asked(Reopening asked) {
        return new Switch(scope, state, reason, by, since, automatic, cancelling, times, asked);
    }

    /** In a person's words, for whoever wonders why nothing leaves. */
    public String words() {
        return scope + " is " + state + " by " + by + ": " + reason;
    }
}
