package org.tradesuite.execution.engine;

import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.engine.Effect.AlertKind;
import org.tradesuite.execution.marketdata.TradingPhase;
import org.tradesuite.execution.marketdata.TradingPhase.Meaning;

/** Halts and price limits of the market: what is to be sent waits for the resume, and is decided anew then. */
final class MarketPhases {

    private final Desk desk;

    MarketPhases(Desk desk) {
        this.desk = desk;
    }

    void heard(Input.SecurityStatus said) {
        var before = desk.state().phase(said.instrument());
        var trades = switch (TradingPhase.meaning(said.status())) {
            case TRADES -> true;
            case HALTED -> false;
            case UNCHANGED -> before == null || before.trades();
        };
        // A status without a band says nothing about the band.
        var low = said.low() == null && said.high() == null && before != null ? before.low() : said.low();
        var high = said.low() == null && said.high() == null && before != null ? before.high() : said.high();
        var after = new TradingPhase(said.instrument(), said.status(), trades, low, high, desk.now());
        if (after.isLike(before)
                || (before == null
                        && TradingPhase.meaning(said.status()) == Meaning.UNCHANGED
                        && low == null
                        && high == null)) {
            return;
        }
        desk.record(
                Streams.market(said.instrument()),
                new MarketFact.PhaseChanged(said.instrument(), said.status(), trades, low, high),
                null);
        if (!trades && (before == null || before.trades())) {
            desk.alert(
                    AlertKind.MARKET_HALTED,
                    said.instrument().toString(),
                    "Its market has halted it (SecurityTradingStatus " + said.status() + ").");
        } else if (trades && before != null && !before.trades()) {
            desk.alert(AlertKind.MARKET_RESUMED, said.instrument().toString(), "It trades again.");
        }
        if (trades) {
            for (var work : desk.state().open()) {
                if (work.order.body().terms().instrument().equals(said.instrument())) {
                    desk.working().settle(work);
                }
            }
        }
    }

    /** Why nothing of an order may be sent now; null if it may. */
    @Nullable
    String why(State.Work work) {
        var body = work.order.body();
        var phase = desk.state().phase(body.terms().instrument());
        if (phase == null) {
            return null;
        }
        if (!phase.trades()) {
            return "Held: " + phase.instrument() + " is halted by its market since " + phase.since() + ".";
        }
        return body.limit() == null || phase.allows(body.limit())
                ? null
                : "Held: the limit of " + body.limit() + " is beyond the market's price band of "
                        + (phase.low() == null ? "" : phase.low() + " ") + "to"
                        + (phase.high() == null ? "" : " " + phase.high()) + ".";
    }
}
