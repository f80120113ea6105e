package org.tradesuite.reconciliation.web;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.openapi.reconciliation.api.ProposalsApi;
import org.tradesuite.openapi.reconciliation.model.Proposal;
import org.tradesuite.openapi.reconciliation.model.ProposalDecision;
import org.tradesuite.openapi.reconciliation.model.ProposalPage;
import org.tradesuite.openapi.reconciliation.model.ProposalState;
import org.tradesuite.reconciliation.broker.ProposalDesk;
import org.tradesuite.web.Cursor;
import org.tradesuite.web.Page;

/** Proposed matches over HTTP, as reconciliation.yaml says. */
@RestController
class ProposalsController implements ProposalsApi {

    private static final String MAY_DECIDE = "hasAnyRole('OPERATIONS', 'ADMINISTRATOR')";

    private final ProposalDesk desk;

    ProposalsController(ProposalDesk desk) {
        this.desk = desk;
    }

    @Override
    public ResponseEntity<ProposalPage> listProposals(
            @Nullable LocalDate businessDate,
            @Nullable String brokerId,
            @Nullable ProposalState state,
            @Nullable String cursor,
            Integer limit) {
        var found = desk.page(
                businessDate,
                brokerId,
                state == null ? null : ProposalDesk.State.valueOf(state.getValue()),
                Cursor.parse(cursor, 1).map(at -> at.keys().getFirst()).orElse(""),
                limit + 1);
        var page = Page.of(found, limit, last -> Cursor.of(last.key()));
        return ResponseEntity.ok(new ProposalPage(
                        page.items().stream().map(ProposalsController::model).toList())
                .nextCursor(page.nextCursor()));
    }

    @Override
    public ResponseEntity<Proposal> getProposal(String proposalId) {
        return ResponseEntity.ok(whole(desk.one(proposalId)));
    }

    @Override
    @PreAuthorize(MAY_DECIDE)
    public ResponseEntity<Proposal> approveProposal(String proposalId, ProposalDecision decision) {
        return ResponseEntity.ok(
                whole(desk.approve(proposalId, decision.getRevision(), SignedIn.name(), decision.getReason())));
    }

    @Override
    @PreAuthorize(MAY_DECIDE)
    public ResponseEntity<Proposal> refuseProposal(String proposalId, ProposalDecision decision) {
        return ResponseEntity.ok(
                whole(desk.refuse(proposalId, decision.getRevision(), SignedIn.name(), decision.getReason())));
    }

    private Proposal whole(ProposalDesk.Proposal proposal) {
        return model(proposal).theirLine(desk.rawLine(proposal).orElse(null));
    }

    private static Proposal model(ProposalDesk.Proposal proposal) {
        return new Proposal(
                        proposal.key(),
                        ProposalState.fromValue(proposal.state().name()),
                        proposal.businessDate(),
                        proposal.broker(),
                        proposal.ourItem(),
                        Long.toString(proposal.statement()),
                        proposal.line(),
                        proposal.pass(),
                        proposal.ruleVersion(),
                        proposal.ours(),
                        proposal.theirs(),
                        proposal.revision())
                .differences(proposal.differences())
                .decidedBy(proposal.decidedBy())
                .decidedAt(proposal.decidedAt())
                .reason(proposal.reason());
    }
}
