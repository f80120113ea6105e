package org.tradesuite.execution.desk.web;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.execution.desk.CurrentReference;
import org.tradesuite.execution.reference.LimitDesk;
import org.tradesuite.execution.reference.LimitKind;
import org.tradesuite.execution.reference.LimitScope;
import org.tradesuite.execution.reference.LimitsAnswer;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.market.Currency;
import org.tradesuite.openapi.execution.api.LimitsApi;
import org.tradesuite.openapi.execution.model.Limit;
import org.tradesuite.openapi.execution.model.Limits;
import org.tradesuite.openapi.execution.model.LimitsChange;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.web.ProblemException;

/** The pre-trade limits, read and replaced by a person. The unit of a limit of money is its currency. */
@RestController
class LimitController implements LimitsApi {
    private static final String FIRM = "*";

    private final LimitDesk limits;
    private final CurrentReference reference;
    private final Clock clock;

    LimitController(LimitDesk limits, CurrentReference reference, Clock clock) {
        this.limits = limits;
        this.reference = reference;
        this.clock = clock;
    }

    @Override
    public ResponseEntity<Limits> getLimits() {
        return ResponseEntity.ok(answer(limits.inForce(clock.instant())));
    }

    @Override
    @PreAuthorize("hasRole('RISK')")
    public ResponseEntity<Limits> putLimits(LimitsChange change) {
        String actor = Caller.name();
        var wanted = new org.tradesuite.execution.reference.LimitsChange(
                change.getVersion(), change.getReason(), wanted(change.getItems()));
        return switch (limits.change(wanted, actor, clock.instant())) {
            case LimitsAnswer.InForce inForce -> {
                Caller.answered(() -> tell(actor, change.getReason()));
                yield ResponseEntity.ok(answer(inForce));
            }
            case LimitsAnswer.Stale stale ->
                throw new ProblemException(
                        ProblemCode.STALE_VERSION,
                        "The limits are at version " + stale.version() + ", you read " + change.getVersion()
                                + ". Read them again and repeat the change.");
            case LimitsAnswer.Wrong wrong ->
                throw new ProblemException(ProblemCode.INVALID_VALUE, String.join(" ", wrong.reasons()));
        };
    }

    private ReferenceData tell(String actor, String reason) {
        try {
            return reference.reload(actor, reason);
        } catch (SQLException gone) {
            throw new DataAccessResourceFailureException(
                    "The limits are stored, and could not be read back for the engine. Send them again.", gone);
        }
    }

    private static List<org.tradesuite.execution.reference.LimitsChange.Wanted> wanted(List<Limit> items) {
        List<org.tradesuite.execution.reference.LimitsChange.Wanted> wanted = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Limit item = items.get(i);
            try {
                LimitKind kind = LimitKind.valueOf(item.getRule());
                LimitScope scope = LimitScope.valueOf(item.getScope().getValue());
                @Nullable String warnAt = item.getWarnAt();
                wanted.add(new org.tradesuite.execution.reference.LimitsChange.Wanted(
                        scope,
                        scope == LimitScope.FIRM ? FIRM : String.valueOf(item.getScopeId()),
                        kind,
                        new BigDecimal(item.getValue()),
                        warnAt == null ? null : new BigDecimal(warnAt),
                        kind.isMoney() ? Currency.of(item.getUnit()) : null));
            } catch (IllegalArgumentException unknown) {
                throw ProblemException.inField(
                        "$.items[" + i + "]",
                        ProblemCode.LIMIT_UNKNOWN,
                        "Limit " + item.getRule() + " of " + item.getScope().getValue() + " in " + item.getUnit()
                                + " is not one we have: " + unknown.getMessage());
            }
        }
        return wanted;
    }

    private static Limits answer(LimitsAnswer.InForce inForce) {
        return new Limits(
                inForce.version(),
                inForce.limits().stream().map(LimitController::limit).toList());
    }

    private static Limit limit(org.tradesuite.execution.reference.Limit limit) {
        @Nullable BigDecimal warnAt = limit.warnAt();
        return new Limit(
                        limit.kind().name(),
                        Limit.ScopeEnum.fromValue(limit.scope().name()),
                        Row.plain(limit.amount()),
                        limit.currency() == null
                                ? unit(limit.kind())
                                : limit.currency().code())
                .scopeId(limit.scopeId().equals(FIRM) ? null : limit.scopeId())
                .warnAt(warnAt == null ? null : Row.plain(warnAt));
    }

    private static String unit(LimitKind kind) {
        return kind.unit();
    }
}
