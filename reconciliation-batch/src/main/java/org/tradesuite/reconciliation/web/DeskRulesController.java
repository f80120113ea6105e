package org.tradesuite.reconciliation.web;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.openapi.reconciliation.api.DeskRulesApi;
import org.tradesuite.openapi.reconciliation.model.DeskRule;
import org.tradesuite.openapi.reconciliation.model.DeskRuleKind;
import org.tradesuite.openapi.reconciliation.model.DeskRules;
import org.tradesuite.openapi.reconciliation.model.Feed;
import org.tradesuite.openapi.reconciliation.model.NewDeskRule;
import org.tradesuite.openapi.reconciliation.model.Reason;
import org.tradesuite.reconciliation.breaks.DeskRules.Kind;
import org.tradesuite.reconciliation.breaks.DeskRules.Rule;
import org.tradesuite.reconciliation.breaks.DeskRules.Scope;

/** What the desk decides by, over HTTP as reconciliation.yaml says. */
@RestController
class DeskRulesController implements DeskRulesApi {

    private static final String MAY_WORK_ON_BREAKS = "hasAnyRole('OPERATIONS', 'ADMINISTRATOR')";

    private final org.tradesuite.reconciliation.breaks.DeskRules rules;

    DeskRulesController(org.tradesuite.reconciliation.breaks.DeskRules rules) {
        this.rules = rules;
    }

    @Override
    public ResponseEntity<DeskRules> listDeskRules(@Nullable DeskRuleKind kind, Boolean history) {
        return ResponseEntity.ok(new DeskRules(
                rules.list(kind == null ? null : Kind.valueOf(kind.getValue()), history).stream()
                        .map(DeskRulesController::model)
                        .toList()));
    }

    @Override
    @PreAuthorize(MAY_WORK_ON_BREAKS)
    public ResponseEntity<DeskRule> proposeDeskRule(NewDeskRule wanted) {
        var feed = wanted.getFeed();
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(model(rules.propose(
                        new Scope(
                                Kind.valueOf(wanted.getKind().getValue()),
                                feed == null ? null : feed.getValue(),
                                wanted.getBreakClass(),
                                wanted.getAccountId(),
                                wanted.getMaterial()),
                        wanted.getValue(),
                        wanted.getVersion(),
                        SignedIn.name(),
                        wanted.getReason())));
    }

    @Override
    @PreAuthorize(MAY_WORK_ON_BREAKS)
    public ResponseEntity<DeskRule> approveDeskRule(String ruleId) {
        return ResponseEntity.ok(model(rules.approve(ruleId, SignedIn.name())));
    }

    @Override
    @PreAuthorize(MAY_WORK_ON_BREAKS)
    public ResponseEntity<DeskRule> refuseDeskRule(String ruleId, Reason reason) {
        return ResponseEntity.ok(model(rules.refuse(ruleId, SignedIn.name(), reason.getReason())));
    }

    private static DeskRule model(Rule of) {
        var feed = of.scope().feed();
        return new DeskRule(
                        Long.toString(of.id()),
                        DeskRuleKind.fromValue(of.scope().kind().name()),
                        of.version(),
                        DeskRule.StatusEnum.fromValue(of.status().name()),
                        of.reason(),
                        of.proposedBy(),
                        of.proposedAt())
                .feed(feed == null ? null : Feed.fromValue(feed))
                .breakClass(of.scope().breakClass())
                .accountId(of.scope().accountId())
                .material(of.scope().material())
                .value(of.value())
                .decidedBy(of.decidedBy())
                .decidedAt(of.decidedAt());
    }
}
