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

    private final Map<InstrumentId, Tape> tapes = new HashMap<>();

    public void quote(InstrumentId instrument, Quote quote) {
        tape(instrument).quote(quote);
    }

    public void trade(InstrumentId instrument, Print print) {
        tape(instrument).trade(print);
    }

    /** Never null: an instrument nobody has heard of has said nothing. */
    public MarketState of(InstrumentId instrument) {
        var known = tapes.get(instrument);
        return known == null ? MarketState.SILENT : known.state();
    }

    /** Where the instrument is heard from now on, for who asks for it again and again. */
    public Tape tape(InstrumentId instrument) {
        return tapes.computeIfAbsent(instrument, each -> new Tape());
    }

    /** A new day: volumes begin at zero; the last quote and trade stay, as old as they are. */
    public void startDay() {
        tapes.values().forEach(Tape::startDay);
    }
}
