package org.tradesuite.execution.desk.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.execution.desk.Answers;
import org.tradesuite.execution.engine.Brake;
import org.tradesuite.execution.engine.Effect.Outcome;
import org.tradesuite.execution.engine.Input;
import org.tradesuite.execution.engine.KeptStops;
import org.tradesuite.execution.fix.LineState;
import org.tradesuite.execution.fix.Lines;
import org.tradesuite.execution.risk.SwitchScope;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Mic;
import org.tradesuite.openapi.execution.api.SwitchesApi;
import org.tradesuite.openapi.execution.model.Algo;
import org.tradesuite.openapi.execution.model.Breaker;
import org.tradesuite.openapi.execution.model.BreakerReset;
import org.tradesuite.openapi.execution.model.Breakers;
import org.tradesuite.openapi.execution.model.NewSwitch;
import org.tradesuite.openapi.execution.model.Reopen;
import org.tradesuite.openapi.execution.model.ReopenApproval;
import org.tradesuite.openapi.execution.model.Reopening;
import org.tradesuite.openapi.execution.model.SwitchReport;
import org.tradesuite.openapi.execution.model.TradingState;
import org.tradesuite.openapi.execution.model.TradingSwitch;
import org.tradesuite.openapi.execution.model.TradingSwitches;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.web.ProblemException;
import org.tradesuite.web.TradesAs;

/**
 * The stop button. How the switches stand is told from the engine's memory, so that it is told also while the database does
 * not answer; what became of what was cancelled is read from the tables.
 */
@RestController
class SwitchController implements SwitchesApi {

    private final Answers answers;
    private final Supplier<@Nullable Brake> brake;
    private final KeptStops stops;
    private final TradesAs tradesAs;
    private final SwitchReader reader;
    private final Lines lines;
    private final Clock clock;
    private final Duration within;

    SwitchController(
            Answers answers,
            Supplier<@Nullable Brake> brake,
            KeptStops stops,
            TradesAs tradesAs,
            SwitchReader reader,
            Lines lines,
            Clock clock,
            @Value("${execution.http.stop-answer-within}") Duration within) {
        this.answers = answers;
        this.brake = brake;
        this.stops = stops;
        this.tradesAs = tradesAs;
        this.reader = reader;
        this.lines = lines;
        this.clock = clock;
        this.within = within;
    }

    @Override
    public ResponseEntity<TradingSwitches> listSwitches() {
        return ResponseEntity.ok(new TradingSwitches(switches()));
    }

    List<TradingSwitch> switches() {
        var engine = engine();
        return engine.switches().stream().map(each -> shown(each, engine)).toList();
    }

    @Override
    @PreAuthorize("hasAnyRole('TRADER', 'RISK', 'COMPLIANCE', 'ADMINISTRATOR')")
    public ResponseEntity<TradingSwitch> setSwitch(String idempotencyKey, NewSwitch wanted) {
        String actor = Caller.name();
        SwitchScope scope = scope(wanted.getScope());
        own(actor, scope);
        Instant now = now();
        var state = org.tradesuite.execution.risk.TradingState.valueOf(
                wanted.getState().getValue());
        String hash = hash(scope, state, wanted.getCancelling(), wanted.getReason());
        return Caller.answered(() -> {
            Answers.Asked asked = answers.ask(number -> new Input.SwitchRequested(
                    now,
                    number,
                    actor,
                    wanted.getReason(),
                    scope,
                    state,
                    wanted.getCancelling(),
                    idempotencyKey,
                    hash));
            Outcome outcome;
            try {
                outcome = answers.await(asked, within).outcome();
            } catch (Answers.NoAnswerException notYet) {
                Input.@Nullable SwitchRequested acts = engine().unwritten(idempotencyKey);
                if (acts == null || !acts.bodyHash().equals(hash)) {
                    throw notYet;
                }
                keep(acts);
                return ResponseEntity.status(HttpStatus.ACCEPTED).body(shown(scope));
            }
            if (outcome instanceof Outcome.KeyUsedForAnotherBody used) {
                throw new ProblemException(
                        ProblemCode.IDEMPOTENCY_KEY_REUSED,
                        idempotencyKey + " was used for another body, switch " + used.decisionId()
                                + ". Use a new key for a new stop.");
            }
            Refusals.done(outcome);
            return ResponseEntity.ok(shown(scope));
        });
    }

    /** Whoever is told that it is done can rely on it, also if we end before the database is back. */
    private void keep(Input.SwitchRequested acts) {
        try {
            stops.keep(acts);
        } catch (IOException failed) {
            throw new ProblemException(
                    ProblemCode.DATABASE_UNAVAILABLE,
                    "The stop acts, but neither the database nor the disk takes it (" + failed.getMessage()
                            + "): it is forgotten if we end now. Leave us running, make room on the disk, and ask"
                            + " again with the same key.");
        }
        if (engine().unwritten(acts.key()) == null) {
            // The database was back first.
            stops.recorded(acts.key());
        }
    }

    @Override
    @PreAuthorize("hasAnyRole('TRADER', 'RISK', 'COMPLIANCE', 'ADMINISTRATOR')")
    public ResponseEntity<TradingSwitch> askToReopen(String switchId, Reopen wanted) {
        String actor = Caller.name();
        SwitchScope scope = named(switchId);
        own(actor, scope);
        var to = org.tradesuite.execution.risk.TradingState.valueOf(
                wanted.getTo().getValue());
        Instant now = now();
        return Caller.answered(() -> {
            Refusals.done(answers.answer(
                    number -> new Input.ReopeningRequested(now, number, actor, wanted.getReason(), scope, to)));
            return ResponseEntity.accepted().body(shown(scope));
        });
    }

    @Override
    @PreAuthorize("hasAnyRole('RISK', 'COMPLIANCE', 'ADMINISTRATOR')")
    public ResponseEntity<TradingSwitch> approveReopening(String switchId, ReopenApproval approval) {
        String actor = Caller.name();
        SwitchScope scope = named(switchId);
        Instant now = now();
        return Caller.answered(() -> {
            Refusals.done(answers.answer(
                    number -> new Input.ReopeningApproved(now, number, actor, approval.getReason(), scope)));
            return ResponseEntity.ok(shown(scope));
        });
    }

    @Override
    public ResponseEntity<Breakers> listBreakers() {
        return ResponseEntity.ok(new Breakers(breakers()));
    }

    List<Breaker> breakers() {
        return engine().breakers().stream().map(SwitchController::shown).toList();
    }

    @Override
    @PreAuthorize("hasAnyRole('RISK', 'COMPLIANCE', 'ADMINISTRATOR')")
    public ResponseEntity<Breaker> resetBreaker(String breakerId, BreakerReset reset) {
        String actor = Caller.name();
        Instant now = now();
        return Caller.answered(() -> {
            Refusals.done(answers.answer(
                    number -> new Input.BreakerResetRequested(now, number, actor, reset.getReason(), breakerId)));
            return ResponseEntity.ok(breakers().stream()
                    .filter(each -> each.getBreakerId().equals(breakerId))
                    .findFirst()
                    .orElseThrow(() -> ProblemException.notFound("There is no breaker " + breakerId + ".")));
        });
    }

    private static Breaker shown(org.tradesuite.execution.risk.Breaker each) {
        return new Breaker(
                each.id(),
                Breaker.KindEnum.fromValue(each.kind().name()),
                each.of(),
                Breaker.StateEnum.fromValue(each.state().name()),
                each.reason(),
                each.by(),
                each.since());
    }

    @Override
    public ResponseEntity<SwitchReport> getSwitch(String switchId) {
        TradingSwitch shown = shown(named(switchId));
        return ResponseEntity.ok(reader.report(
                shown,
                clock.instant(),
                lines.states().stream()
                        .filter(line -> !line.loggedOn())
                        .map(LineState::line)
                        .collect(Collectors.toSet())));
    }

    // Who may

    /** Whoever is a trader and nothing more stops and opens for himself. */
    private void own(String actor, SwitchScope scope) {
        List<String> own = tradesAs.of(actor);
        if (!Caller.hasAny("RISK", "COMPLIANCE", "ADMINISTRATOR")
                && (scope.trader() == null || !own.contains(scope.trader()))) {
            throw new ProblemException(
                    ProblemCode.FORBIDDEN,
                    "A trader stops only the own orders: name " + String.join(" or ", own)
                            + " as the trader, or ask risk or compliance.");
        }
    }

    // What is meant

    private static SwitchScope scope(org.tradesuite.openapi.execution.model.SwitchScope sent) {
        @Nullable Algo algo = sent.getAlgo();
        try {
            @Nullable String account = sent.getAccountId();
            @Nullable String instrument = sent.getInstrumentId();
            @Nullable String broker = sent.getBrokerId();
            @Nullable String mic = sent.getMic();
            return new SwitchScope(
                    sent.getDesk(),
                    sent.getTraderId(),
                    sent.getClientId(),
                    account == null ? null : AccountId.of(account),
                    sent.getStrategyId(),
                    algo == null ? null : algo.getValue(),
                    instrument == null ? null : InstrumentId.of(instrument),
                    broker == null ? null : BrokerId.of(broker),
                    mic == null ? null : Mic.of(mic));
        } catch (IllegalArgumentException wrong) {
            throw ProblemException.inField("$.scope", ProblemCode.INVALID_VALUE, String.valueOf(wrong.getMessage()));
        }
    }

    private static SwitchScope named(String switchId) {
        try {
            return SwitchScope.of(switchId);
        } catch (IllegalArgumentException wrong) {
            throw ProblemException.notFound(wrong.getMessage() + ". Look it up with GET /switches.");
        }
    }

    private static String hash(
            SwitchScope scope, org.tradesuite.execution.risk.TradingState state, boolean cancelling, String reason) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest((scope.id() + '\n' + state + '\n' + cancelling + '\n' + reason)
                                    .getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("Every Java has SHA-256.", absent);
        }
    }

    // What is shown

    private Brake engine() {
        @Nullable Brake running = brake.get();
        if (running == null) {
            throw new ProblemException(ProblemCode.NOT_READY, "We are starting or stopping. Ask again in a moment.");
        }
        return running;
    }

    private TradingSwitch shown(SwitchScope scope) {
        var engine = engine();
        return engine.switches().stream()
                .filter(each -> each.scope().equals(scope))
                .findFirst()
                .map(each -> shown(each, engine))
                .orElseThrow(() ->
                        ProblemException.notFound("There is no switch " + scope + ". Look it up with GET /switches."));
    }

    private static TradingSwitch shown(org.tradesuite.execution.risk.Switch each, Brake engine) {
        var scope = each.scope();
        var reopening = each.reopening();
        return new TradingSwitch(
                        scope.id(),
                        new org.tradesuite.openapi.execution.model.SwitchScope()
                                .desk(scope.desk())
                                .traderId(scope.trader())
                                .clientId(scope.client())
                                .accountId(text(scope.account()))
                                .strategyId(scope.strategy())
                                .algo(scope.algorithm() == null ? null : Algo.fromValue(scope.algorithm()))
                                .instrumentId(text(scope.instrument()))
                                .brokerId(text(scope.broker()))
                                .mic(text(scope.venue())),
                        TradingState.fromValue(each.state().name()),
                        each.reason(),
                        each.by(),
                        each.since(),
                        each.automatic(),
                        each.cancelling(),
                        each.times(),
                        !engine.isUnwritten(scope))
                .reopening(
                        reopening == null
                                ? null
                                : new Reopening(
                                        TradingState.fromValue(reopening.to().name()),
                                        reopening.reason(),
                                        reopening.by(),
                                        reopening.at()));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
