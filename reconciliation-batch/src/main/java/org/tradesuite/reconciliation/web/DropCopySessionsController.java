package org.tradesuite.reconciliation.web;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.openapi.reconciliation.api.DropCopySessionsApi;
import org.tradesuite.openapi.reconciliation.model.DropCopyLook.StateEnum;
import org.tradesuite.openapi.reconciliation.model.DropCopySession;
import org.tradesuite.openapi.reconciliation.model.DropCopySession.RoleEnum;
import org.tradesuite.openapi.reconciliation.model.DropCopySessions;
import org.tradesuite.reconciliation.broker.DropCopyLook;
import org.tradesuite.reconciliation.broker.DropCopyLooks;
import org.tradesuite.reconciliation.dropcopy.DropCopyLineState;
import org.tradesuite.reconciliation.dropcopy.DropCopyLines;

/** The live drop copies over HTTP, as reconciliation.yaml says. */
@RestController
class DropCopySessionsController implements DropCopySessionsApi {

    private final DropCopyLines lines;
    private final DropCopyLooks looks;

    DropCopySessionsController(DropCopyLines lines, DropCopyLooks looks) {
        this.lines = lines;
        this.looks = looks;
    }

    @Override
    public ResponseEntity<DropCopySessions> listDropCopySessions() {
        var newest = looks.newest().stream().collect(Collectors.toMap(DropCopyLook::broker, Function.identity()));
        return ResponseEntity.ok(new DropCopySessions(lines.states().stream()
                .map(state -> model(state, newest.get(state.broker())))
                .toList()));
    }

    private static DropCopySession model(DropCopyLineState state, @Nullable DropCopyLook look) {
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
                .handedIn(state.handedIn())
                .look(look == null ? null : model(look));
    }

    private static org.tradesuite.openapi.reconciliation.model.DropCopyLook model(DropCopyLook look) {
        var reached = look.reached();
        return new org.tradesuite.openapi.reconciliation.model.DropCopyLook(
                        look.date(),
                        time(look.at()),
                        StateEnum.fromValue(look.state().name()),
                        look.says(),
                        look.ours(),
                        look.theirs(),
                        look.differences(),
                        look.waiting())
                .reachedAt(reached == null ? null : time(reached));
    }

    private static Instant time(Instant at) {
        return at.truncatedTo(ChronoUnit.MICROS);
    }
}
