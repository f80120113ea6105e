package org.tradesuite.execution.engine;

import org.tradesuite.execution.order.Fact;
import org.tradesuite.execution.risk.Breaker;

/** What becomes of the breakers. What they count until then is not in the journal: after a restart they count anew. */
public sealed interface BreakerFact extends Fact {

    /** @param by a person, or {@code engine} */
    record Moved(Breaker.Kind kind, String of, Breaker.State to, String reason, String by) implements BreakerFact {}
}
