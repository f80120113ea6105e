package org.tradesuite.execution.engine;

import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.engine.DeskFact.HoldEnd;
import org.tradesuite.execution.engine.Effect.AlertKind;
import org.tradesuite.execution.engine.Effect.Outcome;
import org.tradesuite.execution.engine.Effect.Refusal;
import org.tradesuite.execution.risk.Assessment;

/**
 * Decisions that wait for a person. Somebody else than who handed it in may let one pass, once, with a reason; every rule
 * is asked again then, because the market has moved on: a hard block refuses it, and a soft one that the person has not
 * seen, or not as far beyond its limit, holds it again. What nobody decides about in time is refused.
 */
final class HeldDecisions {

    private final Desk desk;
    private final EngineSettings settings;
    private final Decisions decisions;

    HeldDecisions(Desk desk, EngineSettings settings, Decisions decisions) {
        this.desk = desk;
        this.settings = settings;
        this.decisions = decisions;
    }

    void hold(Input.DecisionSubmitted input, DeskFact.Decision decision, Assessment assessment) {
        hold(
                input.decisionId(),
                new DeskFact.DecisionHeld(
                        decision,
                        input.actor(),
                        desk.now(),
                        desk.market().mid(decision.instrument()),
                        assessment.codes(),
                        desk.answers(assessment.checks()),
                        desk.now().plus(settings.holdFor())));
        desk.answer(input, outcome(input.decisionId(), false));
    }

    private void hold(String decisionId, DeskFact.DecisionHeld fact) {
        desk.record(Streams.decision(decisionId), fact, decisionId);
        desk.alert(
                AlertKind.DECISION_HELD,
                decisionId,
                "It waits for somebody to let it pass or to refuse it: " + fact.codes());
    }

    /** The answer to whoever handed it in, also when he asks again. */
    Outcome outcome(String decisionId, boolean replayed) {
        var held = desk.state().held(decisionId);
        if (held == null) {
            throw new IllegalStateException(decisionId + " is not held");
        }
        return new Outcome.DecisionHeld(decisionId, held.codes(), held.until(), replayed);
    }

    void override(Input.HoldOverridden input) {
        var held = held(input, input.decisionId());
        if (held == null) {
            return;
        }
        if (input.actor().equals(held.by())) {
            desk.refuse(
                    input,
                    Refusal.MAKER_IS_CHECKER,
                    input.actor() + " handed in " + held.decisionId() + ": somebody else has to let it pass.");
            return;
        }
        if (input.version() != held.version()) {
            desk.refuse(
                    input,
                    Refusal.NOT_AS_SEEN,
                    held.decisionId() + " is held for other reasons by now, as version " + held.version()
                            + ": look at them first.");
            return;
        }
        var assessment = decisions.assess(held.decision());
        var instrument =
                desk.reference().instrument(held.decision().instrument()).orElse(null);
        if (instrument == null || (assessment.isRefused() && !assessment.isSoft())) {
            refuse(
                    held,
                    new DeskFact.DecisionRefused(
                            held.decision(), assessment.codes(), desk.answers(assessment.checks()), HoldEnd.BLOCKED));
            desk.answer(input, new Outcome.DecisionRefused(held.decisionId(), assessment.codes(), false));
            return;
        }
        if (!held.covers(assessment.checks())) {
            hold(
                    held.decisionId(),
                    new DeskFact.DecisionHeld(
                            held.decision(),
                            held.by(),
                            held.since(),
                            held.price(),
                            assessment.codes(),
                            desk.answers(assessment.checks()),
                            held.until()));
            desk.answer(input, outcome(held.decisionId(), false));
            return;
        }
        decisions.create(
                input,
                held.decisionId(),
                held.decision(),
                instrument,
                assessment.checks(),
                new Decisions.Waited(
                        held.since(),
                        held.price(),
                        new DeskFact.Overridden(input.actor(), input.reason(), held.version(), assessment.codes())));
    }

    /** By somebody of risk, or by whoever handed it in and wants it no more. */
    void refuse(Input.HoldRefused input) {
        var held = held(input, input.decisionId());
        if (held == null) {
            return;
        }
        refuse(held, input.actor().equals(held.by()) ? HoldEnd.WITHDRAWN : HoldEnd.REFUSED);
        desk.answer(input, new Outcome.DecisionRefused(held.decisionId(), held.codes(), false));
    }

    /** Its client wants it no more. */
    void withdraw(String decisionId) {
        var held = desk.state().held(decisionId);
        if (held != null) {
            refuse(held, HoldEnd.WITHDRAWN);
        }
    }

    /** What waited too long is refused. */
    void tick() {
        for (var held : desk.state().held()) {
            if (!desk.now().isBefore(held.until())) {
                refuse(held, HoldEnd.EXPIRED);
            }
        }
    }

    /** A decision is for its day. */
    void dayCloses() {
        for (var held : desk.state().held()) {
            refuse(held, HoldEnd.DAY_CLOSED);
        }
    }

    private void refuse(Held held, HoldEnd how) {
        refuse(held, new DeskFact.DecisionRefused(held.decision(), held.codes(), Answers.NONE, how));
    }

    private void refuse(Held held, DeskFact.DecisionRefused fact) {
        desk.record(Streams.decision(held.decisionId()), fact, held.decisionId());
    }

    private @Nullable Held held(Input.Request input, String decisionId) {
        var held = desk.state().held(decisionId);
        if (held == null) {
            desk.refuse(
                    input,
                    Refusal.NOT_HELD,
                    decisionId + " does not wait for anybody: look it up with GET /decisions/" + decisionId + ".");
        }
        return held;
    }
}
