package org.tradesuite.runsheet.intake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A refused row as it is kept.
 *
 * @param correctedText what is read instead of the text; null when it is released as it was
 * @param timesSeen how often the row was refused
 */
public record QuarantinedRow(
        long number,
        RefusedRow row,
        Instant firstSeen,
        Instant lastSeen,
        int timesSeen,
        Status status,
        @Nullable String correctedText,
        @Nullable String fixedBy,
        @Nullable Instant fixedAt,
        @Nullable String fixReason) {

    /** Where a refused row stands. */
    public enum Status {
        /** Waits for somebody to look. */
        HELD,
        /** The next run of its job reads it again. */
        RELEASED,
        /** A run has taken it. */
        APPLIED
    }

    /** What the job reads when the row is released. */
    public String effectiveText() {
        return correctedText == null ? row.text() : correctedText;
    }
}
