package org.tradesuite.reconciliation.web;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.openapi.reconciliation.api.ChasersApi;
import org.tradesuite.openapi.reconciliation.model.Chaser;
import org.tradesuite.openapi.reconciliation.model.ChaserChange;
import org.tradesuite.openapi.reconciliation.model.ChaserChannel;
import org.tradesuite.openapi.reconciliation.model.ChaserStatus;
import org.tradesuite.openapi.reconciliation.model.Chasers;
import org.tradesuite.openapi.reconciliation.model.NewChaser;
import org.tradesuite.reconciliation.breaks.Chasers.Channel;
import org.tradesuite.reconciliation.breaks.Chasers.Status;

/** Messages that ask the other side, over HTTP as reconciliation.yaml says. */
@RestController
class ChasersController implements ChasersApi {

    private static final String MAY_WORK_ON_BREAKS = "hasAnyRole('OPERATIONS', 'ADMINISTRATOR')";

    private final org.tradesuite.reconciliation.breaks.Chasers chasers;

    ChasersController(org.tradesuite.reconciliation.breaks.Chasers chasers) {
        this.chasers = chasers;
    }

    @Override
    public ResponseEntity<Chasers> listChasers(@Nullable ChaserStatus status, @Nullable String party) {
        return ResponseEntity.ok(new Chasers(
                chasers.list(status == null ? null : Status.valueOf(status.getValue()), party).stream()
                        .map(ChasersController::model)
                        .toList()));
    }

    @Override
    @PreAuthorize(MAY_WORK_ON_BREAKS)
    public ResponseEntity<Chasers> draftChasers(NewChaser wanted) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(
                        new Chasers(chasers
                                .draft(
                                        wanted.getParty(),
                                        Channel.valueOf(wanted.getChannel().getValue()),
                                        SignedIn.name())
                                .stream()
                                .map(ChasersController::model)
                                .toList()));
    }

    @Override
    @PreAuthorize(MAY_WORK_ON_BREAKS)
    public ResponseEntity<Chaser> editChaser(String chaserId, ChaserChange change) {
        return ResponseEntity.ok(model(chasers.edit(
                chaserId,
                change.getRecipient(),
                change.getSubject(),
                change.getText(),
                change.getVersion(),
                SignedIn.name())));
    }

    @Override
    @PreAuthorize(MAY_WORK_ON_BREAKS)
    public ResponseEntity<Chaser> chaserWasSent(String chaserId) {
        return ResponseEntity.ok(model(chasers.sent(chaserId, SignedIn.name())));
    }

    @Override
    @PreAuthorize(MAY_WORK_ON_BREAKS)
    public ResponseEntity<Chaser> discardChaser(String chaserId) {
        return ResponseEntity.ok(model(chasers.discard(chaserId, SignedIn.name())));
    }

    private static Chaser model(org.tradesuite.reconciliation.breaks.Chasers.Chaser of) {
        return new Chaser(
                        Long.toString(of.id()),
                        Chaser.PartyKindEnum.fromValue(of.partyKind()),
                        of.party(),
                        ChaserChannel.fromValue(of.channel().name()),
                        of.recipient(),
                        of.subject(),
                        of.text(),
                        of.breakIds().stream().map(String::valueOf).toList(),
                        ChaserStatus.fromValue(of.status().name()),
                        of.version(),
                        of.madeBy(),
                        of.madeAt())
                .decidedBy(of.decidedBy())
                .decidedAt(of.decidedAt());
    }
}
