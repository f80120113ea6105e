package org.tradesuite.reconciliation.rules;

import org.jspecify.annotations.Nullable;

/**
 * Something that is agreed as a whole: {@code passes} for the passes and tolerances, {@code layout-ALFA} for how ALFA lays
 * out its statement.
 *
 * @param broker whose layout it is; null for the passes
 */
public record RuleSet(@Nullable String broker) {

    public static final RuleSet PASSES = new RuleSet(null);
    private static final String LAYOUT = "layout-";

    public static RuleSet layout(String broker) {
        return new RuleSet(broker);
    }

    /** @throws IllegalArgumentException if it is neither */
    public static RuleSet of(String text) {
        if (text.equals("passes")) {
            return PASSES;
        }
        if (text.startsWith(LAYOUT) && text.length() > LAYOUT.length()) {
            return new RuleSet(text.substring(LAYOUT.length()));
        }
        throw new IllegalArgumentException("'" + text + "' is neither passes nor layout-<broker>.");
    }

    @Override
    public String toString() {
        return broker == null ? "passes" : LAYOUT + broker;
    }
}
