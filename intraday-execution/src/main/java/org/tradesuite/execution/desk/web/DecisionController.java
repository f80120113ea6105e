package org.tradesuite.execution.desk.web;

import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.execution.desk.Answers;
import org.tradesuite.execution.engine.Recorded;
import org.tradesuite.openapi.execution.api.DecisionsApi;
import org.tradesuite.openapi.execution.model.BatchedAnswer;
import org.tradesuite.openapi.execution.model.BatchedDecision;
import org.tradesuite.openapi.execution.model.Decision;
import org.tradesuite.openapi.execution.model.DecisionBatch;
import org.tradesuite.openapi.execution.model.DecisionBatchResult;
import org.tradesuite.openapi.execution.model.DecisionPage;
import org.tradesuite.openapi.execution.model.DecisionStatus;
import org.tradesuite.openapi.execution.model.NewDecision;
import org.tradesuite.web.Cursor;
import org.tradesuite.web.Page;
import org.tradesuite.web.ProblemException;

/** Decisions come in here; the answer comes when they are in the journal. */
@RestController
class DecisionController implements DecisionsApi {
    private final DecisionDesk desk;
    private final DecisionReader decisions;

    DecisionController(DecisionDesk desk, DecisionReader decisions) {
        this.desk = desk;
        this.decisions = decisions;
    }

    @Override
    @PreAuthorize("hasRole('TRADER')")
    public ResponseEntity<Decision> submitDecision(String idempotencyKey, NewDecision newDecision) {
        String actor = Caller.name();
        return Caller.answered(() -> {
            Answers.Answered answered = desk.await(desk.ask(actor, idempotencyKey, newDecision));
            String id = DecisionDesk.decisionId(idempotencyKey, answered.outcome());
            Recorded made = answered.decision();
            Decision decision = made != null
                    ? CommittedDecision.of(made)
                    : decisions
                            .decision(id)
                            .orElseThrow(
                                    () -> new IllegalStateException("decision " + id + " is answered and not stored"));
            return ResponseEntity.created(URI.create("/decisions/" + id)).body(decision);
        });
    }

    @Override
    @PreAuthorize("hasRole('TRADER')")
    public ResponseEntity<DecisionBatchResult> submitDecisionBatch(DecisionBatch decisionBatch) {
        String actor = Caller.name();
        return Caller.answered(() -> {
            // All are on their way before the first answer is waited for: they share commits.
            List<Waiting> waiting = new ArrayList<>();
            for (BatchedDecision each : decisionBatch.getDecisions()) {
                waiting.add(begin(actor, each));
            }
            List<BatchedAnswer> results = new ArrayList<>();
            IdentityHashMap<BatchedAnswer, String> madeEarlier = new IdentityHashMap<>();
            for (Waiting each : waiting) {
                var answer = new BatchedAnswer(each.key());
                if (each.asked() == null) {
                    answer.setProblem(Objects.requireNonNull(each.wrong()).problem(null));
                } else {
                    try {
                        Answers.Answered answered = desk.await(each.asked());
                        String id = DecisionDesk.decisionId(each.key(), answered.outcome());
                        Recorded made = answered.decision();
                        if (made == null) {
                            madeEarlier.put(answer, id);
                        } else {
                            answer.setDecision(CommittedDecision.of(made));
                        }
                    } catch (ProblemException refused) {
                        answer.setProblem(refused.problem(null));
                    }
                }
                results.add(answer);
            }
            if (!madeEarlier.isEmpty()) {
                Map<String, Decision> stored = decisions.decisions(new LinkedHashSet<>(madeEarlier.values()));
                madeEarlier.forEach((answer, id) -> answer.setDecision(stored.get(id)));
            }
            return ResponseEntity.ok(new DecisionBatchResult(results));
        });
    }

    private record Waiting(
            String key,
            Answers.@Nullable Asked asked,
            @Nullable ProblemException wrong) {}

    private Waiting begin(String actor, BatchedDecision each) {
        try {
            return new Waiting(
                    each.getIdempotencyKey(), desk.ask(actor, each.getIdempotencyKey(), each.getDecision()), null);
        } catch (ProblemException wrong) {
            return new Waiting(each.getIdempotencyKey(), null, wrong);
        }
    }

    @Override
    public ResponseEntity<Decision> getDecision(String decisionId) {
        return ResponseEntity.ok(decisions
                .decision(decisionId)
                .orElseThrow(() -> ProblemException.notFound(
                        "There is no decision " + decisionId + ". Look it up with GET /decisions.")));
    }

    @Override
    public ResponseEntity<DecisionPage> listDecisions(
            @Nullable LocalDate businessDate,
            @Nullable String accountId,
            @Nullable String strategyId,
            @Nullable DecisionStatus status,
            @Nullable String cursor,
            Integer limit) {
        Page<Decision> page = Page.of(
                decisions.decisions(businessDate, accountId, strategyId, status, Keys.of(cursor, 2), limit + 1),
                limit,
                last -> Cursor.of(last.getReceivedAt().toString(), last.getDecisionId()));
        return ResponseEntity.ok(new DecisionPage(page.items()).nextCursor(page.nextCursor()));
    }
}
