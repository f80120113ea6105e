package org.tradesuite.execution.risk;

import org.jspecify.annotations.Nullable;

/** What a rule of a test saw. */
public final class Sight {

    private Sight() {}

    public static Seen of(@Nullable Object... namesAndValues) {
        return Seen.of(namesAndValues);
    }
}
