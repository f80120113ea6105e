package org.tradesuite.execution.engine;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.tradesuite.execution.engine.Effect.Refusal;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.execution.risk.Check;
import org.tradesuite.execution.risk.PreTrade;

/**
 * What shall be bought or sold: every rule is asked, and what they let through becomes an order with a plan and a broker.
 */
final class Decisions {

    private final Desk desk;
    private final EngineSettings settings;
    private final Planner planner;

    Decisions(Desk desk, EngineSettings settings, Planner planner) {
        this.desk = desk;
        this.settings = settings;
        this.planner = planner;
    }

    void decide(Input.DecisionSubmitted input) {
        var used = desk.state().key(input.idempotencyKey());
        if (used != null) {
            desk.answer(input, again(used, input));
            return;
        }
        var day = desk.state().day();
        if (day == null || day.status() != Day.Status.OPEN) {
            desk.refuse(input, Refusal.DAY_IS_NOT_OPEN, "No trading day is open: open one, or send it when one is.");
            return;
        }
        var wrong = Planner.wrong(input);
        if (wrong != null) {
            desk.refuse(input, Refusal.NOT_VALID, wrong);
            return;
        }
        if (input.account().equals(settings.suspense())) {
            desk.refuse(
                    input,
                    Refusal.NOT_VALID,
                    "Account " + input.account() + " is the suspense account: nobody trades for it.");
            return;
        }
        var decision = new DeskFact.Decision(
                input.idempotencyKey(),
                input.bodyHash(),
                input.account(),
                input.strategy(),
                input.trader(),
                input.instrument(),
                input.side(),
                input.quantity(),
                input.type(),
                input.limit(),
                input.algo(),
                input.start(),
                input.end(),
                input.timeInForce());
        var stream = Streams.decision(input.decisionId());
        var assessment = PreTrade.assess(State.proposal(decision, desk.now()), desk.situation());
        var instrument = desk.reference().instrument(input.instrument()).orElse(null);
        if (assessment.isRefused() || instrument == null) {
            desk.record(
                    stream,
                    new DeskFact.DecisionRefused(decision, assessment.codes(), assessment.checks()),
                    input.decisionId());
            desk.answer(input, new Effect.Outcome.DecisionRefused(input.decisionId(), assessment.codes(), false));
            return;
        }
        create(input, decision, instrument, assessment.checks(), day.date());
    }

    private static Effect.Outcome again(State.KeyUse used, Input.DecisionSubmitted input) {
        if (!used.bodyHash().equals(input.bodyHash())) {
            return new Effect.Outcome.KeyUsedForAnotherBody(used.decisionId());
        }
        return used.orderId() == null
                ? new Effect.Outcome.DecisionRefused(used.decisionId(), used.codes(), true)
                : new Effect.Outcome.DecisionAccepted(used.decisionId(), used.orderId(), true);
    }

    private void create(
            Input.DecisionSubmitted input,
            DeskFact.Decision decision,
            Instrument instrument,
            List<Check> checks,
            LocalDate date) {
        var start = input.start() == null || input.start().isBefore(desk.now()) ? desk.now() : input.start();
        var plan = planner.plan(desk.reference(), instrument, date, input.algo(), input.quantity(), start, input.end());
        if (plan.plan() == null) {
            desk.refuse(input, Refusal.NOT_VALID, plan.why());
            return;
        }
        var heard = desk.market().of(instrument.id());
        var quote = heard.quote();
        var price = desk.market().expected(instrument, input.limit());
        var choice = price == null ? null : desk.brokers().choose(instrument, input.quantity(), price, Set.of());
        if (choice == null || choice.broker() == null) {
            desk.refuse(
                    input,
                    Refusal.NOT_VALID,
                    choice == null ? "The instrument has no price to choose a broker by." : choice.reason());
            return;
        }
        var orderId = "O" + input.decisionId();
        desk.record(
                Streams.decision(input.decisionId()),
                new DeskFact.DecisionAccepted(decision, orderId, checks),
                input.decisionId());
        var terms = new ParentOrder.Terms(
                input.decisionId(),
                date,
                input.account(),
                input.strategy(),
                input.trader(),
                instrument.id(),
                instrument.symbol(),
                instrument.isin() == null ? null : instrument.isin().toString(),
                instrument.mic(),
                instrument.currency(),
                input.side(),
                input.type(),
                input.algo(),
                input.timeInForce(),
                start,
                choice.broker(),
                choice.reason(),
                desk.now(),
                desk.market().mid(instrument),
                desk.now(),
                quote == null ? null : quote.bid(),
                quote == null ? null : quote.ask());
        desk.record(
                Streams.order(orderId),
                new ParentOrder.Created(
                        terms, input.quantity(), input.limit(), plan.plan().end(), plan.plan()),
                input.decisionId());
        desk.market().planBegins(orderId, instrument.id());
        desk.answer(input, new Effect.Outcome.DecisionAccepted(input.decisionId(), orderId, false));
        desk.working().work(desk.work(orderId));
    }
}
