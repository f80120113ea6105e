package org.tradesuite.execution.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.execution.reference.SampleDesk.BITCOIN;
import static org.tradesuite.execution.reference.SampleDesk.IBM;
import static org.tradesuite.execution.reference.SampleDesk.MONDAY_23_NOVEMBER_2026;
import static org.tradesuite.execution.reference.SampleDesk.TOYOTA;
import static org.tradesuite.execution.reference.SampleDesk.VOD;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Isin;
import org.tradesuite.market.Mic;
import org.tradesuite.market.Money;

class ReferenceDataTest {

    private final ReferenceData reference = SampleDesk.reference();

    @Test
    void an_instrument_is_found_by_our_name_its_isin_and_its_symbol() {
        var vodafone = reference.instrument(VOD);

        assertThat(vodafone).isPresent();
        assertThat(reference.instrument(Isin.of("GB00BH4HKS39"), Mic.of("XLON")))
                .isEqualTo(vodafone);
        assertThat(reference.instrument("VOD", Mic.of("XLON"))).isEqualTo(vodafone);
    }

    @Test
    void what_is_not_known_is_empty() {
        assertThat(reference.instrument(InstrumentId.of("ABC.XLON"))).isEmpty();
        assertThat(reference.instrument(Isin.of("GB00BH4HKS39"), Mic.of("XETR")))
                .isEmpty();
        assertThat(reference.fxRate(Currency.GBP, Currency.of("CHF"))).isEmpty();
        assertThat(reference.rate(SampleDesk.BRAVO, Mic.of("XTKS"))).isEmpty();
        assertThat(reference.volumeProfile(Mic.of("XTKS"), MONDAY_23_NOVEMBER_2026))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} at {1}: {2}")
    @CsvSource(textBlock = """
        XLON, 2026-11-23T07:59:59.999999Z, closed
        XLON, 2026-11-23T08:00:00Z,        open
        XLON, 2026-11-23T16:29:59.999999Z, open
        XLON, 2026-11-23T16:30:00Z,        closed
        XLON, 2026-06-15T07:00:00Z,        open
        XLON, 2026-06-15T15:30:00Z,        closed
        XLON, 2026-11-22T10:00:00Z,        closed
        XLON, 2026-11-27T10:00:00Z,        closed
        XTKS, 2026-11-24T00:00:00Z,        open
        XTKS, 2026-11-24T02:30:00Z,        closed
        XTKS, 2026-11-24T03:29:59Z,        closed
        XTKS, 2026-11-24T03:30:00Z,        open
        XTKS, 2026-11-24T06:30:00Z,        closed
        XTKS, 2026-11-23T01:00:00Z,        closed
        XNYS, 2026-11-23T14:30:00Z,        open
        XNYS, 2026-11-26T15:00:00Z,        closed
        XBTS, 2026-11-22T23:59:59.999999Z, open
        XBTS, 2026-11-23T00:00:00Z,        open
        XPAR, 2026-11-23T10:00:00Z,        closed
        """)
    void a_market_is_open_in_its_sessions_on_its_days(String mic, Instant at, String expected) {
        assertThat(reference.openSession(Mic.of(mic), at).isPresent() ? "open" : "closed")
                .isEqualTo(expected);
    }

    @Test
    void a_lunch_break_makes_two_sessions_and_a_holiday_none() {
        assertThat(reference.sessionsOn(Mic.of("XTKS"), LocalDate.of(2026, 11, 24)))
                .extracting(OpenInterval::open)
                .containsExactly(Instant.parse("2026-11-24T00:00:00Z"), Instant.parse("2026-11-24T03:30:00Z"));
        // Labour Thanksgiving Day.
        assertThat(reference.sessionsOn(Mic.of("XTKS"), MONDAY_23_NOVEMBER_2026))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} traded {1} settles {2}: {3}")
    @CsvSource(textBlock = """
        VOD.XLON,     2026-11-23, 2026-11-25, two business days
        VOD.XLON,     2026-11-25, 2026-11-30, 'over the override of Friday 27 and the weekend'
        VOD.XLON,     2027-10-08, 2027-10-12, the last Friday of T+2
        VOD.XLON,     2027-10-11, 2027-10-12, the first Monday of T+1
        IBM.XNYS,     2024-05-24, 2024-05-29, T+2 over Memorial Day
        IBM.XNYS,     2024-05-28, 2024-05-29, 'T+1, the double settlement day'
        IBM.XNYS,     2026-10-09, 2026-10-13, banks shut on Columbus Day
        IBM.XNYS,     2026-10-12, 2026-10-13, traded on Columbus Day
        IBM.XNYS,     2026-11-10, 2026-11-12, banks shut on Veterans Day
        IBM.XNYS,     2026-11-11, 2026-11-12, traded on Veterans Day
        7203.XTKS,    2026-11-20, 2026-11-25, over Labour Thanksgiving Day
        BTC/USD.XBTS, 2026-11-22, 2026-11-22, at once and on a Sunday
        """)
    void a_trade_settles_by_the_cycle_of_its_trade_date(
            String instrument, LocalDate traded, LocalDate settles, String why) {
        var known = reference.instrument(InstrumentId.of(instrument)).orElseThrow();

        assertThat(reference.settlementDate(known, traded)).as(why).contains(settles);
    }

    @Test
    void before_the_first_cycle_nobody_knows_when_a_trade_settles() {
        var toyota = reference.instrument(TOYOTA).orElseThrow();

        assertThat(reference.settlementDate(toyota, LocalDate.of(2019, 7, 15))).isEmpty();
    }

    @Test
    void exchange_rates_are_the_latest_of_the_date_direct_inverted_or_crossed() {
        assertThat(reference.fxRate(Currency.GBP, Currency.USD)).contains(new BigDecimal("1.25"));
        assertThat(reference.fxRate(Currency.USD, Currency.GBP).orElseThrow()).isEqualByComparingTo("0.8");
        assertThat(reference.fxRate(Currency.GBP, Currency.JPY).orElseThrow()).isEqualByComparingTo("187.5");
        assertThat(reference.fxRate(Currency.JPY, Currency.GBP).orElseThrow())
                .isBetween(new BigDecimal("0.005333333"), new BigDecimal("0.005333334"));
        assertThat(reference.convert(Money.of("GBP 10.01"), Currency.JPY)).contains(Money.of("JPY 1877"));
        assertThat(reference.fxRate(Currency.GBP, Currency.GBP)).contains(BigDecimal.ONE);
    }

    @Test
    void a_volume_profile_lies_in_the_markets_own_time() {
        assertThat(reference.volumeProfile(Mic.of("XLON"), LocalDate.of(2026, 6, 15)))
                .first()
                .isEqualTo(new VolumeInterval(
                        Instant.parse("2026-06-15T07:00:00Z"),
                        Instant.parse("2026-06-15T09:00:00Z"),
                        new BigDecimal("0.2")));
    }

    @Test
    void empty_reference_data_knows_nothing() {
        var empty = ReferenceData.of(MONDAY_23_NOVEMBER_2026, ReferenceContent.empty());

        assertThat(empty.instrument(IBM)).isEmpty();
        assertThat(empty.openSession(Mic.of("XBTS"), SampleDesk.TEN)).isEmpty();
        assertThat(empty.firm()).isEmpty();
        assertThat(empty.instrument(BITCOIN)).isEmpty();
    }
}
