package org.tradesuite.execution.reference;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.reference.MandateRule.Kind;

/**
 * The rules of one investment mandate in all their versions. A universe of thousands of instruments is asked by a
 * look-up, not by reading it. Immutable.
 */
public final class Mandate {

    private static final MandateDimension[] DIMENSIONS = MandateDimension.values();
    private static final EsgCategory[] CATEGORIES = EsgCategory.values();

    private final String id;
    /** By kind, dimension and value: the versions. */
    private final Map<Kind, Map<MandateDimension, Map<String, List<MandateRule>>>> rules = new EnumMap<>(Kind.class);

    Mandate(String id, List<MandateRule> rules) {
        this.id = id;
        for (var rule : rules) {
            this.rules
                    .computeIfAbsent(rule.kind(), kind -> new EnumMap<>(MandateDimension.class))
                    .computeIfAbsent(rule.dimension(), dimension -> new HashMap<>())
                    .computeIfAbsent(rule.value(), value -> new ArrayList<>(1))
                    .add(rule);
        }
    }

    public String id() {
        return id;
    }

    /** Whether any of its rules holds at that instant: a mandate that says nothing is not one that allows everything. */
    public boolean isInForce(Instant at) {
        for (var dimensions : rules.values()) {
            for (var values : dimensions.values()) {
                for (var versions : values.values()) {
                    if (holding(versions, at) != null) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** The rule that forbids to hold the instrument, if one does. */
    public Optional<MandateRule> forbids(Instrument instrument, Instant at) {
        var dimensions = rules.get(Kind.FORBIDDEN_UNIVERSE);
        if (dimensions != null) {
            for (var dimension : DIMENSIONS) {
                var rule = holding(dimensions.get(dimension), dimension, instrument, at);
                if (rule != null) {
                    return Optional.of(rule);
                }
            }
        }
        return Optional.empty();
    }

    /** The dimension of which only some values are allowed and the instrument's is not among them, if there is one. */
    public Optional<MandateDimension> outside(Instrument instrument, Instant at) {
        var dimensions = rules.get(Kind.ALLOWED_UNIVERSE);
        if (dimensions != null) {
            for (var dimension : DIMENSIONS) {
                var allowed = dimensions.get(dimension);
                if (allowed != null && holding(allowed, dimension, instrument, at) == null && anyHolds(allowed, at)) {
                    return Optional.of(dimension);
                }
            }
        }
        return Optional.empty();
    }

    /** The rule that excludes something the instrument's issuer does, if one does. */
    public Optional<MandateRule> excludes(Instrument instrument, Instant at) {
        if (!instrument.esg().isEmpty()) {
            for (var category : CATEGORIES) {
                var rule = instrument.esg().contains(category)
                        ? holding(ofAccount(Kind.ESG_EXCLUSION), category.name(), at)
                        : null;
                if (rule != null) {
                    return Optional.of(rule);
                }
            }
        }
        return Optional.empty();
    }

    /** The rule that asks for the best rating; what is not rated meets none. */
    public Optional<MandateRule> minimumRating(Instant at) {
        var ratings = ofAccount(Kind.MIN_RATING);
        if (ratings != null) {
            for (var rating : Rating.values()) {
                var rule = holding(ratings, rating.toString(), at);
                if (rule != null) {
                    return Optional.of(rule);
                }
            }
        }
        return Optional.empty();
    }

    /** How much the account may hold of what has that trait of the instrument: by name, or of each. */
    public Optional<MandateRule> maximumWeight(MandateDimension dimension, Instrument instrument, Instant at) {
        return weight(Kind.MAX_WEIGHT, dimension, instrument, at);
    }

    /** How much the account has to hold of what has that trait of the instrument. */
    public Optional<MandateRule> minimumWeight(MandateDimension dimension, Instrument instrument, Instant at) {
        return weight(Kind.MIN_WEIGHT, dimension, instrument, at);
    }

    private Optional<MandateRule> weight(Kind kind, MandateDimension dimension, Instrument instrument, Instant at) {
        var dimensions = rules.get(kind);
        var values = dimensions == null ? null : dimensions.get(dimension);
        var own = holding(values, dimension, instrument, at);
        return Optional.ofNullable(own != null ? own : holding(values, MandateRule.EACH, at));
    }

    /** Whether any value of the dimension has a weight, so that nobody adds up what nobody asks. */
    public boolean weighs(MandateDimension dimension) {
        return has(Kind.MAX_WEIGHT, dimension) || has(Kind.MIN_WEIGHT, dimension);
    }

    private boolean has(Kind kind, MandateDimension dimension) {
        var dimensions = rules.get(kind);
        return dimensions != null && dimensions.containsKey(dimension);
    }

    /** How much cash has to stay. */
    public Optional<MandateRule> cashFloor(Instant at) {
        return Optional.ofNullable(holding(ofAccount(Kind.CASH_FLOOR), MandateRule.EACH, at));
    }

    public Optional<MandateRule> noLeverage(Instant at) {
        return Optional.ofNullable(holding(ofAccount(Kind.NO_LEVERAGE), MandateRule.EACH, at));
    }

    public Optional<MandateRule> noShort(Instant at) {
        return Optional.ofNullable(holding(ofAccount(Kind.NO_SHORT), MandateRule.EACH, at));
    }

    private @Nullable Map<String, List<MandateRule>> ofAccount(Kind kind) {
        var dimensions = rules.get(kind);
        return dimensions == null ? null : dimensions.get(MandateDimension.ACCOUNT);
    }

    private static boolean anyHolds(Map<String, List<MandateRule>> values, Instant at) {
        for (var versions : values.values()) {
            if (holding(versions, at) != null) {
                return true;
            }
        }
        return false;
    }

    /** An issuer that has an LEI may still be named by its name. */
    private static @Nullable MandateRule holding(
            @Nullable Map<String, List<MandateRule>> values,
            MandateDimension dimension,
            Instrument instrument,
            Instant at) {
        var rule = holding(values, dimension.of(instrument), at);
        return rule == null && dimension == MandateDimension.ISSUER ? holding(values, instrument.issuer(), at) : rule;
    }

    private static @Nullable MandateRule holding(
            @Nullable Map<String, List<MandateRule>> values, @Nullable String value, Instant at) {
        var versions = values == null || value == null ? null : values.get(value);
        return versions == null ? null : holding(versions, at);
    }

    private static @Nullable MandateRule holding(List<MandateRule> versions, Instant at) {
        for (var rule : versions) {
            if (rule.validity().holdsAt(at)) {
                return rule;
            }
        }
        return null;
    }
}
