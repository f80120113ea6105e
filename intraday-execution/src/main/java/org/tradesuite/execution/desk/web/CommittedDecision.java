package org.tradesuite.execution.desk.web;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.engine.DeskFact;
import org.tradesuite.execution.engine.Effect;
import org.tradesuite.execution.engine.Recorded;
import org.tradesuite.execution.risk.Check;
import org.tradesuite.execution.risk.RefusalCode;
import org.tradesuite.market.Price;
import org.tradesuite.openapi.execution.model.Algo;
import org.tradesuite.openapi.execution.model.Decision;
import org.tradesuite.openapi.execution.model.DecisionCheck;
import org.tradesuite.openapi.execution.model.DecisionStatus;
import org.tradesuite.openapi.execution.model.Hold;
import org.tradesuite.openapi.execution.model.OrderType;
import org.tradesuite.openapi.execution.model.RiskCheck;
import org.tradesuite.openapi.execution.model.Side;
import org.tradesuite.openapi.execution.model.TimeInForce;

/**
 * A decision that was just committed, in the words of the contract: the same that {@link DecisionReader} reads of it
 * from then on, without asking the database.
 */
final class CommittedDecision {

    private CommittedDecision() {}

    static Decision of(Recorded recorded) {
        return switch (recorded.fact()) {
            case DeskFact.DecisionAccepted accepted ->
                decision(
                        recorded,
                        accepted.decision(),
                        DecisionStatus.ACCEPTED,
                        accepted.orderId(),
                        List.of(),
                        accepted.checks().raised());
            case DeskFact.DecisionRefused refused ->
                decision(
                        recorded,
                        refused.decision(),
                        DecisionStatus.REFUSED,
                        null,
                        refused.codes(),
                        refused.checks().raised());
            case DeskFact.DecisionHeld held ->
                decision(
                                recorded,
                                held.decision(),
                                DecisionStatus.HELD,
                                null,
                                held.codes(),
                                held.checks().raised())
                        .hold(new Hold(recorded.version(), held.until()));
            default -> throw new IllegalArgumentException(recorded.stream() + " is not about a new decision");
        };
    }

    private static Decision decision(
            Recorded recorded,
            DeskFact.Decision decision,
            DecisionStatus status,
            @Nullable String orderId,
            List<RefusalCode> codes,
            List<Check> raised) {
        Price limit = decision.limit();
        return new Decision(
                        recorded.id(),
                        decision.idempotencyKey(),
                        recorded.at(),
                        decision.account().toString(),
                        decision.strategy(),
                        decision.trader(),
                        decision.instrument().toString(),
                        Side.fromValue(decision.side().name()),
                        Row.plain(decision.quantity().value()),
                        OrderType.fromValue(decision.type().name()),
                        Algo.fromValue(decision.algo().name()),
                        TimeInForce.fromValue(decision.timeInForce().name()),
                        status)
                .receivedBy(recorded.actor())
                .limitPrice(limit == null ? null : Row.plain(limit.value()))
                .startTime(decision.start())
                .endTime(decision.end())
                .orderId(orderId)
                .reason(recorded.reason())
                .refusals(codes.stream().map(DecisionReader::refusal).toList())
                .riskChecks(raised.stream()
                        .map(check -> check(check, recorded.at()))
                        .toList());
    }

    static DecisionCheck of(Effect.Outcome.Checked checked) {
        return new DecisionCheck(
                        checked.at(),
                        DecisionStatus.fromValue(checked.verdict().name()),
                        checked.codes().stream().map(DecisionReader::refusal).toList(),
                        checked.checks().stream()
                                .map(check -> check(check, checked.at()))
                                .toList(),
                        checked.brokerReason())
                .brokerId(checked.broker() == null ? null : checked.broker().toString());
    }

    private static RiskCheck check(Check check, Instant at) {
        return new RiskCheck(
                        check.rule(),
                        Integer.toString(check.version()),
                        RiskCheck.VerdictEnum.fromValue(check.verdict().name()),
                        at)
                .measured(plain(check.measured()))
                .limit(plain(check.limit()))
                .unit(check.unit())
                .code(check.code() == null ? null : check.code().name())
                .detail(check.detail());
    }

    private static @Nullable String plain(@Nullable BigDecimal value) {
        return value == null ? null : Row.plain(value);
    }
}
