package org.tradesuite.execution.marketdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

class MarketDataTest {

    private static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");
    private static final InstrumentId VOD = InstrumentId.of("VOD.XLON");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final MarketData market = new MarketData();

    @Test
    void an_instrument_nobody_has_heard_of_has_said_nothing() {
        var state = market.of(VOD);

        assertThat(state.quote()).isNull();
        assertThat(state.lastHeard()).isEmpty();
        assertThat(state.freshPrice(TEN, MINUTE)).isEmpty();
        assertThat(state.dayVolume()).isEqualTo(Quantity.ZERO);
    }

    @Test
    void a_newer_quote_replaces_the_older_and_a_late_one_is_dropped() {
        quote("1.00", "1.02", TEN);
        quote("2.00", "2.02", TEN.plusSeconds(1));
        quote("3.00", "3.02", TEN);

        assertThat(market.of(VOD).freshPrice(TEN.plusSeconds(1), MINUTE)).contains(Price.of("2.01"));
    }

    @Test
    void prints_add_up_to_volume_and_turnover_and_a_late_one_counts_without_becoming_the_last() {
        trade("1.00", 100, TEN);
        trade("1.10", 300, TEN.plusSeconds(2));
        trade("9.00", 50, TEN.plusSeconds(1));

        var state = market.of(VOD);
        assertThat(state.dayVolume()).isEqualTo(Quantity.of(450));
        assertThat(state.dayTurnover()).isEqualByComparingTo("880");
        assertThat(state.lastTrade()).isEqualTo(new Print(Price.of("1.10"), Quantity.of(300), TEN.plusSeconds(2)));
    }

    @Test
    void the_younger_of_quote_and_trade_is_the_price_while_it_is_young_enough() {
        quote("1.00", "1.02", TEN);
        trade("1.50", 1, TEN.plusSeconds(30));

        assertThat(market.of(VOD).freshPrice(TEN.plusSeconds(90), MINUTE)).contains(Price.of("1.50"));
        assertThat(market.of(VOD).freshPrice(TEN.plusSeconds(91), MINUTE)).isEmpty();
        quote("1.60", "1.62", TEN.plusSeconds(60));
        assertThat(market.of(VOD).freshPrice(TEN.plusSeconds(120), MINUTE)).contains(Price.of("1.61"));
        assertThat(market.of(VOD).freshPrice(TEN.plusSeconds(121), MINUTE)).isEmpty();
        assertThat(market.of(VOD).lastHeard()).contains(TEN.plusSeconds(60));
    }

    @Test
    void a_new_day_begins_with_no_volume_and_the_old_prices() {
        quote("1.00", "1.02", TEN);
        trade("1.00", 100, TEN);

        market.startDay();

        assertThat(market.of(VOD).dayVolume()).isEqualTo(Quantity.ZERO);
        assertThat(market.of(VOD).dayTurnover()).isEqualByComparingTo("0");
        assertThat(market.of(VOD).quote()).isNotNull();
    }

    @Test
    void a_buy_pays_the_ask_and_a_sale_gets_the_bid() {
        var quote = new Quote(Price.of("1.00"), Price.of("1.01"), TEN);

        assertThat(quote.farTouch(Side.BUY)).isEqualTo(Price.of("1.01"));
        assertThat(quote.farTouch(Side.SELL)).isEqualTo(Price.of("1.00"));
        assertThat(quote.mid()).as("nothing is rounded").isEqualTo(Price.of("1.005"));
    }

    private void quote(String bid, String ask, Instant at) {
        market.quote(VOD, new Quote(Price.of(bid), Price.of(ask), at));
    }

    private void trade(String price, long quantity, Instant at) {
        market.trade(VOD, new Print(Price.of(price), Quantity.of(quantity), at));
    }
}
