package org.tradesuite.execution.engine;

import org.tradesuite.execution.engine.Effect.Refusal;

/** Opens and closes the trading day, once each. */
final class TradingDay {

    private final Desk desk;
    private final EngineSettings settings;

    TradingDay(Desk desk, EngineSettings settings) {
        this.desk = desk;
        this.settings = settings;
    }

    void open(Input.TradingDayOpenRequested input) {
        var day = desk.state().day();
        var known = desk.state().day(input.businessDate());
        if (known != null && known.status() == Day.Status.OPEN) {
            desk.answer(input, new Effect.Outcome.Done());
        } else if (known != null) {
            desk.refuse(input, Refusal.DAY_IS_CLOSED, input.businessDate() + " is " + known.status() + ".");
        } else if (day != null && day.status() != Day.Status.CLOSED) {
            desk.refuse(input, Refusal.ANOTHER_DAY_IS_OPEN, day.date() + " is " + day.status() + ": close it first.");
        } else {
            desk.market().startDay();
            desk.record(
                    Streams.day(input.businessDate()),
                    Opening.of(
                            input.businessDate(), desk.reference(), desk.state().book()),
                    null);
            for (var old : desk.state().before(settings.keepDays())) {
                desk.record(Streams.day(old), new DeskFact.DayForgotten(old), null);
            }
            desk.answer(input, new Effect.Outcome.Done());
        }
    }

    void close(Input.TradingDayCloseRequested input) {
        var known = desk.state().day(input.businessDate());
        if (known == null) {
            desk.refuse(input, Refusal.DAY_IS_NOT_OPEN, input.businessDate() + " was not opened.");
            return;
        }
        if (known.status() == Day.Status.OPEN) {
            desk.closing().begin(input.businessDate());
        }
        // Asked again: it is closing, or closed.
        desk.answer(input, new Effect.Outcome.Done());
    }
}
