package org.tradesuite.reconciliation.web;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.openapi.reconciliation.api.SignOffsApi;
import org.tradesuite.openapi.reconciliation.model.Feed;
import org.tradesuite.openapi.reconciliation.model.NewSignOff;
import org.tradesuite.openapi.reconciliation.model.SignOff;
import org.tradesuite.openapi.reconciliation.model.SignOffs;

/** Signing off a reconciled feed of a day, over HTTP as reconciliation.yaml says. */
@RestController
class SignOffsController implements SignOffsApi {

    private final org.tradesuite.reconciliation.breaks.SignOffs signOffs;

    SignOffsController(org.tradesuite.reconciliation.breaks.SignOffs signOffs) {
        this.signOffs = signOffs;
    }

    @Override
    public ResponseEntity<SignOffs> listSignOffs(@Nullable LocalDate businessDate) {
        return ResponseEntity.ok(new SignOffs(signOffs.list(businessDate).stream()
                .map(SignOffsController::model)
                .toList()));
    }

    @Override
    @Transactional
    @PreAuthorize("hasAnyRole('OPERATIONS', 'ADMINISTRATOR')")
    public ResponseEntity<SignOff> signOff(NewSignOff wanted) {
        var feed = wanted.getFeed();
        var jobs = switch (feed) {
            case BROKER_TRADE, BROKER_DROP_COPY -> List.of("reconcile-brokers");
            case CUSTODIAN_POSITION,
                    CUSTODIAN_MOVEMENT,
                    CUSTODIAN_PENDING,
                    CUSTODIAN_CASH,
                    CUSTODIAN_INTRADAY,
                    CUSTODIAN_ADVICE -> List.of("reconcile-custodian");
            case STATEMENT -> List.of("reconcile-brokers", "reconcile-custodian");
        };
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(model(signOffs.sign(
                        wanted.getBusinessDate(), feed.getValue(), jobs, SignedIn.name(), wanted.getReason())));
    }

    private static SignOff model(org.tradesuite.reconciliation.breaks.SignOffs.SignOff of) {
        return new SignOff(
                        of.date(),
                        Feed.fromValue(of.feed()),
                        SignOff.StatusEnum.fromValue(of.status().name()),
                        of.askedBy(),
                        of.askedAt(),
                        of.open(),
                        of.material(),
                        of.firmMoney().toPlainString(),
                        of.firmCurrency(),
                        of.atSignOff().stream().map(ShownBreaks::cell).toList())
                .signedBy(of.signedBy())
                .signedAt(of.signedAt())
                .reason(of.reason())
                .reopenedBy(of.reopenedBy())
                .reopenedAt(of.reopenedAt())
                .reopenedWhy(of.reopenedWhy());
    }
}
