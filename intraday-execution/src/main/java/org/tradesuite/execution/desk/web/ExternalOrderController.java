package org.tradesuite.execution.desk.web;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.execution.desk.Answers;
import org.tradesuite.execution.engine.Input;
import org.tradesuite.execution.order.DontKnowReason;
import org.tradesuite.market.AccountId;
import org.tradesuite.openapi.execution.api.ExternalOrdersApi;
import org.tradesuite.openapi.execution.model.DontKnow;
import org.tradesuite.openapi.execution.model.ExternalOrder;
import org.tradesuite.openapi.execution.model.ExternalOrderClaim;
import org.tradesuite.openapi.execution.model.ExternalOrderPage;
import org.tradesuite.openapi.execution.model.ExternalOrderStatus;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.web.Cursor;
import org.tradesuite.web.Page;
import org.tradesuite.web.ProblemException;

/** The list of what brokers executed and nobody ordered: somebody claims it, or tells the broker that we do not know it. */
@RestController
class ExternalOrderController implements ExternalOrdersApi {
    private final Answers answers;
    private final ExternalOrderReader orders;
    private final Clock clock;

    ExternalOrderController(Answers answers, ExternalOrderReader orders, Clock clock) {
        this.answers = answers;
        this.orders = orders;
        this.clock = clock;
    }

    @Override
    @PreAuthorize("hasAnyRole('OPERATIONS', 'RISK')")
    public ResponseEntity<ExternalOrder> claimExternalOrder(String externalOrderId, ExternalOrderClaim claim) {
        String actor = Caller.name();
        Instant at = now();
        AccountId account = account(claim.getAccountId());
        return Caller.answered(() -> {
            Refusals.done(answers.answer(number -> new Input.ExternalOrderClaimRequested(
                    at, number, actor, claim.getReason(), externalOrderId, account)));
            ExternalOrder now = order(externalOrderId);
            return now.getStatus() == ExternalOrderStatus.CLAIMED
                    ? ResponseEntity.ok(now)
                    : ResponseEntity.accepted().body(now);
        });
    }

    @Override
    @PreAuthorize("hasAnyRole('OPERATIONS', 'RISK')")
    public ResponseEntity<ExternalOrder> disownExternalOrder(String externalOrderId, DontKnow dontKnow) {
        order(externalOrderId);
        String actor = Caller.name();
        Instant now = now();
        return Caller.answered(() -> {
            disown(now, actor, externalOrderId, dontKnow);
            return ResponseEntity.accepted().body(order(externalOrderId));
        });
    }

    @Override
    @PreAuthorize("hasAnyRole('OPERATIONS', 'RISK')")
    public ResponseEntity<Void> disownFill(String fillId, DontKnow dontKnow) {
        String actor = Caller.name();
        Instant now = now();
        return Caller.answered(() -> {
            disown(now, actor, fillId, dontKnow);
            return ResponseEntity.accepted().build();
        });
    }

    private void disown(Instant now, String actor, String subject, DontKnow dontKnow) {
        Refusals.done(answers.answer(number -> new Input.DontKnowRequested(
                now,
                number,
                actor,
                dontKnow.getReason(),
                subject,
                DontKnowReason.valueOf(dontKnow.getDkReason().getValue()))));
    }

    private static AccountId account(String text) {
        try {
            return AccountId.of(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.inField("$.accountId", ProblemCode.UNKNOWN_ACCOUNT, String.valueOf(e.getMessage()));
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private ExternalOrder order(String id) {
        return orders.order(id)
                .orElseThrow(() -> ProblemException.notFound(
                        "There is no external order " + id + ". Look it up with GET /external-orders."));
    }

    @Override
    public ResponseEntity<ExternalOrder> getExternalOrder(String externalOrderId) {
        return ResponseEntity.ok(order(externalOrderId));
    }

    @Override
    public ResponseEntity<ExternalOrderPage> listExternalOrders(
            @Nullable ExternalOrderStatus status,
            @Nullable String brokerId,
            @Nullable LocalDate businessDate,
            @Nullable String cursor,
            Integer limit) {
        Page<ExternalOrder> page = Page.of(
                orders.orders(status, brokerId, businessDate, Keys.of(cursor, 2), limit + 1),
                limit,
                last -> Cursor.of(last.getReportedAt().toString(), last.getExternalOrderId()));
        return ResponseEntity.ok(new ExternalOrderPage(page.items()).nextCursor(page.nextCursor()));
    }
}
