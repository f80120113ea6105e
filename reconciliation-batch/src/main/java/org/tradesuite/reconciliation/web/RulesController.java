package org.tradesuite.reconciliation.web;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.openapi.problem.FieldError;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.openapi.reconciliation.api.RulesApi;
import org.tradesuite.openapi.reconciliation.model.BrokerLayout;
import org.tradesuite.openapi.reconciliation.model.CountsOfChange;
import org.tradesuite.openapi.reconciliation.model.DropCopyLayout;
import org.tradesuite.openapi.reconciliation.model.ExampleOfChange;
import org.tradesuite.openapi.reconciliation.model.HeadingDifferences;
import org.tradesuite.openapi.reconciliation.model.LayoutDryRun;
import org.tradesuite.openapi.reconciliation.model.MatchDryRun;
import org.tradesuite.openapi.reconciliation.model.MatchDryRunOrder;
import org.tradesuite.openapi.reconciliation.model.MatchRules;
import org.tradesuite.openapi.reconciliation.model.MissingHeading;
import org.tradesuite.openapi.reconciliation.model.MovedHeading;
import org.tradesuite.openapi.reconciliation.model.RowAsRead;
import org.tradesuite.openapi.reconciliation.model.RowRefused;
import org.tradesuite.openapi.reconciliation.model.RuleDecision;
import org.tradesuite.openapi.reconciliation.model.RuleDraft;
import org.tradesuite.openapi.reconciliation.model.RuleVersions;
import org.tradesuite.openapi.reconciliation.model.ValueAsRead;
import org.tradesuite.reconciliation.broker.AgreedRules;
import org.tradesuite.reconciliation.broker.PassesDryRun;
import org.tradesuite.reconciliation.rules.Flaw;
import org.tradesuite.reconciliation.rules.RuleBook;
import org.tradesuite.reconciliation.rules.RuleSet;
import org.tradesuite.reconciliation.rules.RuleState;
import org.tradesuite.reconciliation.rules.RuleVersion;
import org.tradesuite.web.ProblemException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Layouts and passes over HTTP, as reconciliation.yaml says. */
@RestController
class RulesController implements RulesApi {

    private static final String MAY_EDIT_RULES = "hasAnyRole('OPERATIONS', 'ADMINISTRATOR')";

    private final RuleBook book;
    private final AgreedRules agreed;
    private final org.tradesuite.reconciliation.broker.LayoutDryRun layoutDryRun;
    private final PassesDryRun passesDryRun;
    private final JsonMapper json;

    RulesController(
            RuleBook book,
            AgreedRules agreed,
            org.tradesuite.reconciliation.broker.LayoutDryRun layoutDryRun,
            PassesDryRun passesDryRun,
            JsonMapper json) {
        this.book = book;
        this.agreed = agreed;
        this.layoutDryRun = layoutDryRun;
        this.passesDryRun = passesDryRun;
        this.json = json;
    }

    @Override
    public ResponseEntity<RuleVersions> listRules(
            @Nullable String ruleSet, org.tradesuite.openapi.reconciliation.model.@Nullable RuleState state) {
        return ResponseEntity.ok(new RuleVersions(book
                .versions(
                        ruleSet == null ? null : RuleSet.of(ruleSet),
                        state == null ? null : RuleState.valueOf(state.getValue()))
                .stream()
                .map(RulesController::head)
                .toList()));
    }

    @Override
    public ResponseEntity<org.tradesuite.openapi.reconciliation.model.RuleVersion> getRules(
            String ruleSet, Integer version) {
        return ResponseEntity.ok(whole(book.version(RuleSet.of(ruleSet), version)));
    }

    @Override
    @PreAuthorize(MAY_EDIT_RULES)
    public ResponseEntity<org.tradesuite.openapi.reconciliation.model.RuleVersion> draftRules(
            String ruleSet, RuleDraft draft) {
        var set = RuleSet.of(ruleSet);
        if (draft.getRevision() != null) {
            throw ProblemException.inField(
                    "$.revision",
                    ProblemCode.INVALID_VALUE,
                    "A new draft has no revision yet: leave it out, or PUT the version that is changed.");
        }
        var body = checked(set, draft);
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(whole(book.draft(
                        set,
                        draft.getValidFrom(),
                        draft.getValidTo(),
                        body.toString(),
                        SignedIn.name(),
                        draft.getReason())));
    }

    @Override
    @PreAuthorize(MAY_EDIT_RULES)
    public ResponseEntity<org.tradesuite.openapi.reconciliation.model.RuleVersion> changeRules(
            String ruleSet, Integer version, RuleDraft draft) {
        var set = RuleSet.of(ruleSet);
        var revision = draft.getRevision();
        if (revision == null) {
            throw ProblemException.inField(
                    "$.revision", ProblemCode.MISSING_FIELD, "Name the revision that you have read and change.");
        }
        var body = checked(set, draft);
        return ResponseEntity.ok(whole(book.change(
                set,
                version,
                revision,
                draft.getValidFrom(),
                draft.getValidTo(),
                body.toString(),
                SignedIn.name(),
                draft.getReason())));
    }

    /** What it says, if nothing is wrong with it. */
    private JsonNode checked(RuleSet set, RuleDraft draft) {
        var given = new LinkedHashMap<RuleSet.Kind, @Nullable Object>();
        given.put(RuleSet.Kind.LAYOUT, draft.getLayout());
        given.put(RuleSet.Kind.DROP_COPY_LAYOUT, draft.getDropCopyLayout());
        given.put(RuleSet.Kind.PASSES, draft.getPasses());
        given.values().removeIf(Objects::isNull);
        var wanted = given.get(set.kind());
        if (wanted == null || given.size() > 1) {
            throw ProblemException.inField(
                    "$." + field(set.kind()),
                    ProblemCode.INVALID_VALUE,
                    set
                            + switch (set.kind()) {
                                case LAYOUT -> " has a layout and no passes.";
                                case DROP_COPY_LAYOUT -> " has a layout of a drop copy and nothing else.";
                                case PASSES -> " has passes and no layout.";
                            });
        }
        JsonNode body = json.valueToTree(wanted);
        var flaws = agreed.flaws(set, body, draft.getValidFrom(), draft.getValidTo());
        if (!flaws.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.RULES_INVALID,
                    flaws.getFirst().detail()
                            + (flaws.size() == 1 ? "" : " And " + (flaws.size() - 1) + " more: see errors."),
                    flaws.stream().map(RulesController::error).toList());
        }
        return body;
    }

    private static String field(RuleSet.Kind kind) {
        return switch (kind) {
            case LAYOUT -> "layout";
            case DROP_COPY_LAYOUT -> "dropCopyLayout";
            case PASSES -> "passes";
        };
    }

    private static FieldError error(Flaw flaw) {
        return new FieldError(flaw.field(), ProblemCode.fromValue(flaw.kind().name()), flaw.detail());
    }

    @Override
    @PreAuthorize(MAY_EDIT_RULES)
    public ResponseEntity<org.tradesuite.openapi.reconciliation.model.RuleVersion> proposeRules(
            String ruleSet, Integer version, RuleDecision decision) {
        return decided(book::propose, ruleSet, version, decision);
    }

    @Override
    @PreAuthorize(MAY_EDIT_RULES)
    public ResponseEntity<org.tradesuite.openapi.reconciliation.model.RuleVersion> approveRules(
            String ruleSet, Integer version, RuleDecision decision) {
        return decided(book::approve, ruleSet, version, decision);
    }

    @Override
    @PreAuthorize(MAY_EDIT_RULES)
    public ResponseEntity<org.tradesuite.openapi.reconciliation.model.RuleVersion> refuseRules(
            String ruleSet, Integer version, RuleDecision decision) {
        return decided(book::refuse, ruleSet, version, decision);
    }

    @Override
    @PreAuthorize(MAY_EDIT_RULES)
    public ResponseEntity<org.tradesuite.openapi.reconciliation.model.RuleVersion> withdrawRules(
            String ruleSet, Integer version, RuleDecision decision) {
        return decided(book::withdraw, ruleSet, version, decision);
    }

    /** What a person makes of a version that they have read. */
    private interface Step {
        RuleVersion take(RuleSet set, int version, int revision, String by, String reason);
    }

    private ResponseEntity<org.tradesuite.openapi.reconciliation.model.RuleVersion> decided(
            Step step, String ruleSet, int version, RuleDecision decision) {
        return ResponseEntity.ok(whole(step.take(
                RuleSet.of(ruleSet), version, decision.getRevision(), SignedIn.name(), decision.getReason())));
    }

    @Override
    @PreAuthorize(MAY_EDIT_RULES)
    public ResponseEntity<LayoutDryRun> tryLayout(String ruleSet, Integer version, Resource body, Integer rows) {
        var read = layoutDryRun.read(RuleSet.of(ruleSet), version, StatementUpload.bytes(body), rows);
        return ResponseEntity.ok(new LayoutDryRun(
                        read.rows(),
                        read.refusedRows(),
                        heading(read.heading()),
                        read.shown().stream()
                                .map(row -> new RowAsRead(
                                        row.line(),
                                        row.values().entrySet().stream()
                                                .map(value -> new ValueAsRead(value.getKey(), value.getValue()))
                                                .toList()))
                                .toList(),
                        read.refused().stream()
                                .map(row -> new RowRefused(row.line(), row.text(), row.errorClass(), row.reason()))
                                .toList())
                .refusal(read.refusal())
                .counted(read.counted())
                .reason(read.reason()));
    }

    private static HeadingDifferences heading(org.tradesuite.reconciliation.broker.HeadingDifferences differences) {
        return new HeadingDifferences(
                differences.missing().stream()
                        .map(each -> new MissingHeading(each.heading())
                                .column(each.column())
                                .perhaps(each.perhaps()))
                        .toList(),
                differences.moved().stream()
                        .map(each -> new MovedHeading(each.heading(), each.agreed(), each.found()))
                        .toList(),
                differences.unknown(),
                differences.twice());
    }

    @Override
    @PreAuthorize(MAY_EDIT_RULES)
    public ResponseEntity<MatchDryRun> tryPasses(String ruleSet, Integer version, MatchDryRunOrder order) {
        LocalDate date = order.getBusinessDate();
        var result = passesDryRun.run(RuleSet.of(ruleSet), version, date);
        return ResponseEntity.ok(new MatchDryRun(
                date,
                counts(result.matches()),
                counts(result.breaks()),
                counts(result.proposals()),
                result.examples().stream().map(RulesController::example).toList()));
    }

    private static CountsOfChange counts(PassesDryRun.Counts counts) {
        return new CountsOfChange(counts.before(), counts.after(), counts.added(), counts.gone(), counts.changed());
    }

    private static ExampleOfChange example(PassesDryRun.Example example) {
        return new ExampleOfChange(
                        ExampleOfChange.WhatEnum.fromValue(example.what().name()),
                        example.before() == null
                                ? ExampleOfChange.ChangeEnum.ADDED
                                : example.after() == null
                                        ? ExampleOfChange.ChangeEnum.GONE
                                        : ExampleOfChange.ChangeEnum.CHANGED,
                        example.subject())
                .before(example.before())
                .after(example.after());
    }

    private static org.tradesuite.openapi.reconciliation.model.RuleVersion head(RuleVersion version) {
        return new org.tradesuite.openapi.reconciliation.model.RuleVersion(
                        version.set().toString(),
                        version.version(),
                        org.tradesuite.openapi.reconciliation.model.RuleState.fromValue(
                                version.state().name()),
                        version.validFrom(),
                        List.copyOf(version.makers()),
                        version.madeAt(),
                        version.reason(),
                        version.revision())
                .validTo(version.validTo())
                .decidedBy(version.decidedBy())
                .decidedAt(version.decidedAt())
                .decision(version.decision());
    }

    private org.tradesuite.openapi.reconciliation.model.RuleVersion whole(RuleVersion version) {
        var body = json.readTree(version.body());
        var head = head(version);
        return switch (version.set().kind()) {
            case LAYOUT -> head.layout(json.treeToValue(body, BrokerLayout.class));
            case DROP_COPY_LAYOUT -> head.dropCopyLayout(json.treeToValue(body, DropCopyLayout.class));
            case PASSES -> head.passes(json.treeToValue(body, MatchRules.class));
        };
    }
}
