package org.tradesuite.execution.desk.web;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.execution.desk.CurrentReference;
import org.tradesuite.execution.publish.Message;
import org.tradesuite.execution.publish.Publisher;
import org.tradesuite.execution.reference.KeptLimit;
import org.tradesuite.execution.reference.LimitChangeAnswer;
import org.tradesuite.execution.reference.LimitDesk;
import org.tradesuite.execution.reference.LimitKind;
import org.tradesuite.execution.reference.LimitProposal;
import org.tradesuite.execution.reference.LimitScope;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.market.Currency;
import org.tradesuite.openapi.execution.api.LimitsApi;
import org.tradesuite.openapi.execution.model.Limit;
import org.tradesuite.openapi.execution.model.LimitChange;
import org.tradesuite.openapi.execution.model.LimitChangeDecision;
import org.tradesuite.openapi.execution.model.LimitChangeItem;
import org.tradesuite.openapi.execution.model.LimitChangePage;
import org.tradesuite.openapi.execution.model.LimitChangeStatus;
import org.tradesuite.openapi.execution.model.LimitVersions;
import org.tradesuite.openapi.execution.model.Limits;
import org.tradesuite.openapi.execution.model.WantedLimit;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.web.Cursor;
import org.tradesuite.web.Page;
import org.tradesuite.web.ProblemException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The pre-trade limits: read by everybody, changed by two persons. The unit of a limit of money is its currency.
 */
@RestController
class LimitController implements LimitsApi {
    private final LimitDesk limits;
    private final CurrentReference reference;
    private final Clock clock;
    private final Publisher publisher;
    private final JsonMapper json;

    LimitController(LimitDesk limits, CurrentReference reference, Clock clock, Publisher publisher, JsonMapper json) {
        this.limits = limits;
        this.reference = reference;
        this.clock = clock;
        this.publisher = publisher;
        this.json = json;
    }

    @Override
    public ResponseEntity<Limits> getLimits(@Nullable Instant at) {
        Instant when = at == null ? clock.instant() : at;
        var inForce = limits.inForce(when);
        return ResponseEntity.ok(new Limits(
                        inForce.version(),
                        when,
                        inForce.limits().stream().map(LimitController::limit).toList())
                .changedAt(inForce.changedAt())
                .changedBy(inForce.changedBy())
                .reason(inForce.reason()));
    }

    @Override
    public ResponseEntity<LimitVersions> listLimitVersions(
            String rule, org.tradesuite.openapi.execution.model.LimitScope scope, @Nullable String scopeId) {
        LimitKind kind;
        try {
            kind = LimitKind.valueOf(rule);
        } catch (IllegalArgumentException unknown) {
            throw new ProblemException(ProblemCode.LIMIT_UNKNOWN, "There is no rule " + rule + ". Read GET /limits.");
        }
        var of = LimitScope.valueOf(scope.getValue());
        return ResponseEntity.ok(new LimitVersions(limits.versions(of, idOf(of, scopeId), kind).stream()
                .map(LimitController::limit)
                .toList()));
    }

    @Override
    public ResponseEntity<LimitChangePage> listLimitChanges(
            @Nullable LimitChangeStatus status, @Nullable String cursor, Integer limit) {
        String key = Keys.one(cursor);
        var found = limits.changes(
                status == null
                        ? null
                        : org.tradesuite.execution.reference.LimitChange.Status.valueOf(status.getValue()),
                key == null ? Long.MAX_VALUE : before(key),
                limit + 1);
        Page<LimitChange> page = Page.of(
                found.stream().map(LimitController::change).toList(),
                limit,
                last -> Cursor.of(last.getChangeId().toString()));
        return ResponseEntity.ok(new LimitChangePage(page.items()).nextCursor(page.nextCursor()));
    }

    private static long before(String key) {
        try {
            return Long.parseLong(key);
        } catch (NumberFormatException forged) {
            throw new ProblemException(
                    ProblemCode.INVALID_CURSOR, "The cursor is not one that we gave: begin with the first page.");
        }
    }

    @Override
    @PreAuthorize("hasRole('RISK')")
    public ResponseEntity<LimitChange> proposeLimitChange(
            org.tradesuite.openapi.execution.model.LimitProposal proposal) {
        var wanted = new LimitProposal(
                proposal.getVersion(),
                proposal.getReason(),
                proposal.getValidFrom(),
                proposal.getValidUntil(),
                wanted(proposal.getItems()));
        var answer = limits.propose(wanted, Caller.name(), clock.instant());
        return ResponseEntity.status(HttpStatus.CREATED).body(told(answer));
    }

    @Override
    @PreAuthorize("hasAnyRole('RISK', 'COMPLIANCE')")
    public ResponseEntity<LimitChange> approveLimitChange(Long changeId, LimitChangeDecision decision) {
        String actor = Caller.name();
        var change = told(limits.approve(changeId, decision.getReason(), actor, clock.instant()));
        Caller.answered(() -> tell(actor, "approved change " + changeId + " of limits: " + change.getReason()));
        return ResponseEntity.ok(change);
    }

    @Override
    @PreAuthorize("hasAnyRole('RISK', 'COMPLIANCE')")
    public ResponseEntity<LimitChange> rejectLimitChange(Long changeId, LimitChangeDecision decision) {
        return ResponseEntity.ok(told(limits.reject(changeId, decision.getReason(), Caller.name(), clock.instant())));
    }

    @Override
    @PreAuthorize("hasRole('RISK')")
    public ResponseEntity<LimitChange> withdrawLimitChange(Long changeId, LimitChangeDecision decision) {
        return ResponseEntity.ok(told(limits.withdraw(changeId, decision.getReason(), Caller.name(), clock.instant())));
    }

    /** To whoever listens too: a proposal is in no journal until it is approved. */
    private LimitChange told(LimitChangeAnswer answer) {
        var change = taken(answer);
        publisher.tell(new Message(0, "LIMIT_CHANGE", json.writeValueAsString(change)));
        return change;
    }

    private ReferenceData tell(String actor, String reason) {
        try {
            return reference.reload(actor, reason);
        } catch (SQLException gone) {
            throw new DataAccessResourceFailureException(
                    "The change is stored, and could not be read back for the engine. Approve it again.", gone);
        }
    }

    private static LimitChange taken(LimitChangeAnswer answer) {
        return switch (answer) {
            case LimitChangeAnswer.Taken taken -> change(taken.change());
            case LimitChangeAnswer.Stale stale -> throw new ProblemException(ProblemCode.STALE_VERSION, stale.why());
            case LimitChangeAnswer.Wrong wrong ->
                throw new ProblemException(ProblemCode.INVALID_VALUE, String.join(" ", wrong.reasons()));
            case LimitChangeAnswer.MakerIsChecker same ->
                throw new ProblemException(
                        ProblemCode.MAKER_IS_CHECKER,
                        same.maker() + " proposed it: somebody else has to approve or reject it.");
            case LimitChangeAnswer.NotTheMaker other ->
                throw new ProblemException(
                        ProblemCode.FORBIDDEN,
                        other.maker() + " proposed it, and only who proposed it withdraws it. Reject it instead.");
            case LimitChangeAnswer.DecidedBefore before ->
                throw new ProblemException(
                        ProblemCode.CONFLICT,
                        "Change " + before.change().id() + " was "
                                + before.change().status() + " by "
                                + before.change().decidedBy() + " at "
                                + before.change().decidedAt() + ". Nothing is changed twice.");
            case LimitChangeAnswer.NotThere _ ->
                throw ProblemException.notFound("There is no such change. Look it up with GET /limit-changes.");
        };
    }

    private List<LimitProposal.Wanted> wanted(List<WantedLimit> items) {
        List<LimitProposal.Wanted> wanted = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            WantedLimit item = items.get(i);
            String field = "$.items[" + i + "]";
            LimitScope scope = LimitScope.valueOf(item.getScope().getValue());
            String scopeId = idOf(scope, item.getScopeId());
            LimitKind kind;
            try {
                kind = LimitKind.valueOf(item.getRule());
            } catch (IllegalArgumentException unknown) {
                throw ProblemException.inField(
                        field, ProblemCode.LIMIT_UNKNOWN, "There is no rule " + item.getRule() + ". Read GET /limits.");
            }
            if (!reference.get().knows(scope, scopeId)) {
                throw ProblemException.inField(
                        field,
                        ProblemCode.LIMIT_UNKNOWN,
                        "No " + scope + " " + scopeId
                                + " is in the reference data: a limit of it would hold nobody. Correct it, or have it"
                                + " imported.");
            }
            wanted.add(new LimitProposal.Wanted(
                    scope,
                    scopeId,
                    kind,
                    numberOrNull(item.getValue()),
                    numberOrNull(item.getWarnAt()),
                    currency(kind, item, field)));
        }
        return wanted;
    }

    /** An amount of money has its currency as its unit; any other unit may be left out, but not be another one. */
    private static @Nullable Currency currency(LimitKind kind, WantedLimit item, String field) {
        String unit = item.getUnit();
        if (kind.isMoney()) {
            try {
                return unit == null ? null : Currency.of(unit);
            } catch (IllegalArgumentException none) {
                throw ProblemException.inField(
                        field + ".unit",
                        ProblemCode.INVALID_VALUE,
                        kind + " is an amount of money: its unit is a currency. " + none.getMessage());
            }
        }
        if (unit != null && !unit.equals(kind.unit())) {
            throw ProblemException.inField(
                    field + ".unit",
                    ProblemCode.INVALID_VALUE,
                    kind + " is measured in " + kind.unit() + ", not in " + unit + ".");
        }
        return null;
    }

    private static String idOf(LimitScope scope, @Nullable String id) {
        return scope == LimitScope.FIRM && id == null
                ? org.tradesuite.execution.reference.Limit.THE_FIRM
                : String.valueOf(id);
    }

    private static Limit limit(KeptLimit kept) {
        var limit = kept.limit();
        return new Limit(
                        limit.id(),
                        limit.kind().name(),
                        scope(limit.scope()),
                        Row.plain(limit.amount()),
                        limit.unit(),
                        limit.validFrom(),
                        kept.reason(),
                        kept.enteredBy())
                .scopeId(idOrNull(limit.scope(), limit.scopeId()))
                .warnAt(plainOrNull(limit.warnAt()))
                .validUntil(limit.validUntil())
                .approvedBy(kept.approvedBy())
                .changeId(kept.changeId());
    }

    private static LimitChange change(org.tradesuite.execution.reference.LimitChange change) {
        return new LimitChange(
                        change.id(),
                        LimitChangeStatus.fromValue(change.status().name()),
                        change.madeFor(),
                        change.items().stream().map(LimitController::item).toList(),
                        change.reason(),
                        change.proposedBy(),
                        change.proposedAt())
                .validFrom(change.validFrom())
                .validUntil(change.validUntil())
                .decidedBy(change.decidedBy())
                .decidedAt(change.decidedAt())
                .decisionReason(change.decisionReason())
                .registerVersion(change.registerVersion());
    }

    private static LimitChangeItem item(org.tradesuite.execution.reference.LimitChange.Item item) {
        var wanted = item.wanted();
        var currency = wanted.currency();
        return new LimitChangeItem(
                        wanted.kind().name(),
                        scope(wanted.scope()),
                        currency == null ? wanted.kind().unit() : currency.code())
                .scopeId(idOrNull(wanted.scope(), wanted.scopeId()))
                .value(plainOrNull(wanted.amount()))
                .warnAt(plainOrNull(wanted.warnAt()))
                .before(plainOrNull(item.before()));
    }

    private static org.tradesuite.openapi.execution.model.LimitScope scope(LimitScope scope) {
        return org.tradesuite.openapi.execution.model.LimitScope.fromValue(scope.name());
    }

    private static @Nullable String idOrNull(LimitScope scope, String id) {
        return scope == LimitScope.FIRM ? null : id;
    }

    private static @Nullable String plainOrNull(@Nullable BigDecimal number) {
        return number == null ? null : Row.plain(number);
    }

    private static @Nullable BigDecimal numberOrNull(@Nullable String text) {
        return text == null ? null : new BigDecimal(text);
    }
}
