package org.tradesuite.execution.marketdata;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Price;

/**
 * The last state of every instrument, conflated: a newer quote replaces the older one, a print adds to the day's
 * volume. An update from before the one we have is late; a late quote is dropped, a late print still counts as volume.
 * Belongs to one thread.
 */
public final class MarketData {

    private final Map<InstrumentId, MarketState> states = new HashMap<>();
    private final Map<InstrumentId, PriceHistory> histories = new HashMap<>();

    public void quote(InstrumentId instrument, Quote quote) {
        var before = of(instrument);
        if (before.quote() == null || !quote.at().isBefore(before.quote().at())) {
            states.put(
                    instrument, new MarketState(quote, before.lastTrade(), before.dayVolume(), before.dayTurnover()));
            history(instrument).add(quote.at(), quote.mid());
        }
    }

    public void trade(InstrumentId instrument, Print print) {
        var before = of(instrument);
        var last = before.lastTrade();
        history(instrument).add(print.at(), print.price());
        states.put(
                instrument,
                new MarketState(
                        before.quote(),
                        last == null || !print.at().isBefore(last.at()) ? print : last,
                        before.dayVolume().plus(print.quantity()),
                        before.dayTurnover()
                                .add(print.price()
                                        .value()
                                        .multiply(print.quantity().value()))));
    }

    /** Never null: an instrument nobody has heard of has said nothing. */
    public MarketState of(InstrumentId instrument) {
        return states.getOrDefault(instrument, MarketState.SILENT);
    }

    private PriceHistory history(InstrumentId instrument) {
        return histories.computeIfAbsent(instrument, each -> new PriceHistory());
    }

    /**
     * What the price was then, to within five seconds and for a quarter of an hour; the first one heard if the market
     * was silent until later; null if it never said any.
     */
    public @Nullable Price priceAt(InstrumentId instrument, Instant then) {
        var history = histories.get(instrument);
        return history == null ? null : history.at(then);
    }

    /** A new day: volumes begin at zero; the last quote and trade stay, as old as they are. */
    public void startDay() {
        states.replaceAll((instrument, state) -> new MarketState(
                state.quote(), state.lastTrade(), MarketState.SILENT.dayVolume(), MarketState.SILENT.dayTurnover()));
    }
}
