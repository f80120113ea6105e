package org.tradesuite.reconciliation.web;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.openapi.reconciliation.api.DropCopySessionsApi;
import org.tradesuite.openapi.reconciliation.model.DropCopySession;
import org.tradesuite.openapi.reconciliation.model.DropCopySession.RoleEnum;
import org.tradesuite.openapi.reconciliation.model.DropCopySessions;
import org.tradesuite.reconciliation.dropcopy.DropCopyLineState;
import org.tradesuite.reconciliation.dropcopy.DropCopyLines;

/** The live drop copies over HTTP, as reconciliation.yaml says. */
@RestController
class DropCopySessionsController implements DropCopySessionsApi {

    private final DropCopyLines lines;

    DropCopySessionsController(DropCopyLines lines) {
        this.lines = lines;
    }

    @Override
    public ResponseEntity<DropCopySessions> listDropCopySessions() {
        return ResponseEntity.ok(new DropCopySessions(
                lines.states().stream().map(DropCopySessionsController::model).toList()));
    }

    private static DropCopySession model(DropCopyLineState state) {
        var file = state.file();
        return new DropCopySession()
                .brokerId(state.broker())
                .version(state.version())
                .role(state.calledByBroker() ? RoleEnum.ACCEPTOR : RoleEnum.INITIATOR)
                .address(state.address())
                .loggedOn(state.loggedOn())
                .recording(state.recording())
                .says(state.says())
                .since(time(state.since()))
                .lastMessageAt(state.lastMessage() == null ? null : time(state.lastMessage()))
                .nextExpected(state.nextExpected())
                .nextToSend(state.nextToSend())
                .waiting(state.early())
                .date(state.date())
                .file(file == null ? null : String.valueOf(file.getFileName()))
                .messages(state.messages())
                .handedIn(state.handedIn());
    }

    private static Instant time(Instant at) {
        return at.truncatedTo(ChronoUnit.MICROS);
    }
}
