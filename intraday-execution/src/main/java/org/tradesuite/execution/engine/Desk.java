package org.tradesuite.execution.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.engine.Effect.AlertKind;
import org.tradesuite.execution.engine.Effect.Refusal;
import org.tradesuite.execution.order.Fact;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.order.Route;
import org.tradesuite.execution.reference.Limit;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.execution.risk.Check;
import org.tradesuite.execution.risk.Situation;

/**
 * The deterministic part of the engine: takes one input after the other, asks the room it belongs to, records what happened
 * and says what shall leave. Knows no thread, no database and no clock. Prices, connected brokers and reference data are not
 * in the journal; whatever a decision took from them is written into its facts.
 */
final class Desk {

    private static final String ENGINE = "engine";

    private State state = new State();
    private final AnswerForms forms = new AnswerForms();
    private final AnswerWriter answerWriter = new AnswerWriter(forms);
    private final MarketView market = new MarketView(this);
    private final Stakes stakes;
    private final ChildChecks childChecks = new ChildChecks(this);
    private final BrokerPanel brokers = new BrokerPanel(this);
    private final Diary diary = new Diary(this);
    private final Decisions decisions;
    private final HeldDecisions held;
    private final Amendments amendments;
    private final HeldAmendments heldAmendments;
    private final TradingDay tradingDay;
    private final Closing closing;
    private final Allocations allocations = new Allocations(this);
    private final Confirmations confirmations;
    private final Reports reports = new Reports(this);
    private final Strays strays;
    private final Claims claims;
    private final Routes routes;
    private final Working working;
    private final Questions questions;
    private final Shortfalls shortfalls;
    private final Unknowns unknowns;
    private final Gates gates;
    private final Switchboard switchboard;
    private final Breakers breakers;
    private final MarketPhases phases = new MarketPhases(this);
    private final Brake brake = new Brake();
    private final LimitTurns limitTurns = new LimitTurns(this);
    private final Recovery recovery;
    private final ClientDesk clients = new ClientDesk(this);
    private ReferenceData reference;

    // Of the input being handled
    private Batch batch = new Batch();
    private Instant now = Instant.EPOCH;
    private String actor = ENGINE;
    private @Nullable String reason;
    private @Nullable String causation;

    Desk(EngineSettings settings, ReferenceData reference) {
        this.reference = reference;
        this.stakes = new Stakes(this);
        stakes.addUp();
        var planner = new Planner(settings);
        this.decisions = new Decisions(this, settings, planner);
        this.held = new HeldDecisions(this, settings, decisions);
        this.amendments = new Amendments(this, planner);
        this.heldAmendments = new HeldAmendments(this, settings, amendments);
        this.tradingDay = new TradingDay(this, settings);
        this.closing = new Closing(this, settings);
        this.confirmations = new Confirmations(this, settings);
        this.strays = new Strays(this, settings);
        this.claims = new Claims(this, settings);
        this.routes = new Routes(this, settings);
        this.working = new Working(this, settings);
        this.questions = new Questions(this, settings);
        this.shortfalls = new Shortfalls(this, settings);
        this.unknowns = new Unknowns(this);
        this.gates = new Gates(this, settings);
        this.switchboard = new Switchboard(this, settings);
        this.breakers = new Breakers(this, settings);
        this.recovery = new Recovery(this, settings);
    }

    // What comes in

    /** The state of a snapshot, at start. */
    void restore(State.Content content) {
        state = new State(content);
    }

    /** A fact from the journal, at start. */
    void replay(Recorded recorded) {
        state.book().watch(null);
        state.apply(recorded);
        state.touched().clear();
    }

    /** After the journal was read. */
    void recover(Instant at, Batch into) {
        begin(at, into);
        stakes.addUp();
        recovery.recover();
        // What was changed between our end and this start.
        tellLimits(List.of());
        limitTurns.begin();
    }

    /** After that, and before anything leaves: stops that the journal does not have. */
    void stopAgain(KeptStops.Left left, Instant at, Batch into) {
        begin(at, into);
        // Callers count upwards from one.
        var request = 0L;
        for (var stop : left.stops()) {
            actor = stop.actor();
            reason = stop.reason();
            switchboard.again(
                    new Input.SwitchRequested(
                            at,
                            --request,
                            stop.actor(),
                            stop.reason() + " (at " + stop.at() + ", before we started again)",
                            stop.scope(),
                            stop.state(),
                            stop.cancelling(),
                            stop.key(),
                            stop.bodyHash()),
                    false);
        }
        if (left.damage() != null) {
            actor = ENGINE;
            reason = "Nobody knows what was stopped: " + left.damage();
            switchboard.again(KeptStops.standIn(left, at, --request, ENGINE, reason), true);
        }
    }

    void handle(Input input, Batch into) {
        begin(input.at(), into);
        switch (input) {
            case Input.Request request -> {
                actor = request.actor();
                causation = "request/" + request.requestId();
                request(request);
            }
            case Input.FromBroker message -> {
                actor = "broker:" + message.broker();
                causation = "fix/" + message.broker() + "/" + message.sequence();
                batch.sequences.put(message.broker(), message.sequence());
                message(message);
            }
            case Input.FromClient from -> {
                actor = actor(from.message().client());
                causation = "fix/" + from.message().client();
                clients.hear(from.message());
            }
            case Input.MarketQuote quote -> market.quote(quote);
            case Input.MarketTrade trade -> market.trade(trade);
            case Input.SecurityStatus status -> {
                actor = "market";
                phases.heard(status);
            }
            case Input.Tick _ -> {
                stakes.tick();
                limitTurns.tick();
                diary.tick();
                gates.tick();
                held.tick();
                heldAmendments.tick();
                breakers.tick();
                closing.advance();
            }
            case Input.BrokerSessionUp up -> gates.up(up);
            case Input.BrokerSessionDown down -> {
                gates.down(down.broker(), down.reason());
                breakers.lost(down.broker());
            }
            case Input.NotSent notSent -> {
                causation = "line/" + notSent.broker();
                reports.notSent(notSent);
            }
            case Input.HeldBack heldBack -> gates.heldBack(heldBack);
            case Input.ReferenceChanged changed -> {
                actor = changed.actor();
                reason = changed.reason();
                take(changed.reference());
            }
        }
        breakers.act();
    }

    private void begin(Instant at, Batch into) {
        batch = into;
        now = at;
        actor = ENGINE;
        reason = null;
        causation = null;
    }

    private void request(Input.Request request) {
        switch (request) {
            case Input.DecisionSubmitted decision -> {
                reason = decision.reason();
                decisions.decide(decision);
            }
            case Input.DecisionCheckAsked check -> decisions.check(check);
            case Input.AmendmentCheckAsked check -> amendments.check(check);
            case Input.HoldOverridden override -> {
                reason = override.reason();
                held.override(override);
            }
            case Input.HoldRefused refusal -> {
                reason = refusal.reason();
                held.refuse(refusal);
            }
            case Input.AmendmentOverridden override -> {
                reason = override.reason();
                heldAmendments.override(override);
            }
            case Input.AmendmentHoldRefused refusal -> {
                reason = refusal.reason();
                heldAmendments.refuse(refusal);
            }
            case Input.OrderCancelRequested cancel -> {
                reason = cancel.reason();
                amendments.cancel(cancel);
            }
            case Input.OrderAmendRequested amend -> {
                reason = amend.reason();
                amendments.amend(amend);
            }
            case Input.ExternalOrderClaimRequested claim -> {
                reason = claim.reason();
                claims.claim(claim);
            }
            case Input.DontKnowRequested dontKnow -> {
                reason = dontKnow.reason();
                claims.dontKnow(dontKnow);
            }
            case Input.TradingDayOpenRequested open -> tradingDay.open(open);
            case Input.RouteEndStated stated -> {
                reason = stated.reason();
                unknowns.stated(stated);
            }
            case Input.BrokerGateRequested gate -> {
                reason = gate.reason();
                gates.request(gate);
            }
            case Input.SwitchRequested asked -> {
                reason = asked.reason();
                switchboard.set(asked);
            }
            case Input.ReopeningRequested asked -> {
                reason = asked.reason();
                switchboard.reopen(asked);
            }
            case Input.ReopeningApproved approved -> {
                reason = approved.reason();
                switchboard.approve(approved);
            }
            case Input.BreakerResetRequested reset -> {
                reason = reset.reason();
                breakers.reset(reset);
            }
            case Input.TradingDayCloseRequested close -> {
                reason = close.reason();
                tradingDay.close(close);
            }
        }
    }

    private void message(Input.FromBroker message) {
        switch (message) {
            case Input.BrokerExecutionReport report -> reports.report(report);
            case Input.BrokerCancelReject reject -> reports.cancelReject(reject);
            case Input.BrokerMessageReject reject -> reports.messageReject(reject);
            case Input.BrokerAllocationAck ack -> confirmations.allocationAck(ack);
            case Input.BrokerConfirmation confirmation -> confirmations.confirmation(confirmation);
            case Input.BrokerSequence _ -> {
                // Only the sequence moved on.
            }
        }
    }

    private void take(ReferenceData changed) {
        limitTurns.tick();
        var before = reference;
        reference = changed;
        stakes.changed(before, changed);
        var content = changed.content();
        record(
                Streams.REFERENCE,
                new DeskFact.ReferenceTaken(
                        changed.businessDate(),
                        content.instruments().size(),
                        content.accounts().size(),
                        content.brokers().size(),
                        content.limits().size()),
                null);
        tellLimits(before.limits().all());
        limitTurns.begin();
    }

    /** The journal has every change of the limits at the place from which on it counts. */
    private void tellLimits(List<Limit> before) {
        var history = reference.content().limitHistory();
        var told = state.limitsTold();
        if (history.version() == told.version()) {
            return;
        }
        var begun = new ArrayList<Limit>();
        var now = new HashMap<Long, Limit>();
        var newest = told.newest();
        for (var limit : reference.limits().all()) {
            now.put(limit.id(), limit);
            newest = Math.max(newest, limit.id());
            if (limit.id() > told.newest()) {
                begun.add(limit);
            }
        }
        var ended = new ArrayList<Limit>();
        for (var limit : before) {
            var same = now.get(limit.id());
            if (same != null && !same.equals(limit)) {
                ended.add(same);
            }
        }
        record(
                Streams.LIMITS,
                new DeskFact.LimitsTaken(
                        history.version(),
                        newest,
                        history.changes().stream()
                                .filter(change -> change.version() > told.version())
                                .toList(),
                        begun,
                        ended),
                null);
    }

    // What is recorded and what leaves

    /** What the rules said, for a fact. */
    Answers answers(List<Check> checks) {
        var written = answerWriter.write(checks);
        batch.forms.addAll(forms.untold());
        return Answers.written(checks, written, forms);
    }

    AnswerForms forms() {
        return forms;
    }

    void record(String stream, Fact fact, @Nullable String correlation) {
        var recorded =
                new Recorded(stream, state.nextVersion(stream, fact), fact, now, actor, reason, causation, correlation);
        state.apply(recorded);
        batch.facts.add(recorded);
        if (fact instanceof DeskFact.DayOpened) {
            stakes.addUp();
        } else if (fact instanceof Route.Event) {
            stakes.atBroker(Streams.id(stream));
            stakes.settles(state.route(Streams.id(stream)).body().orderId());
        } else if (fact instanceof ParentOrder.Event) {
            stakes.settles(Streams.id(stream));
        } else if (State.isOfHeldAmendment(fact)) {
            stakes.settles(Streams.id(stream));
        }
        clients.follow(recorded);
        heldAmendments.follow(recorded);
        breakers.follow(recorded);
    }

    void effect(Effect effect) {
        batch.effects.add(effect);
    }

    /** After what is in the batch by now. */
    void tellClient(ClientReport report, Effect.@Nullable Asked asked) {
        effect(new Effect.TellClient(report, asked, batch.facts.size()));
    }

    /** A request of one of our own rooms: decided like any other, and the answer is for the room. */
    Effect.Outcome ask(Input.Request request) {
        var before = batch.effects.size();
        var why = reason;
        request(request);
        reason = why;
        for (int i = batch.effects.size() - 1; i >= before; i--) {
            if (batch.effects.get(i) instanceof Effect.Answer answer && answer.requestId() == request.requestId()) {
                batch.effects.remove(i);
                return answer.outcome();
            }
        }
        throw new IllegalStateException(request + " was not answered");
    }

    void alert(AlertKind kind, String subject, String text) {
        effect(new Effect.Alert(now, kind, subject, text));
    }

    void answer(Input.Request request, Effect.Outcome outcome) {
        effect(new Effect.Answer(request.requestId(), outcome));
    }

    void refuse(Input.Request request, Refusal refusal, String detail) {
        answer(request, new Effect.Outcome.Refused(refusal, detail));
    }

    // What is known

    String actor() {
        return actor;
    }

    /** Who it is that does what a client asks by FIX. */
    static String actor(String client) {
        return "client:" + client;
    }

    Instant now() {
        return now;
    }

    State state() {
        return state;
    }

    /** An order that must be there because something of it is. */
    State.Work work(String orderId) {
        var work = state.order(orderId);
        if (work == null) {
            throw new IllegalStateException("Order " + orderId + " is not known");
        }
        return work;
    }

    ReferenceData reference() {
        return reference;
    }

    /** What is asked while nothing that an amendment of the order would need is kept for it. */
    <T extends @Nullable Object> T withoutRoom(String orderId, Supplier<T> question) {
        state.keepRoom(orderId, false);
        stakes.settles(orderId);
        try {
            return question.get();
        } finally {
            state.keepRoom(orderId, true);
            stakes.settles(orderId);
        }
    }

    /** What the rules look at. */
    Situation situation() {
        return new Situation(
                reference,
                state.book(),
                state.activity(),
                stakes.exposures(),
                stakes.rates(),
                state.switches(),
                state::phase,
                stakes.valueDates());
    }

    // The rooms, for each other

    MarketView market() {
        return market;
    }

    ChildChecks childChecks() {
        return childChecks;
    }

    Stakes stakes() {
        return stakes;
    }

    HeldDecisions held() {
        return held;
    }

    HeldAmendments heldAmendments() {
        return heldAmendments;
    }

    ClientDesk clients() {
        return clients;
    }

    BrokerPanel brokers() {
        return brokers;
    }

    Diary diary() {
        return diary;
    }

    Closing closing() {
        return closing;
    }

    Reports reports() {
        return reports;
    }

    Claims claims() {
        return claims;
    }

    Allocations allocations() {
        return allocations;
    }

    Confirmations confirmations() {
        return confirmations;
    }

    Strays strays() {
        return strays;
    }

    Routes routes() {
        return routes;
    }

    Working working() {
        return working;
    }

    Questions questions() {
        return questions;
    }

    Shortfalls shortfalls() {
        return shortfalls;
    }

    Gates gates() {
        return gates;
    }

    Switchboard switchboard() {
        return switchboard;
    }

    Breakers breakers() {
        return breakers;
    }

    MarketPhases phases() {
        return phases;
    }

    Brake brake() {
        return brake;
    }
}
