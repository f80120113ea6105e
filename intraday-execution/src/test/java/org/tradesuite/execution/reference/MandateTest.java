package org.tradesuite.execution.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tradesuite.execution.reference.SampleDesk.TEN;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradesuite.execution.reference.MandateRule.Kind;
import org.tradesuite.market.Lei;

/** Vodafone: London, pounds, an equity, of an issuer called VOD; tobacco and an LEI where a test says so. */
class MandateTest {

    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");
    private static final Instant ELEVEN = Instant.parse("2026-11-23T11:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "INSTRUMENT, VOD.XLON, true",
        "INSTRUMENT, IBM.XNYS, false",
        "ISSUER, VOD, true",
        "ISSUER, IBM, false",
        "SECTOR, Sector, true",
        "SECTOR, Energy, false",
        "CURRENCY, GBP, true",
        "CURRENCY, USD, false",
        "ASSET_CLASS, EQUITY, true",
        "ASSET_CLASS, CRYPTO, false",
        "COUNTRY, GB, false"
    })
    void what_is_forbidden_is_known_by_any_of_its_traits(MandateDimension dimension, String value, boolean forbidden) {
        var mandate = mandate(rule(Kind.FORBIDDEN_UNIVERSE, dimension, value, null));

        assertThat(mandate.forbids(vodafone(), TEN).isPresent()).isEqualTo(forbidden);
        assertThat(mandate.outside(vodafone(), TEN)).isEmpty();
    }

    @Test
    void of_what_is_allowed_one_has_to_fit_in_every_dimension_that_is_named() {
        var currencies = List.of(
                rule(Kind.ALLOWED_UNIVERSE, MandateDimension.CURRENCY, "EUR", null),
                rule(Kind.ALLOWED_UNIVERSE, MandateDimension.CURRENCY, "GBP", null));

        assertThat(new Mandate("M", currencies).outside(vodafone(), TEN)).isEmpty();
        assertThat(mandate(currencies.getFirst()).outside(vodafone(), TEN)).contains(MandateDimension.CURRENCY);
        assertThat(mandate(currencies.getLast(), rule(Kind.ALLOWED_UNIVERSE, MandateDimension.SECTOR, "Energy", null))
                        .outside(vodafone(), TEN))
                .contains(MandateDimension.SECTOR);
    }

    @Test
    void an_unknown_trait_is_not_among_the_allowed() {
        assertThat(mandate(rule(Kind.ALLOWED_UNIVERSE, MandateDimension.COUNTRY, "GB", null))
                        .outside(vodafone(), TEN))
                .as("SampleDesk knows no country of Vodafone")
                .contains(MandateDimension.COUNTRY);
    }

    @Test
    void an_issuer_with_an_lei_is_also_known_by_its_name() {
        var lei = "213800TB53ELEUKM7Q61";
        var vodafone = changed(Lei.of(lei), Set.of());

        assertThat(mandate(rule(Kind.FORBIDDEN_UNIVERSE, MandateDimension.ISSUER, lei, null))
                        .forbids(vodafone, TEN))
                .isPresent();
        assertThat(mandate(rule(Kind.FORBIDDEN_UNIVERSE, MandateDimension.ISSUER, "VOD", null))
                        .forbids(vodafone, TEN))
                .isPresent();
        assertThat(mandate(rule(Kind.FORBIDDEN_UNIVERSE, MandateDimension.ISSUER, "IBM", null))
                        .forbids(vodafone, TEN))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T08:59:59.999999Z, 10",
        "2026-11-23T09:00:00Z, 20",
        "2026-11-23T10:59:59.999999Z, 20",
        "2026-11-23T11:00:00Z,"
    })
    void the_version_that_holds_counts(Instant at, @Nullable String percent) {
        var mandate = mandate(
                new MandateRule(
                        "M",
                        1,
                        new Validity(Instant.EPOCH, NINE),
                        Kind.MAX_WEIGHT,
                        MandateDimension.ISSUER,
                        "*",
                        BigDecimal.TEN,
                        "Deed."),
                new MandateRule(
                        "M",
                        2,
                        new Validity(NINE, ELEVEN),
                        Kind.MAX_WEIGHT,
                        MandateDimension.ISSUER,
                        "*",
                        new BigDecimal("20"),
                        "Deed."));

        assertThat(mandate.maximumWeight(MandateDimension.ISSUER, vodafone(), at)
                        .map(MandateRule::percent))
                .isEqualTo(java.util.Optional.ofNullable(percent).map(BigDecimal::new));
        assertThat(mandate.isInForce(at)).isEqualTo(percent != null);
    }

    @Test
    void a_weight_by_name_goes_before_the_one_for_each() {
        var mandate = mandate(
                rule(Kind.MAX_WEIGHT, MandateDimension.ISSUER, "*", "5"),
                rule(Kind.MAX_WEIGHT, MandateDimension.ISSUER, "VOD", "8"));

        assertThat(mandate.maximumWeight(MandateDimension.ISSUER, vodafone(), TEN))
                .hasValueSatisfying(rule -> assertThat(rule.percent()).isEqualByComparingTo("8"));
        assertThat(mandate.weighs(MandateDimension.ISSUER)).isTrue();
        assertThat(mandate.weighs(MandateDimension.SECTOR)).isFalse();
    }

    @Test
    void what_an_issuer_does_may_be_excluded() {
        var mandate = mandate(rule(Kind.ESG_EXCLUSION, MandateDimension.ACCOUNT, "TOBACCO", null));

        assertThat(mandate.excludes(changed(null, Set.of(EsgCategory.TOBACCO)), TEN))
                .isPresent();
        assertThat(mandate.excludes(changed(null, Set.of(EsgCategory.GAMBLING)), TEN))
                .isEmpty();
    }

    @Test
    void of_two_minimum_ratings_the_better_one_holds() {
        var mandate = mandate(
                rule(Kind.MIN_RATING, MandateDimension.ACCOUNT, "BBB-", null),
                rule(Kind.MIN_RATING, MandateDimension.ACCOUNT, "A", null));

        assertThat(mandate.minimumRating(TEN))
                .hasValueSatisfying(rule -> assertThat(rule.value()).isEqualTo("A"));
        assertThat(Rating.of("AAA").isAtLeast(Rating.A)).isTrue();
        assertThat(Rating.of("A").isAtLeast(Rating.A)).isTrue();
        assertThat(Rating.of("A-").isAtLeast(Rating.A)).isFalse();
        assertThat(Rating.of("D").isAtLeast(Rating.C)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "MAX_WEIGHT, ISSUER, *, , needs a percent",
        "MAX_WEIGHT, ISSUER, *, 101, needs a percent",
        "MAX_WEIGHT, ISSUER, *, -1, needs a percent",
        "MIN_WEIGHT, ISSUER, *, 5, cannot be kept",
        "MAX_WEIGHT, ACCOUNT, *, 5, name another dimension",
        "FORBIDDEN_UNIVERSE, SECTOR, *, , name a value",
        "FORBIDDEN_UNIVERSE, COUNTRY, XX, , ISO 3166",
        "FORBIDDEN_UNIVERSE, ASSET_CLASS, BOND, , none of",
        "FORBIDDEN_UNIVERSE, INSTRUMENT, Vodafone, , Vodafone",
        "FORBIDDEN_UNIVERSE, SECTOR, Energy, 5, leave it empty",
        "CASH_FLOOR, CURRENCY, GBP, 5, its dimension is ACCOUNT",
        "CASH_FLOOR, ACCOUNT, GEQ1, 5, send * for the whole",
        "MIN_RATING, ACCOUNT, GOOD, , no rating",
        "ESG_EXCLUSION, ACCOUNT, FUN, , no category",
        "ESG_EXCLUSION, ACCOUNT, TOBACCO|ALCOHOL, , send a row for each",
        "NO_SHORT, ACCOUNT, *, 5, leave it empty"
    })
    void a_rule_nobody_can_hold_an_order_to_is_refused(
            Kind kind, MandateDimension dimension, String value, @Nullable String percent, String reason) {
        assertThatThrownBy(() -> rule(kind, dimension, value, percent))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    private static Mandate mandate(MandateRule... rules) {
        return new Mandate("M", Arrays.asList(rules));
    }

    private static MandateRule rule(Kind kind, MandateDimension dimension, String value, @Nullable String percent) {
        return new MandateRule(
                "M",
                1,
                new Validity(Instant.EPOCH, null),
                kind,
                dimension,
                value,
                percent == null ? null : new BigDecimal(percent),
                "Deed.");
    }

    private static Instrument vodafone() {
        return changed(null, Set.of());
    }

    private static Instrument changed(@Nullable Lei issuer, Set<EsgCategory> esg) {
        var of = SampleDesk.reference().instrument(SampleDesk.VOD).orElseThrow();
        return new Instrument(
                of.id(),
                of.isin(),
                of.symbol(),
                of.mic(),
                of.cfi(),
                of.name(),
                of.issuer(),
                issuer,
                of.currency(),
                of.assetClass(),
                of.lotSize(),
                of.tickSize(),
                of.quantityScale(),
                of.adv(),
                of.spread(),
                of.dailyVolatility(),
                of.sector(),
                of.country(),
                of.placeOfSettlement(),
                of.calendar(),
                of.referencePrice(),
                of.status(),
                of.rating(),
                esg);
    }
}
