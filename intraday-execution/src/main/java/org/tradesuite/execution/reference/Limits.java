package org.tradesuite.execution.reference;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Currency;

/**
 * All limits in all their versions. Immutable. What an order falls under is found by the names of what it is about, so
 * that the price of asking does not grow with the number of limits.
 */
public final class Limits {

    /** What {@link Holding#amount} is where there is no limit. */
    public static final double NONE = Double.POSITIVE_INFINITY;

    private static final LimitScope[] SCOPES = LimitScope.values();
    private static final LimitKind[] KINDS = LimitKind.values();

    /** One of whom limits are: for each kind the versions, the youngest last. */
    private final class Held {
        private final LimitScope scope;
        private final Map<LimitKind, List<Limit>> versions = new EnumMap<>(LimitKind.class);

        /** As it was last asked for. A table does not change, so that whoever asks at once reads one or the other. */
        private @Nullable Table last;

        Held(LimitScope scope) {
            this.scope = scope;
        }

        void add(Limit limit) {
            versions.computeIfAbsent(limit.kind(), kind -> new ArrayList<>(1)).add(limit);
        }

        Table at(Instant at) {
            var known = last;
            if (known == null || !known.holdsAt(at)) {
                known = new Table(scope, versions.values(), at, Limits.this::comparable);
                last = known;
            }
            return known;
        }
    }

    /**
     * The limits of one of whom limits are that hold at an instant, and as long as none of them ends and none begins. The
     * amounts lie side by side: an order is held to thirty kinds of limits of ten owners, and memory is what that costs.
     */
    // By ordinal, as an EnumMap would, and without a box for each amount.
    @SuppressWarnings("EnumOrdinal")
    private static final class Table {
        private final LimitScope scope;
        private final @Nullable Limit[] limits = new Limit[KINDS.length];
        private final double[] amounts = new double[KINDS.length];
        private final Instant from;
        private final Instant until;

        Table(LimitScope scope, Collection<List<Limit>> versions, Instant at, ToDoubleFunction<Limit> comparable) {
            this.scope = scope;
            Arrays.fill(amounts, NONE);
            var begins = Instant.MIN;
            var ends = Instant.MAX;
            for (var ofKind : versions) {
                for (var version : ofKind) {
                    begins = latest(begins, at, version.validFrom());
                    ends = earliest(ends, at, version.validFrom());
                    if (version.validUntil() != null) {
                        begins = latest(begins, at, version.validUntil());
                        ends = earliest(ends, at, version.validUntil());
                    }
                    if (version.holdsAt(at)) {
                        limits[version.kind().ordinal()] = version;
                        amounts[version.kind().ordinal()] = comparable.applyAsDouble(version);
                    }
                }
            }
            from = begins;
            until = ends;
        }

        private static Instant latest(Instant known, Instant at, Instant turn) {
            return !turn.isAfter(at) && turn.isAfter(known) ? turn : known;
        }

        private static Instant earliest(Instant known, Instant at, Instant turn) {
            return turn.isAfter(at) && turn.isBefore(known) ? turn : known;
        }

        @Nullable
        Limit limit(LimitKind kind) {
            return limits[kind.ordinal()];
        }

        double amount(LimitKind kind) {
            return amounts[kind.ordinal()];
        }

        boolean holdsAt(Instant at) {
            return !at.isBefore(from) && at.isBefore(until);
        }
    }

    /** The limits that one order falls under at one instant: all of them hold. */
    public static final class Holding {
        private final Table[] tables;

        private Holding(Table[] tables) {
            this.tables = tables;
        }

        public List<Limit> on(LimitKind kind) {
            var all = new ArrayList<Limit>(tables.length);
            for (var place = 0; place < tables.length; place++) {
                var limit = on(kind, place);
                if (limit != null) {
                    all.add(limit);
                }
            }
            return all;
        }

        /** The limit of that kind with the smallest amount; the first of equal ones, null if there is none. */
        public @Nullable Limit smallest(LimitKind kind) {
            @Nullable Limit smallest = null;
            for (var place = 0; place < tables.length; place++) {
                var limit = on(kind, place);
                if (limit != null && (smallest == null || limit.amount().compareTo(smallest.amount()) < 0)) {
                    smallest = limit;
                }
            }
            return smallest;
        }

        /** How many of whom limits are the order falls under. */
        public int size() {
            return tables.length;
        }

        /** Of what scope is the one at that place: each is there once. */
        public LimitScope scope(int place) {
            return tables[place].scope;
        }

        /** The limit of that kind of one of them; null if it has none. */
        public @Nullable Limit on(LimitKind kind, int place) {
            return tables[place].limit(kind);
        }

        /**
         * About how much that limit allows: in its unit, money in {@link Limits#currency}. {@link Limits#NONE} if it has
         * none; not a number if the limit has to be asked itself, because it says where it warns, or nobody knows the
         * rate of its currency.
         */
        public double amount(LimitKind kind, int place) {
            return tables[place].amount(kind);
        }
    }

    private final Map<LimitScope, Map<String, Held>> byName = new EnumMap<>(LimitScope.class);
    private final List<Limit> all;
    private final Currency currency;
    private final BiFunction<Currency, Currency, Optional<BigDecimal>> rates;

    /** @param rates what one unit of the first is worth in the second; empty if nobody knows */
    public Limits(List<Limit> limits, BiFunction<Currency, Currency, Optional<BigDecimal>> rates) {
        this.all = List.copyOf(limits);
        this.rates = rates;
        this.currency = currency(all);
        for (var limit : all) {
            byName.computeIfAbsent(limit.scope(), scope -> new HashMap<>())
                    .computeIfAbsent(limit.scopeId(), id -> new Held(limit.scope()))
                    .add(limit);
        }
    }

    private double comparable(Limit limit) {
        if (limit.warnAt() != null) {
            return Double.NaN;
        }
        var in = limit.currency();
        return in == null
                ? limit.amount().doubleValue()
                : rates.apply(in, currency)
                        .map(rate -> limit.amount().doubleValue() * rate.doubleValue())
                        .orElse(Double.NaN);
    }

    public List<Limit> all() {
        return all;
    }

    /** What the order falls under at that instant. */
    public Holding under(LimitedOrder order, Instant at) {
        var tables = new Table[SCOPES.length];
        var count = 0;
        for (var scope : SCOPES) {
            var ofScope = byName.get(scope);
            var name = ofScope == null ? null : order.in(scope);
            var named = ofScope == null || name == null ? null : ofScope.get(name);
            if (named != null) {
                tables[count++] = named.at(at);
            }
        }
        return new Holding(Arrays.copyOf(tables, count));
    }

    /**
     * The currency in which the firm states what it may risk: of the widest limit in money. Exposure is added up in it,
     * so that the widest limits need no exchange. Dollars as long as there is none, when nothing may be traded anyway.
     */
    public Currency currency() {
        return currency;
    }

    private static Currency currency(List<Limit> limits) {
        return limits.stream()
                .filter(limit -> limit.currency() != null)
                .min(Comparator.comparing(Limit::scope)
                        .thenComparing(Limit::kind, Comparator.reverseOrder())
                        .thenComparing(Limit::scopeId)
                        .thenComparing(Limit::validFrom))
                .map(limit -> Objects.requireNonNull(limit.currency()))
                .orElse(Currency.USD);
    }
}
