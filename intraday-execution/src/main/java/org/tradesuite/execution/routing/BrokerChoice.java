package org.tradesuite.execution.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.BrokerId;

/**
 * Who gets the order and why.
 *
 * @param broker absent if nobody can take it
 * @param candidates every broker looked at, cheapest first, those that cannot be chosen last
 * @param reason one sentence for a person
 */
public record BrokerChoice(@Nullable BrokerId broker, List<Candidate> candidates, String reason) {

    public BrokerChoice {
        candidates = List.copyOf(candidates);
    }
}
