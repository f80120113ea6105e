package org.tradesuite.execution.desk.web;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.execution.desk.Answers;
import org.tradesuite.execution.engine.Input;
import org.tradesuite.execution.fix.LineState;
import org.tradesuite.execution.fix.Lines;
import org.tradesuite.market.BrokerId;
import org.tradesuite.openapi.execution.api.BrokersApi;
import org.tradesuite.openapi.execution.model.Broker;
import org.tradesuite.openapi.execution.model.BrokerGate;
import org.tradesuite.openapi.execution.model.Brokers;
import org.tradesuite.web.ProblemException;

/** The brokers, whether they can be reached, and whether they may be given orders. */
@RestController
class BrokerController implements BrokersApi {
    private final ReferenceReader reader;
    private final Lines lines;
    private final Answers answers;
    private final Clock clock;

    BrokerController(ReferenceReader reader, Lines lines, Answers answers, Clock clock) {
        this.reader = reader;
        this.lines = lines;
        this.answers = answers;
        this.clock = clock;
    }

    @Override
    public ResponseEntity<Brokers> listBrokers() {
        return ResponseEntity.ok(new Brokers(brokers()));
    }

    @Override
    @PreAuthorize("hasAnyRole('TRADER', 'OPERATIONS', 'RISK')")
    public ResponseEntity<Broker> reconcileBroker(String brokerId, BrokerGate gate) {
        return request(brokerId, gate.getReason(), false);
    }

    @Override
    @PreAuthorize("hasRole('RISK')")
    public ResponseEntity<Broker> openBroker(String brokerId, BrokerGate gate) {
        return request(brokerId, gate.getReason(), true);
    }

    private ResponseEntity<Broker> request(String brokerId, String reason, boolean open) {
        BrokerId broker;
        try {
            broker = BrokerId.of(brokerId);
        } catch (IllegalArgumentException notAnId) {
            throw none(brokerId);
        }
        String actor = Caller.name();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return Caller.answered(() -> {
            Refusals.done(
                    answers.answer(number -> new Input.BrokerGateRequested(now, number, actor, reason, broker, open)));
            return ResponseEntity.accepted()
                    .body(brokers().stream()
                            .filter(each -> each.getBrokerId().equals(brokerId))
                            .findFirst()
                            .orElseThrow(() -> none(brokerId)));
        });
    }

    private static ProblemException none(String brokerId) {
        return ProblemException.notFound("There is no broker " + brokerId + ". Look it up with GET /brokers.");
    }

    /** Every broker we know, and every line without one, so that a name that fits nothing is seen. */
    List<Broker> brokers() {
        Map<String, Broker> brokers = reader.brokers();
        for (LineState line : lines.states()) {
            Broker broker = brokers.computeIfAbsent(line.line(), name -> new Broker(name, name, Broker.StateEnum.DOWN));
            broker.session(line.line() + " at " + line.host() + ":" + line.port() + ", " + line.state())
                    .fixVersion(line.version())
                    .since(line.since())
                    .state(line.loggedOn() ? Broker.StateEnum.UP : Broker.StateEnum.DOWN);
            if (!line.loggedOn() && broker.getGate() != null) {
                // What the journal said last was of a session that is over.
                broker.gate(Broker.GateEnum.DOWN).gateReason(line.state()).gateSince(line.since());
            }
        }
        return List.copyOf(brokers.values());
    }
}
