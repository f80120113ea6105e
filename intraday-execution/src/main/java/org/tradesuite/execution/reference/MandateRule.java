package org.tradesuite.execution.reference;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One rule of an investment mandate in one version, as data.
 *
 * @param version of the mandate that brought it
 * @param value of the dimension: an instrument, an issuer, a country ...; {@code *} for each of them, or for the whole
 *     account; for {@link Kind#MIN_RATING} the rating, for {@link Kind#ESG_EXCLUSION} the category
 * @param percent of the account's value; only for weights and the cash floor
 * @throws IllegalArgumentException if the rule says nothing that anybody could hold an order to
 */
public record MandateRule(
        String mandate,
        int version,
        Validity validity,
        Kind kind,
        MandateDimension dimension,
        String value,
        @Nullable BigDecimal percent,
        String reason) {

    /** For each of the dimension, or for the whole account. */
    public static final String EACH = "*";

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** What a rule asks for. */
    public enum Kind {
        /** Nothing else may be bought: of several for one dimension, one has to fit. */
        ALLOWED_UNIVERSE,
        FORBIDDEN_UNIVERSE,
        MIN_WEIGHT,
        MAX_WEIGHT,
        CASH_FLOOR,
        MIN_RATING,
        ESG_EXCLUSION,
        NO_LEVERAGE,
        NO_SHORT
    }

    public MandateRule {
        if (version < 1) {
            throw new IllegalArgumentException("version is " + version + ": the first is 1.");
        }
        switch (kind) {
            case ALLOWED_UNIVERSE, FORBIDDEN_UNIVERSE -> {
                part(kind, dimension);
                if (value.equals(EACH)) {
                    throw new IllegalArgumentException(kind + " of everything is no rule: name a value.");
                }
                dimension.check(value);
                without(kind, percent);
            }
            case MIN_WEIGHT, MAX_WEIGHT -> {
                part(kind, dimension);
                if (kind == Kind.MIN_WEIGHT && value.equals(EACH)) {
                    throw new IllegalArgumentException("MIN_WEIGHT of each cannot be kept: name a value.");
                }
                dimension.check(value);
                needed(kind, percent);
            }
            case CASH_FLOOR -> {
                whole(kind, dimension);
                dimension.check(value);
                needed(kind, percent);
            }
            case MIN_RATING -> {
                whole(kind, dimension);
                Rating.of(value);
                without(kind, percent);
            }
            case ESG_EXCLUSION -> {
                whole(kind, dimension);
                if (EsgCategory.several(value).size() != 1) {
                    throw new IllegalArgumentException("ESG_EXCLUSION excludes one category: send a row for each.");
                }
                without(kind, percent);
            }
            case NO_LEVERAGE, NO_SHORT -> {
                whole(kind, dimension);
                dimension.check(value);
                without(kind, percent);
            }
        }
    }

    private static void part(Kind kind, MandateDimension dimension) {
        if (dimension == MandateDimension.ACCOUNT) {
            throw new IllegalArgumentException(kind + " is about a part of the account: name another dimension.");
        }
    }

    private static void whole(Kind kind, MandateDimension dimension) {
        if (dimension != MandateDimension.ACCOUNT) {
            throw new IllegalArgumentException(kind + " is about the account as a whole: its dimension is ACCOUNT.");
        }
    }

    private static void needed(Kind kind, @Nullable BigDecimal percent) {
        if (percent == null || percent.signum() < 0 || percent.compareTo(HUNDRED) > 0) {
            throw new IllegalArgumentException(kind + " needs a percent between 0 and 100.");
        }
    }

    private static void without(Kind kind, @Nullable BigDecimal percent) {
        if (percent != null) {
            throw new IllegalArgumentException(kind + " has no percent: leave it empty.");
        }
    }
}
