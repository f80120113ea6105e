package org.tradesuite.settlement.web;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.openapi.settlement.api.StandingInstructionsApi;
import org.tradesuite.openapi.settlement.model.AssetClass;
import org.tradesuite.openapi.settlement.model.StandingInstruction;
import org.tradesuite.openapi.settlement.model.StandingInstructionApproval;
import org.tradesuite.openapi.settlement.model.StandingInstructionChange;
import org.tradesuite.settlement.standing.StandingInstruction.Proposal;
import org.tradesuite.settlement.standing.StandingInstructions;
import org.tradesuite.settlement.standing.StandingInstructions.Answer;
import org.tradesuite.web.ProblemException;

@RestController
class StandingInstructionController implements StandingInstructionsApi {

    private final StandingInstructions standing;

    StandingInstructionController(StandingInstructions standing) {
        this.standing = standing;
    }

    @Override
    public ResponseEntity<org.tradesuite.openapi.settlement.model.StandingInstructions> listStandingInstructions(
            @Nullable String counterpartyBic) {
        return ResponseEntity.ok(new org.tradesuite.openapi.settlement.model.StandingInstructions(
                standing.latest(counterpartyBic).stream()
                        .map(StandingInstructionController::shown)
                        .toList()));
    }

    @Override
    @PreAuthorize("hasRole('OPERATIONS')")
    public ResponseEntity<StandingInstruction> putStandingInstruction(StandingInstructionChange change) {
        var assetClass = change.getAssetClass();
        return answer(standing.propose(
                new Proposal(
                        change.getCounterpartyBic(),
                        change.getPlaceOfSettlement(),
                        change.getAccountId(),
                        assetClass == null ? null : assetClass.getValue(),
                        change.getCurrency(),
                        change.getAgentBic(),
                        change.getAgentAccount(),
                        change.getValidFrom(),
                        change.getValidUntil(),
                        change.getReason()),
                change.getVersion(),
                user()));
    }

    @Override
    @PreAuthorize("hasAnyRole('OPERATIONS', 'ADMINISTRATOR')")
    public ResponseEntity<StandingInstruction> approveStandingInstruction(
            String standingInstructionId, StandingInstructionApproval approval) {
        return answer(standing.approve(standingInstructionId, approval.getVersion(), user()));
    }

    private static ResponseEntity<StandingInstruction> answer(Answer answer) {
        return switch (answer) {
            case Answer.Recorded(var recorded) -> ResponseEntity.ok(shown(recorded));
            case Answer.Refused(var reason, var detail) ->
                throw new ProblemException(
                        switch (reason) {
                            case NOT_FOUND -> ProblemCode.NOT_FOUND;
                            case STALE_VERSION -> ProblemCode.STALE_VERSION;
                            case ALREADY_APPROVED -> ProblemCode.CONFLICT;
                            case MAKER_IS_CHECKER -> ProblemCode.MAKER_IS_CHECKER;
                            case INVALID -> ProblemCode.INVALID_VALUE;
                        },
                        detail);
        };
    }

    private static StandingInstruction shown(org.tradesuite.settlement.standing.StandingInstruction standing) {
        var assetClass = standing.assetClass();
        return new StandingInstruction(
                        standing.name(),
                        standing.counterpartyBic(),
                        standing.agentBic(),
                        standing.agentAccount(),
                        standing.validFrom(),
                        standing.version(),
                        standing.isApproved()
                                ? StandingInstruction.StatusEnum.APPROVED
                                : StandingInstruction.StatusEnum.PROPOSED,
                        standing.reason(),
                        standing.enteredBy(),
                        standing.enteredAt())
                .placeOfSettlement(standing.placeOfSettlement())
                .accountId(standing.accountId())
                .assetClass(assetClass == null ? null : AssetClass.fromValue(assetClass))
                .currency(standing.currency())
                .validUntil(standing.validUntil())
                .approvedBy(standing.approvedBy())
                .approvedAt(standing.approvedAt());
    }

    private static String user() {
        var signedIn = SecurityContextHolder.getContext().getAuthentication();
        if (signedIn == null) {
            throw new IllegalStateException("A request without user reached an operation that needs one");
        }
        return signedIn.getName();
    }
}
