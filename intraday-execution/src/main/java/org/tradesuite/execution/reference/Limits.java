package org.tradesuite.execution.reference;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** All limits in all their versions. Immutable. */
public final class Limits {

    private final Map<LimitKind, List<Limit>> byKind = new EnumMap<>(LimitKind.class);
    private final List<Limit> all;

    public Limits(List<Limit> limits) {
        all = List.copyOf(limits);
        for (var kind : LimitKind.values()) {
            byKind.put(kind, all.stream().filter(limit -> limit.kind() == kind).toList());
        }
    }

    public List<Limit> all() {
        return all;
    }

    /** The limits of that kind under which the order falls at that instant: all of them hold. */
    public List<Limit> on(LimitKind kind, LimitedOrder order, Instant at) {
        var holding = new ArrayList<Limit>(4);
        for (var limit : byKind.getOrDefault(kind, List.of())) {
            if (order.fallsUnder(limit) && limit.holdsAt(at)) {
                holding.add(limit);
            }
        }
        return holding;
    }
}
