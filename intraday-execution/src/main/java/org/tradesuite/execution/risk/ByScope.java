package org.tradesuite.execution.risk;

import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.reference.LimitScope;

/** One thing for each scope: what an EnumMap is, for who asks it a hundred times about every order. */
@SuppressWarnings("EnumOrdinal")
final class ByScope<T> {

    private static final int SCOPES = LimitScope.values().length;

    private final @Nullable Object[] things = new Object[SCOPES];

    @SuppressWarnings("unchecked") // Only a T is ever put in.
    @Nullable
    T get(LimitScope scope) {
        return (T) things[scope.ordinal()];
    }

    void put(LimitScope scope, T thing) {
        things[scope.ordinal()] = thing;
    }
}
