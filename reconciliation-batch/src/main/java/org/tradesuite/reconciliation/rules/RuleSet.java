package org.tradesuite.reconciliation.rules;

/**
 * Something that is agreed as a whole: {@code passes} for the passes and tolerances by which brokers' statements are matched,
 * {@code passes-drop-copy} for those of their drop copies, {@code layout-ALFA} for how ALFA lays out its statement, {@code
 * layout-drop-copy-ALFA} for what the tags of its drop copy mean, {@code layout-drop-copy} for those of all brokers that
 * have no such layout of their own.
 *
 * @param name as people write it
 */
public record RuleSet(String name) {

    /** What is agreed. */
    public enum Kind {
        PASSES,
        LAYOUT,
        DROP_COPY_LAYOUT
    }

    public static final RuleSet PASSES = new RuleSet("passes");
    public static final RuleSet DROP_COPY_PASSES = new RuleSet("passes-drop-copy");
    public static final RuleSet DROP_COPY_LAYOUT = new RuleSet("layout-drop-copy");
    private static final String LAYOUT = "layout-";
    private static final String OF_BROKER = DROP_COPY_LAYOUT.name + "-";

    public static RuleSet layout(String broker) {
        return new RuleSet(LAYOUT + broker);
    }

    public static RuleSet dropCopyLayout(String broker) {
        return new RuleSet(OF_BROKER + broker);
    }

    /** @throws IllegalArgumentException if it is none of them */
    public static RuleSet of(String text) {
        var set = new RuleSet(text);
        if (set.equals(PASSES)
                || set.equals(DROP_COPY_PASSES)
                || set.equals(DROP_COPY_LAYOUT)
                || (text.startsWith(LAYOUT) && !text.equals(LAYOUT) && !text.equals(OF_BROKER))) {
            return set;
        }
        throw new IllegalArgumentException("'" + text
                + "' is none of passes, passes-drop-copy, layout-<broker>, layout-drop-copy and"
                + " layout-drop-copy-<broker>.");
    }

    public Kind kind() {
        if (!name.startsWith(LAYOUT)) {
            return Kind.PASSES;
        }
        return equals(DROP_COPY_LAYOUT) || name.startsWith(OF_BROKER) ? Kind.DROP_COPY_LAYOUT : Kind.LAYOUT;
    }

    @Override
    public String toString() {
        return name;
    }
}
