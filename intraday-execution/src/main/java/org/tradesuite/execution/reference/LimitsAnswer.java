package org.tradesuite.execution.reference;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a change of limits. */
public sealed interface LimitsAnswer {

    /**
     * The limits in force.
     *
     * @param version which the next change must name
     * @param changedAt when they were last changed, by whom and why; absent if never
     */
    record InForce(
            long version,
            List<Limit> limits,
            @Nullable Instant changedAt,
            @Nullable String changedBy,
            @Nullable String reason)
            implements LimitsAnswer {}

    /** Somebody was faster: read the limits again. Nothing was changed. */
    record Stale(long version) implements LimitsAnswer {}

    /** @param reasons what is wrong with the wanted limits, one sentence each. Nothing was changed. */
    record Wrong(List<String> reasons) implements LimitsAnswer {}
}
