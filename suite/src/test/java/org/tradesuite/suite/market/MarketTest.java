package org.tradesuite.suite.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarketTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 1, 5);
    private static final Instant LONDON_MORNING = Instant.parse("2026-01-05T10:30:20Z");
    private static final ReferenceFiles FILES = ReferenceFiles.onClassPath();

    private final Market market = Market.of(FILES, 7, MONDAY);
    private final Listing vodafone = market.listing("VOD", "XLON").orElseThrow();
    private final Listing bitcoin = market.listing("BTC/USD", "XBTS").orElseThrow();

    @Test
    void the_same_seed_gives_the_same_market_whatever_was_asked_before() {
        Market again = Market.of(FILES, 7, MONDAY);
        assertThat(again.quote(vodafone, LONDON_MORNING.plusSeconds(3_600))).isPresent();

        assertThat(again.quote(vodafone, LONDON_MORNING)).isEqualTo(market.quote(vodafone, LONDON_MORNING));
        assertThat(again.prints(vodafone, LONDON_MORNING, LONDON_MORNING.plusSeconds(600)))
                .isEqualTo(market.prints(vodafone, LONDON_MORNING, LONDON_MORNING.plusSeconds(600)));
        assertThat(Market.of(FILES, 8, MONDAY).quote(vodafone, LONDON_MORNING))
                .isNotEqualTo(market.quote(vodafone, LONDON_MORNING));
    }

    @Test
    void quotes_are_on_tick_and_never_crossed() {
        for (Listing listing : market.listings()) {
            for (int hour = 0; hour < 24; hour++) {
                Quote quote = market.indication(listing, LONDON_MORNING.plus(Duration.ofHours(hour)));
                assertThat(quote.bid()).isPositive().isLessThan(quote.ask());
                assertThat(quote.bid().remainder(listing.tickSize())).isZero();
                assertThat(quote.ask().remainder(listing.tickSize())).isZero();
            }
        }
    }

    @Test
    void nothing_is_quoted_while_the_market_is_closed() {
        Listing tokyo = market.listings().stream()
                .filter(l -> l.mic().equals("XTKS"))
                .findFirst()
                .orElseThrow();
        Instant lunch = Instant.parse("2026-01-05T03:00:00Z");

        assertThat(market.quote(tokyo, lunch)).isEmpty();
        assertThat(market.quote(tokyo, lunch.plus(Duration.ofHours(1)))).isPresent();
        assertThat(market.quote(vodafone, Instant.parse("2026-01-04T10:30:00Z")))
                .isEmpty();
    }

    @Test
    void a_day_trades_about_the_average_daily_volume_and_most_of_it_near_open_and_close() {
        Instant open = Instant.parse("2026-01-05T08:00:00Z");
        Instant close = Instant.parse("2026-01-05T16:30:00Z");
        double all = volume(market.prints(vodafone, open, close));
        double firstHour = volume(market.prints(vodafone, open, open.plusSeconds(3_600)));
        double noon = volume(market.prints(vodafone, open.plusSeconds(14_400), open.plusSeconds(18_000)));

        assertThat(all / vodafone.adv().doubleValue()).isBetween(0.8, 1.2);
        assertThat(firstHour).isGreaterThan(1.5 * noon);
    }

    @Test
    void cutting_an_interval_in_two_neither_loses_nor_repeats_a_print() {
        for (Listing listing : List.of(vodafone, bitcoin)) {
            Instant from = Instant.parse("2026-01-05T09:59:30Z");
            Instant cut = from.plusSeconds(77);
            Instant to = from.plusSeconds(600);
            List<Print> parts = new ArrayList<>(market.prints(listing, from, cut));
            parts.addAll(market.prints(listing, cut, to));

            assertThat(parts).isEqualTo(market.prints(listing, from, to)).isNotEmpty();
        }
    }

    @Test
    void the_anchor_date_replays_the_first_recorded_day_print_by_print() {
        Instant midnight = Instant.parse("2026-01-05T00:00:00Z");

        List<Print> prints = market.prints(bitcoin, midnight.minusSeconds(1), midnight.plusSeconds(86_399));

        assertThat(prints).hasSize(13_595);
        assertThat(prints.getFirst()).isEqualTo(new Print(midnight, new BigDecimal("800.01"), new BigDecimal("0.1")));
        assertThat(market.indication(bitcoin, midnight.plusSeconds(13)).last()).isEqualByComparingTo("800.05");
    }

    @Test
    void the_seventh_day_replays_the_first_again() {
        Instant morning = Instant.parse("2026-01-05T06:00:00Z");

        assertThat(market.indication(bitcoin, morning.plus(Duration.ofDays(6))))
                .isEqualTo(market.indication(bitcoin, morning));
        assertThat(market.indication(bitcoin, morning.plus(Duration.ofDays(1))))
                .isNotEqualTo(market.indication(bitcoin, morning));
    }

    private static double volume(List<Print> prints) {
        return prints.stream().mapToDouble(p -> p.quantity().doubleValue()).sum();
    }
}
