package org.tradesuite.execution.desk.web;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.execution.desk.Answers;
import org.tradesuite.execution.engine.Input;
import org.tradesuite.openapi.execution.api.RiskChecksApi;
import org.tradesuite.openapi.execution.model.DecisionCheck;
import org.tradesuite.openapi.execution.model.NewDecision;
import org.tradesuite.openapi.execution.model.OrderAmendment;

/** What the rules would say of something that is only thought of. */
@RestController
class RiskCheckController implements RiskChecksApi {
    private final DecisionDesk desk;
    private final Answers answers;
    private final Clock clock;

    RiskCheckController(DecisionDesk desk, Answers answers, Clock clock) {
        this.desk = desk;
        this.answers = answers;
        this.clock = clock;
    }

    @Override
    @PreAuthorize("hasAnyRole('TRADER', 'RISK')")
    public ResponseEntity<DecisionCheck> checkDecision(NewDecision newDecision) {
        String actor = Caller.name();
        return Caller.answered(() -> ResponseEntity.ok(CommittedDecision.of(desk.check(actor, newDecision))));
    }

    @Override
    @PreAuthorize("hasAnyRole('TRADER', 'RISK')")
    public ResponseEntity<DecisionCheck> checkAmendment(String orderId, OrderAmendment orderAmendment) {
        var request = OrderController.amendment(
                clock.instant().truncatedTo(ChronoUnit.MICROS), Caller.name(), orderId, orderAmendment);
        return Caller.answered(() -> ResponseEntity.ok(CommittedDecision.of(
                DecisionDesk.checked(answers.answer(number -> new Input.AmendmentCheckAsked(request.apply(number)))))));
    }
}
