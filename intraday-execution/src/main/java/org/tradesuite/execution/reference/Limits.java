package org.tradesuite.execution.reference;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Currency;

/**
 * All limits in all their versions. Immutable. What an order falls under is found by the names of what it is about, so
 * that the price of asking does not grow with the number of limits.
 */
public final class Limits {

    private static final LimitScope[] SCOPES = LimitScope.values();

    /** What holds one of whom limits are: for each kind the versions, the youngest last. */
    private static final class Held {
        private final Map<LimitKind, List<Limit>> versions = new EnumMap<>(LimitKind.class);

        void add(Limit limit) {
            versions.computeIfAbsent(limit.kind(), kind -> new ArrayList<>(1)).add(limit);
        }

        /** The version that holds at that instant; two never do. */
        @Nullable
        Limit holding(LimitKind kind, Instant at) {
            var ofKind = versions.get(kind);
            if (ofKind == null) {
                return null;
            }
            // The youngest is nearly always the one.
            for (var place = ofKind.size() - 1; place >= 0; place--) {
                var version = ofKind.get(place);
                if (version.holdsAt(at)) {
                    return version;
                }
            }
            return null;
        }
    }

    /** The limits that one order falls under at one instant: all of them hold. */
    public static final class Holding {
        private final Instant at;
        private final Held[] held;

        private Holding(Instant at, Held[] held) {
            this.at = at;
            this.held = held;
        }

        public List<Limit> on(LimitKind kind) {
            var all = new ArrayList<Limit>(held.length);
            for (var place = 0; place < held.length; place++) {
                var limit = on(kind, place);
                if (limit != null) {
                    all.add(limit);
                }
            }
            return all;
        }

        /** How many of whom limits are the order falls under. */
        public int size() {
            return held.length;
        }

        /** The limit of that kind of one of them; null if it has none. */
        public @Nullable Limit on(LimitKind kind, int place) {
            return held[place].holding(kind, at);
        }
    }

    private final Map<LimitScope, Map<String, Held>> byName = new EnumMap<>(LimitScope.class);
    private final List<Limit> all;

    public Limits(List<Limit> limits) {
        all = List.copyOf(limits);
        for (var limit : all) {
            byName.computeIfAbsent(limit.scope(), scope -> new HashMap<>())
                    .computeIfAbsent(limit.scopeId(), id -> new Held())
                    .add(limit);
        }
    }

    public List<Limit> all() {
        return all;
    }

    /** What the order falls under at that instant. */
    public Holding under(LimitedOrder order, Instant at) {
        var held = new Held[SCOPES.length];
        var count = 0;
        for (var scope : SCOPES) {
            var ofScope = byName.get(scope);
            var name = ofScope == null ? null : order.in(scope);
            var named = ofScope == null || name == null ? null : ofScope.get(name);
            if (named != null) {
                held[count++] = named;
            }
        }
        return new Holding(at, Arrays.copyOf(held, count));
    }

    /**
     * The currency in which the firm states what it may risk: of the widest limit in money. Exposure is added up in it,
     * so that the widest limits need no exchange. Dollars as long as there is none, when nothing may be traded anyway.
     */
    public Currency currency() {
        return all.stream()
                .filter(limit -> limit.currency() != null)
                .min(Comparator.comparing(Limit::scope)
                        .thenComparing(Limit::kind, Comparator.reverseOrder())
                        .thenComparing(Limit::scopeId)
                        .thenComparing(Limit::validFrom))
                .map(limit -> Objects.requireNonNull(limit.currency()))
                .orElse(Currency.USD);
    }
}
