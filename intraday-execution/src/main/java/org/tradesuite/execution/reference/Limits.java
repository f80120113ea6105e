package org.tradesuite.execution.reference;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All limits in all their versions. Immutable. What an order falls under is found by the names of what it is about, so
 * that the price of asking does not grow with the number of limits.
 */
public final class Limits {

    private static final LimitScope[] SCOPES = LimitScope.values();

    /** By kind, scope and whom it holds: the versions. */
    private final Map<LimitKind, Map<LimitScope, Map<String, List<Limit>>>> versions = new EnumMap<>(LimitKind.class);

    private final List<Limit> all;

    public Limits(List<Limit> limits) {
        all = List.copyOf(limits);
        for (var limit : all) {
            versions.computeIfAbsent(limit.kind(), kind -> new EnumMap<>(LimitScope.class))
                    .computeIfAbsent(limit.scope(), scope -> new HashMap<>())
                    .computeIfAbsent(limit.scopeId(), id -> new ArrayList<>(1))
                    .add(limit);
        }
    }

    public List<Limit> all() {
        return all;
    }

    /** The limits of that kind under which the order falls at that instant: all of them hold. */
    public List<Limit> on(LimitKind kind, LimitedOrder order, Instant at) {
        var ofKind = versions.get(kind);
        if (ofKind == null) {
            return List.of();
        }
        var holding = new ArrayList<Limit>(4);
        for (var scope : SCOPES) {
            var ofScope = ofKind.get(scope);
            var name = ofScope == null ? null : order.in(scope);
            var limit = ofScope == null || name == null ? null : holding(ofScope.get(name), at);
            if (limit != null) {
                holding.add(limit);
            }
        }
        return holding;
    }

    /** The version that holds at that instant; two never do. */
    private static @Nullable Limit holding(@Nullable List<Limit> versions, Instant at) {
        if (versions == null) {
            return null;
        }
        // The youngest is nearly always the one.
        for (var place = versions.size() - 1; place >= 0; place--) {
            var version = versions.get(place);
            if (version.holdsAt(at)) {
                return version;
            }
        }
        return null;
    }
}
