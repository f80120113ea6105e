package org.tradesuite.execution.desk.web;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.execution.desk.Answers;
import org.tradesuite.execution.engine.Input;
import org.tradesuite.openapi.execution.api.RiskChecksApi;
import org.tradesuite.openapi.execution.model.Decision;
import org.tradesuite.openapi.execution.model.DecisionCheck;
import org.tradesuite.openapi.execution.model.Held;
import org.tradesuite.openapi.execution.model.HeldKind;
import org.tradesuite.openapi.execution.model.HeldPage;
import org.tradesuite.openapi.execution.model.HoldOverride;
import org.tradesuite.openapi.execution.model.HoldRefusal;
import org.tradesuite.openapi.execution.model.LimitUtilisations;
import org.tradesuite.openapi.execution.model.NewDecision;
import org.tradesuite.openapi.execution.model.Order;
import org.tradesuite.openapi.execution.model.OrderAmendment;
import org.tradesuite.openapi.execution.model.RiskEvidence;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.web.Cursor;
import org.tradesuite.web.Page;
import org.tradesuite.web.ProblemException;

/** What the rules would say of something that is only thought of, and who lets pass what they stop. */
@RestController
class RiskCheckController implements RiskChecksApi {
    private static final String RISK = "RISK";

    private final DecisionDesk desk;
    private final DecisionReader decisions;
    private final EvidenceReader evidence;
    private final OrderReader orders;
    private final AmendmentReader amendments;
    private final HoldReader holds;
    private final Answers answers;
    private final Clock clock;

    RiskCheckController(
            DecisionDesk desk,
            DecisionReader decisions,
            EvidenceReader evidence,
            OrderReader orders,
            AmendmentReader amendments,
            HoldReader holds,
            Answers answers,
            Clock clock) {
        this.evidence = evidence;
        this.orders = orders;
        this.amendments = amendments;
        this.holds = holds;
        this.desk = desk;
        this.decisions = decisions;
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
        var request = OrderController.amendment(now(), Caller.name(), orderId, orderAmendment);
        return Caller.answered(() -> ResponseEntity.ok(CommittedDecision.of(
                DecisionDesk.checked(answers.answer(number -> new Input.AmendmentCheckAsked(request.apply(number)))))));
    }

    @Override
    public ResponseEntity<RiskEvidence> getDecisionChecks(String decisionId, @Nullable Instant asOf) {
        decision(decisionId);
        return ResponseEntity.ok(evidence.of("decision " + decisionId, decisionId, asOf));
    }

    @Override
    public ResponseEntity<RiskEvidence> getOrderChecks(String orderId, @Nullable Instant asOf) {
        String decisionId = evidence.decisionOf(orderId).orElseThrow(() -> Refusals.noOrder(orderId));
        return ResponseEntity.ok(evidence.of("order " + orderId, decisionId, asOf));
    }

    @Override
    @PreAuthorize("hasAnyRole('RISK', 'COMPLIANCE', 'TRADER')")
    public ResponseEntity<LimitUtilisations> getLimitUtilisation() {
        return ResponseEntity.ok(new LimitUtilisations(evidence.utilisation()));
    }

    @Override
    @PreAuthorize("hasRole('RISK')")
    public ResponseEntity<Decision> overrideHold(String decisionId, HoldOverride override) {
        String actor = Caller.name();
        Instant now = now();
        return decided(
                decisionId,
                number -> new Input.HoldOverridden(
                        now, number, actor, override.getReason(), decisionId, override.getVersion()));
    }

    @Override
    @PreAuthorize("hasAnyRole('RISK', 'TRADER')")
    public ResponseEntity<Decision> refuseHold(String decisionId, HoldRefusal refusal) {
        String actor = Caller.name();
        if (!Caller.hasAny(RISK) && !actor.equals(decision(decisionId).getReceivedBy())) {
            throw new ProblemException(
                    ProblemCode.FORBIDDEN,
                    "Somebody else handed in " + decisionId + ". Only risk refuses it, or that person withdraws it.");
        }
        Instant now = now();
        return decided(
                decisionId, number -> new Input.HoldRefused(now, number, actor, refusal.getReason(), decisionId));
    }

    @Override
    public ResponseEntity<HeldPage> listHolds(@Nullable HeldKind kind, @Nullable String cursor, Integer limit) {
        Page<Held> page = Page.of(
                holds.waiting(kind, Keys.of(cursor, 2), limit + 1),
                limit,
                last -> Cursor.of(last.getSince().toString(), HoldReader.id(last)));
        return ResponseEntity.ok(new HeldPage(page.items()).nextCursor(page.nextCursor()));
    }

    @Override
    @PreAuthorize("hasRole('RISK')")
    public ResponseEntity<Order> overrideAmendment(String orderId, HoldOverride override) {
        String actor = Caller.name();
        Instant now = now();
        return amended(
                orderId,
                number -> new Input.AmendmentOverridden(
                        now, number, actor, override.getReason(), orderId, override.getVersion()));
    }

    @Override
    @PreAuthorize("hasAnyRole('RISK', 'TRADER')")
    public ResponseEntity<Order> refuseAmendment(String orderId, HoldRefusal refusal) {
        String actor = Caller.name();
        boolean entitled = Caller.hasAny(RISK);
        Instant now = now();
        return amended(
                orderId,
                number -> new Input.AmendmentHoldRefused(now, number, actor, refusal.getReason(), orderId, entitled));
    }

    /** The order with what became of its amendment. */
    private ResponseEntity<Order> amended(String orderId, LongFunction<Input.Request> request) {
        order(orderId);
        return Caller.answered(() -> {
            Refusals.done(answers.answer(request));
            return ResponseEntity.ok(
                    order(orderId).amendment(amendments.last(orderId).orElse(null)));
        });
    }

    private Order order(String id) {
        return orders.order(id).orElseThrow(() -> Refusals.noOrder(id));
    }

    private ResponseEntity<Decision> decided(String decisionId, LongFunction<Input.Request> request) {
        decision(decisionId);
        return Caller.answered(() -> {
            Refusals.done(answers.answer(request));
            return ResponseEntity.ok(decision(decisionId));
        });
    }

    private Decision decision(String id) {
        return decisions
                .decision(id)
                .orElseThrow(() ->
                        ProblemException.notFound("There is no decision " + id + ". Look it up with GET /decisions."));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
