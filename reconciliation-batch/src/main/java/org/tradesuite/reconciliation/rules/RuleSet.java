package org.tradesuite.reconciliation.rules;

import org.jspecify.annotations.Nullable;

/**
 * Something that is agreed as a whole: {@code passes} for the passes and tolerances by which brokers' statements are matched,
 * {@code passes-drop-copy} for those of their drop copies, {@code layout-ALFA} for how ALFA lays out its statement.
 *
 * @param name as people write it
 */
public record RuleSet(String name) {

    public static final RuleSet PASSES = new RuleSet("passes");
    public static final RuleSet DROP_COPY_PASSES = new RuleSet("passes-drop-copy");
    private static final String LAYOUT = "layout-";

    public static RuleSet layout(String broker) {
        return new RuleSet(LAYOUT + broker);
    }

    /** @throws IllegalArgumentException if it is none of them */
    public static RuleSet of(String text) {
        var set = new RuleSet(text);
        if (set.equals(PASSES) || set.equals(DROP_COPY_PASSES) || set.broker() != null) {
            return set;
        }
        throw new IllegalArgumentException("'" + text + "' is none of passes, passes-drop-copy and layout-<broker>.");
    }

    /** Whose layout it is; null for passes. */
    public @Nullable String broker() {
        return name.startsWith(LAYOUT) && name.length() > LAYOUT.length() ? name.substring(LAYOUT.length()) : null;
    }

    @Override
    public String toString() {
        return name;
    }
}
