package org.tradesuite.settlement.standing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tradesuite.settlement.standing.StandingInstruction.Proposal;

/** Rulebook 1.2, step 2: most specific wins, ties are an error. */
class PickTest {

    private static final Instant THEN = Instant.parse("2026-01-02T09:00:00Z");
    private static final LocalDate THU_15_OCT_2026 = LocalDate.of(2026, 10, 15);
    private static final StandingKey KEY =
            new StandingKey("ALFAGB2LXXX", "CRSTGB22XXX", "GEQ1", "EQUITY", "GBP", THU_15_OCT_2026);

    @Test
    void the_most_specific_wins() {
        var any = approved(1, 1, null, null, null, "2026-01-01", null);
        var place = approved(2, 1, "CRSTGB22XXX", null, null, "2026-01-01", null);
        var account = approved(3, 1, "CRSTGB22XXX", "GEQ1", null, "2026-01-01", null);
        assertThat(Pick.of(List.of(any, account, place), KEY)).isEqualTo(new Pick.Chosen(account));
        assertThat(Pick.of(List.of(any, place), KEY)).isEqualTo(new Pick.Chosen(place));
    }

    @Test
    void two_equally_specific_are_a_tie() {
        var account = approved(1, 1, "CRSTGB22XXX", "GEQ1", null, "2026-01-01", null);
        var currency = approved(2, 1, "CRSTGB22XXX", null, "GBP", "2026-01-01", null);
        assertThat(Pick.of(List.of(currency, account), KEY)).isEqualTo(new Pick.Tie(List.of(account, currency)));
    }

    @Test
    void another_place_account_or_currency_does_not_cover_the_trade() {
        assertThat(Pick.of(
                        List.of(
                                approved(1, 1, "DAKVDEFFXXX", null, null, "2026-01-01", null),
                                approved(2, 1, null, "GEQ2", null, "2026-01-01", null),
                                approved(3, 1, null, null, "EUR", "2026-01-01", null)),
                        KEY))
                .isEqualTo(new Pick.None());
    }

    @Test
    void a_change_counts_from_its_date_on_and_the_version_before_until_then() {
        var now = approved(1, 1, "CRSTGB22XXX", null, null, "2026-01-01", null);
        var nextMonth = approved(1, 2, "CRSTGB22XXX", null, null, "2026-11-01", null);
        var thisMonth = approved(1, 2, "CRSTGB22XXX", null, null, "2026-10-15", null);
        assertThat(Pick.of(List.of(now, nextMonth), KEY)).isEqualTo(new Pick.Chosen(now));
        assertThat(Pick.of(List.of(now, thisMonth), KEY)).isEqualTo(new Pick.Chosen(thisMonth));
    }

    @Test
    void what_is_not_approved_or_no_longer_valid_is_not_used() {
        var proposed = standing(1, 1, "CRSTGB22XXX", null, null, "2026-01-01", null);
        var ended = approved(2, 1, "CRSTGB22XXX", null, null, "2026-01-01", "2026-10-14");
        assertThat(Pick.of(List.of(proposed, ended), KEY)).isEqualTo(new Pick.None());
    }

    private static StandingInstruction approved(
            long number,
            int version,
            @Nullable String place,
            @Nullable String account,
            @Nullable String currency,
            String from,
            @Nullable String until) {
        var standing = standing(number, version, place, account, currency, from, until);
        standing.approve("checker", THEN);
        return standing;
    }

    private static StandingInstruction standing(
            long number,
            int version,
            @Nullable String place,
            @Nullable String account,
            @Nullable String currency,
            String from,
            @Nullable String until) {
        return new StandingInstruction(
                number,
                version,
                new Proposal(
                        "ALFAGB2LXXX",
                        place,
                        account,
                        null,
                        currency,
                        "SUBCGB2LXXX",
                        "ALFA-01",
                        LocalDate.parse(from),
                        until == null ? null : LocalDate.parse(until),
                        "Called back."),
                "maker",
                THEN);
    }
}
