package org.tradesuite.reconciliation.match;

import java.util.List;

/**
 * The passes of a comparison in their order, as one version of them.
 *
 * @param version stored with every match
 */
public record MatchRules(int version, List<Pass> passes) {

    public MatchRules {
        passes = List.copyOf(passes);
        if (passes.isEmpty()) {
            throw new IllegalArgumentException("There is no pass: nothing would be matched.");
        }
        if (passes.stream().map(Pass::name).distinct().count() < passes.size()) {
            throw new IllegalArgumentException(
                    "Two passes have the same name; a match would not tell by which it was made.");
        }
    }

    /** @throws IllegalArgumentException if a pass needs a column that the comparison has not */
    public void check(Shape shape) {
        passes.forEach(pass -> pass.check(shape));
    }
}
