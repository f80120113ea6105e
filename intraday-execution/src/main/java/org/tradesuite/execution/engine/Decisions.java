package org.tradesuite.execution.engine;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.engine.Effect.Outcome;
import org.tradesuite.execution.engine.Effect.Refusal;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.plan.Plan;
import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.execution.risk.Assessment;
import org.tradesuite.execution.risk.Check;
import org.tradesuite.execution.risk.PreTrade;
import org.tradesuite.execution.risk.SwitchScope;
import org.tradesuite.execution.routing.BrokerChoice;
import org.tradesuite.market.Price;

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
        var wrong = wrong(input);
        if (wrong != null) {
            desk.answer(input, wrong);
            return;
        }
        var decision = decision(input);
        var assessment = assess(decision);
        var instrument = desk.reference().instrument(input.instrument()).orElse(null);
        if (instrument == null || (assessment.isRefused() && !assessment.isSoft())) {
            desk.record(
                    Streams.decision(input.decisionId()),
                    new DeskFact.DecisionRefused(decision, assessment.codes(), desk.answers(assessment.checks()), null),
                    input.decisionId());
            desk.answer(input, new Outcome.DecisionRefused(input.decisionId(), assessment.codes(), false));
            return;
        }
        if (!assessment.isRefused()) {
            create(input, input.decisionId(), decision, instrument, assessment.checks(), null);
            return;
        }
        // Nobody is asked to let pass what could not be worked anyway.
        var way = way(decision, instrument);
        if (way.wrong() != null) {
            desk.refuse(input, Refusal.NOT_VALID, way.wrong());
            return;
        }
        desk.held().hold(input, decision, assessment);
    }

    /** The same questions, and the answers are all that comes of it. */
    void check(Input.DecisionCheckAsked input) {
        var wrong = wrong(input.decision());
        if (wrong != null) {
            desk.answer(input, wrong);
            return;
        }
        var decision = decision(input.decision());
        var assessment = assess(decision);
        var instrument = desk.reference().instrument(decision.instrument()).orElse(null);
        var way = instrument == null ? null : way(decision, instrument);
        var passes = !assessment.isRefused() || assessment.isSoft();
        if (passes && way != null && way.wrong() != null) {
            desk.refuse(input, Refusal.NOT_VALID, way.wrong());
            return;
        }
        desk.answer(
                input,
                new Outcome.Checked(
                        desk.now(),
                        !assessment.isRefused()
                                ? Outcome.Checked.Verdict.ACCEPTED
                                : passes ? Outcome.Checked.Verdict.HELD : Outcome.Checked.Verdict.REFUSED,
                        assessment.codes(),
                        assessment.checks(),
                        way == null || way.choice() == null
                                ? null
                                : way.choice().broker(),
                        way == null
                                ? "The instrument is not known."
                                : way.choice() == null
                                        ? String.valueOf(way.wrong())
                                        : way.choice().reason()));
    }

    /** Why it cannot be decided at all, whatever the rules say; null if it can. */
    private Outcome.@Nullable Refused wrong(Input.DecisionSubmitted input) {
        var day = desk.state().day();
        if (day == null || day.status() != Day.Status.OPEN) {
            return new Outcome.Refused(
                    Refusal.DAY_IS_NOT_OPEN, "No trading day is open: open one, or send it when one is.");
        }
        var wrong = Planner.wrong(input);
        if (wrong != null) {
            return new Outcome.Refused(Refusal.NOT_VALID, wrong);
        }
        return input.account().equals(settings.suspense())
                ? new Outcome.Refused(
                        Refusal.NOT_VALID,
                        "Account " + input.account() + " is the suspense account: nobody trades for it.")
                : null;
    }

    private static DeskFact.Decision decision(Input.DecisionSubmitted input) {
        return new DeskFact.Decision(
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
    }

    Assessment assess(DeskFact.Decision decision) {
        return PreTrade.assess(State.proposal(decision, desk.now()), desk.situation());
    }

    private Outcome again(State.KeyUse used, Input.DecisionSubmitted input) {
        if (!used.bodyHash().equals(input.bodyHash())) {
            return new Outcome.KeyUsedForAnotherBody(used.decisionId());
        }
        if (desk.state().held(used.decisionId()) != null) {
            return desk.held().outcome(used.decisionId(), true);
        }
        return used.orderId() == null
                ? new Outcome.DecisionRefused(used.decisionId(), used.codes(), true)
                : new Outcome.DecisionAccepted(used.decisionId(), used.orderId(), true);
    }

    /**
     * How an order would be worked.
     *
     * @param wrong why it cannot be, null if it can
     */
    private record Way(
            @Nullable Instant start,
            @Nullable Plan plan,
            @Nullable BrokerChoice choice,
            @Nullable String wrong) {}

    private Way way(DeskFact.Decision decision, Instrument instrument) {
        var start = decision.start() == null || decision.start().isBefore(desk.now()) ? desk.now() : decision.start();
        var planned = planner.plan(
                desk.reference(), instrument, today(), decision.algo(), decision.quantity(), start, decision.end());
        var price = desk.market().expected(instrument, decision.limit());
        var choice = price == null
                ? null
                : desk.brokers()
                        .choose(
                                instrument,
                                decision.quantity(),
                                price,
                                Set.of(),
                                desk.switchboard().stoppedBrokers(scope(decision)));
        if (planned.plan() == null) {
            return new Way(start, null, choice, planned.why());
        }
        if (choice == null || choice.broker() == null) {
            return new Way(
                    start,
                    planned.plan(),
                    choice,
                    choice == null ? "The instrument has no price to choose a broker by." : choice.reason());
        }
        return new Way(start, planned.plan(), choice, null);
    }

    private SwitchScope scope(DeskFact.Decision decision) {
        return SwitchScope.ofOrder(
                desk.reference(),
                decision.trader(),
                decision.account(),
                decision.strategy(),
                decision.algo().name(),
                decision.instrument());
    }

    private LocalDate today() {
        return Objects.requireNonNull(desk.state().day()).date();
    }

    /** Of a decision that waited for a person: when it was handed in, at what price, and who let it pass. */
    record Waited(Instant since, @Nullable Price price, DeskFact.Overridden override) {}

    static String orderId(String decisionId) {
        return "O" + decisionId;
    }

    /** @param waited null if it did not */
    void create(
            Input.Request input,
            String decisionId,
            DeskFact.Decision decision,
            Instrument instrument,
            List<Check> checks,
            @Nullable Waited waited) {
        var way = way(decision, instrument);
        if (way.wrong() != null) {
            desk.refuse(input, Refusal.NOT_VALID, way.wrong());
            return;
        }
        var plan = Objects.requireNonNull(way.plan());
        var choice = Objects.requireNonNull(way.choice());
        var quote = desk.market().of(instrument.id()).quote();
        var orderId = orderId(decisionId);
        desk.record(
                Streams.decision(decisionId),
                new DeskFact.DecisionAccepted(
                        decision, orderId, desk.answers(checks), waited == null ? null : waited.override()),
                decisionId);
        var terms = new ParentOrder.Terms(
                decisionId,
                today(),
                decision.account(),
                decision.strategy(),
                decision.trader(),
                instrument.id(),
                instrument.symbol(),
                instrument.isin() == null ? null : instrument.isin().toString(),
                instrument.mic(),
                instrument.currency(),
                decision.side(),
                decision.type(),
                decision.algo(),
                decision.timeInForce(),
                Objects.requireNonNull(way.start()),
                Objects.requireNonNull(choice.broker()),
                choice.reason(),
                waited == null ? desk.now() : waited.since(),
                waited == null || waited.price() == null ? desk.market().mid(instrument) : waited.price(),
                desk.now(),
                quote == null ? null : quote.bid(),
                quote == null ? null : quote.ask());
        desk.record(
                Streams.order(orderId),
                new ParentOrder.Created(terms, decision.quantity(), decision.limit(), plan.end(), plan),
                decisionId);
        desk.market().planBegins(orderId, instrument.id());
        desk.answer(input, new Outcome.DecisionAccepted(decisionId, orderId, false));
        desk.working().work(desk.work(orderId));
    }
}
