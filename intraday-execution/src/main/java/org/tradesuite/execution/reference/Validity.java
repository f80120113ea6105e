package org.tradesuite.execution.reference;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * From when to when something holds.
 *
 * @param until the first instant at which it no longer holds; absent if it has no end
 * @throws IllegalArgumentException if the end is not after the beginning
 */
public record Validity(Instant from, @Nullable Instant until) {

    public Validity {
        if (until != null && !until.isAfter(from)) {
            throw new IllegalArgumentException(
                    "It ends at " + until + ", which is not after its beginning at " + from + ".");
        }
    }

    public boolean holdsAt(Instant at) {
        return !at.isBefore(from) && (until == null || at.isBefore(until));
    }

    /** From and until with a slash between them, as ISO 8601 writes an interval; two dots for no end. */
    @Override
    public String toString() {
        return from + "/" + (until == null ? ".." : until);
    }
}
