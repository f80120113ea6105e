package org.tradesuite.execution.desk.web;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.execution.desk.Answers;
import org.tradesuite.execution.desk.CurrentReference;
import org.tradesuite.execution.engine.Input;
import org.tradesuite.openapi.execution.api.TradingDaysApi;
import org.tradesuite.openapi.execution.model.TradingDay;
import org.tradesuite.openapi.execution.model.TradingDays;
import org.tradesuite.web.ProblemException;

/** The business day: opened in the morning, closed in the evening, once each. */
@RestController
class TradingDayController implements TradingDaysApi {
    private final Answers answers;
    private final CurrentReference reference;
    private final DayReader days;
    private final Clock clock;

    TradingDayController(Answers answers, CurrentReference reference, DayReader days, Clock clock) {
        this.answers = answers;
        this.reference = reference;
        this.days = days;
        this.clock = clock;
    }

    @Override
    @PreAuthorize("hasAnyRole('OPERATIONS', 'ADMINISTRATOR')")
    public ResponseEntity<TradingDay> openTradingDay(LocalDate date) {
        String actor = Caller.name();
        return Caller.answered(() -> {
            // The exchange rates and opening balances of that day, before it begins and while no other one needs its
            // own.
            if (days.day(date).isEmpty() && !days.underWay()) {
                reload(date, actor);
            }
            Refusals.done(answers.answer(number -> new Input.TradingDayOpenRequested(now(), number, actor, date)));
            return ResponseEntity.ok(known(date));
        });
    }

    @Override
    @PreAuthorize("hasAnyRole('OPERATIONS', 'ADMINISTRATOR')")
    public ResponseEntity<TradingDay> closeTradingDay(LocalDate date) {
        String actor = Caller.name();
        return Caller.answered(() -> {
            Refusals.done(answers.answer(
                    number -> new Input.TradingDayCloseRequested(now(), number, actor, "closed by " + actor, date)));
            return ResponseEntity.accepted().body(known(date));
        });
    }

    @Override
    public ResponseEntity<TradingDay> getTradingDay(LocalDate date) {
        return ResponseEntity.ok(known(date));
    }

    @Override
    public ResponseEntity<TradingDays> listTradingDays(Integer limit) {
        return ResponseEntity.ok(new TradingDays(days.latest(limit)));
    }

    private void reload(LocalDate date, String actor) {
        try {
            reference.reload(date, actor, "opening " + date);
        } catch (SQLException gone) {
            throw new DataAccessResourceFailureException("The reference data of " + date + " cannot be read.", gone);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private TradingDay known(LocalDate date) {
        return days.day(date)
                .orElseThrow(() -> ProblemException.notFound(
                        "The day " + date + " was never opened. Open it with POST /trading-days/" + date + "/open."));
    }
}
