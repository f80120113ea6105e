package org.tradesuite.execution.reference;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often the limits were changed, and the newest approved changes.
 *
 * @param version of the register; zero if they never were
 */
public record LimitHistory(long version, List<Approved> changes) {

    /** Nobody has ever changed a limit. */
    public static final LimitHistory NONE = new LimitHistory(0, List.of());

    public LimitHistory {
        changes = List.copyOf(changes);
    }

    /** @param version of the register that it made */
    public record Approved(
            long changeId,
            long version,
            String proposedBy,
            Instant proposedAt,
            String approvedBy,
            Instant approvedAt,
            String reason,
            @Nullable Instant validUntil) {}
}
