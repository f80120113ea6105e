package org.tradesuite.settlement.standing;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/** Which standing instruction a trade uses (rulebook 1.2, step 2). */
public sealed interface Pick {

    record Chosen(StandingInstruction standing) implements Pick {}

    record None() implements Pick {}

    /** Equally specific and different: somebody has to say which one holds. */
    record Tie(List<StandingInstruction> standing) implements Pick {}

    static Pick of(Collection<StandingInstruction> all, StandingKey key) {
        // Of one standing instruction the newest approved version that is valid on the date stands for it.
        var newest = new HashMap<Long, StandingInstruction>();
        for (var standing : all) {
            if (standing.covers(key)) {
                newest.merge(standing.number(), standing, (a, b) -> a.version() > b.version() ? a : b);
            }
        }
        var mostSpecific = newest.values().stream()
                .mapToLong(StandingInstruction::specificity)
                .max()
                .orElse(-1);
        var best = newest.values().stream()
                .filter(standing -> standing.specificity() == mostSpecific)
                .sorted(Comparator.comparingLong(StandingInstruction::number))
                .toList();
        return switch (best.size()) {
            case 0 -> new None();
            case 1 -> new Chosen(best.getFirst());
            default -> new Tie(best);
        };
    }
}
