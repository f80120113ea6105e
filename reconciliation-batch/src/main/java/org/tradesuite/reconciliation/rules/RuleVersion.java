package org.tradesuite.reconciliation.rules;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version of a rule set as it stands.
 *
 * @param validFrom first business date
 * @param validTo last business date; null if it has no end
 * @param body what it says, as JSON
 * @param makers who made or changed it: none of them can approve it
 * @param decision why it was approved, refused or withdrawn
 * @param revision counts its changes; whoever changes it says which revision was read
 */
public record RuleVersion(
        RuleSet set,
        int version,
        RuleState state,
        LocalDate validFrom,
        @Nullable LocalDate validTo,
        String body,
        List<String> makers,
        Instant madeAt,
        String reason,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String decision,
        int revision) {

    public RuleVersion {
        makers = List.copyOf(makers);
    }

    boolean overlaps(LocalDate from, @Nullable LocalDate to) {
        return (to == null || !validFrom.isAfter(to)) && (validTo == null || !validTo.isBefore(from));
    }

    /** As a person names it. */
    public String named() {
        return set + " version " + version;
    }
}
