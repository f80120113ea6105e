package org.tradesuite.execution.reference;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What an issuer earns from, or does, that an investor may have excluded in its mandate. */
public enum EsgCategory {
    TOBACCO,
    CONTROVERSIAL_WEAPONS,
    CIVILIAN_FIREARMS,
    THERMAL_COAL,
    OIL_SANDS,
    GAMBLING,
    ALCOHOL,
    ADULT_ENTERTAINMENT,
    GLOBAL_COMPACT_VIOLATION;

    private static final Pattern BAR = Pattern.compile("\\|");

    /**
     * Several, with a bar between them; none for an empty text.
     *
     * @throws IllegalArgumentException if one of them is not in the list
     */
    public static Set<EsgCategory> several(String text) {
        var categories = EnumSet.noneOf(EsgCategory.class);
        if (!text.isEmpty()) {
            for (var name : BAR.split(text, -1)) {
                categories.add(of(name));
            }
        }
        return Collections.unmodifiableSet(categories);
    }

    private static EsgCategory of(String name) {
        for (var category : values()) {
            if (category.name().equals(name)) {
                return category;
            }
        }
        throw new IllegalArgumentException("'" + name + "' is no category of exclusion: send some of "
                + String.join(
                        "|",
                        EnumSet.allOf(EsgCategory.class).stream()
                                .map(Enum::name)
                                .toList()) + ".");
    }

    /** How {@link #several} reads it, in the order of the list. */
    static String text(Set<EsgCategory> categories) {
        return String.join(
                "|", new TreeSet<>(categories).stream().map(Enum::name).toList());
    }
}
