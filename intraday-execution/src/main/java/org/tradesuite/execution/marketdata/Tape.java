package org.tradesuite.execution.marketdata;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Price;

/** What the market says about one instrument, as it goes on saying it. Belongs to one thread. */
public final class Tape {

    /** Of what nobody lists: nothing is ever said on it. */
    public static final Tape SILENT = new Tape();

    private MarketState state = MarketState.SILENT;
    private @Nullable PriceHistory history;

    Tape() {}

    /** What it last said; never null: a market that nobody has heard has said nothing. */
    public MarketState state() {
        return state;
    }

    /**
     * What the price was then, to within five seconds and for a quarter of an hour; the first one heard if the market
     * was silent until later; null if it never said any.
     */
    public @Nullable Price priceAt(Instant then) {
        return history == null ? null : history.at(then);
    }

    void quote(Quote quote) {
        var before = state;
        if (before.quote() == null || !quote.at().isBefore(before.quote().at())) {
            state = new MarketState(quote, before.lastTrade(), before.dayVolume(), before.dayTurnover());
            remember(quote.at(), quote.mid());
        }
    }

    void trade(Print print) {
        var before = state;
        var last = before.lastTrade();
        remember(print.at(), print.price());
        state = new MarketState(
                before.quote(),
                last == null || !print.at().isBefore(last.at()) ? print : last,
                before.dayVolume().plus(print.quantity()),
                before.dayTurnover()
                        .add(print.price().value().multiply(print.quantity().value())));
    }

    private void remember(Instant at, Price price) {
        if (history == null) {
            history = new PriceHistory();
        }
        history.add(at, price);
    }

    void startDay() {
        state = new MarketState(
                state.quote(), state.lastTrade(), MarketState.SILENT.dayVolume(), MarketState.SILENT.dayTurnover());
    }
}
