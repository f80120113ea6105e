package org.tradesuite.execution.reference;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The limits that hold at an instant.
 *
 * @param version which a proposal must name
 * @param changedAt when they were last changed, by whose approval and why; absent if never
 */
public record LimitsInForce(
        long version,
        List<KeptLimit> limits,
        @Nullable Instant changedAt,
        @Nullable String changedBy,
        @Nullable String reason) {

    public LimitsInForce {
        limits = List.copyOf(limits);
    }
}
