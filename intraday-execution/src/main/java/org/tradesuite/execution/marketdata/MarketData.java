package org.tradesuite.execution.marketdata;

import java.util.HashMap;
import java.util.Map;
import org.tradesuite.market.InstrumentId;

/**
 * The last state of every instrument, conflated: a newer quote replaces the older one, a print adds to the day's
 * volume. An update from before the one we have is late; a late quote is dropped, a late print still counts as volume.
 * Belongs to one thread.
 */
public final class MarketData {

    private final Map<InstrumentId, MarketState> states = new HashMap<>();

    public void quote(InstrumentId instrument, Quote quote) {
        var before = of(instrument);
        if (before.quote() == null || !quote.at().isBefore(before.quote().at())) {
            states.put(
                    instrument, new MarketState(quote, before.lastTrade(), before.dayVolume(), before.dayTurnover()));
        }
    }

    public void trade(InstrumentId instrument, Print print) {
        var before = of(instrument);
        var last = before.lastTrade();
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

    /** A new day: volumes begin at zero; the last quote and trade stay, as old as they are. */
    public void startDay() {
        states.replaceAll((instrument, state) -> new MarketState(
                state.quote(), state.lastTrade(), MarketState.SILENT.dayVolume(), MarketState.SILENT.dayTurnover()));
    }
}
