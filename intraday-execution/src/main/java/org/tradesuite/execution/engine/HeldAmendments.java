package org.tradesuite.execution.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.engine.DeskFact.HoldEnd;
import org.tradesuite.execution.engine.Effect.AlertKind;
import org.tradesuite.execution.engine.Effect.Outcome;
import org.tradesuite.execution.engine.Effect.Refusal;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.order.Route;
import org.tradesuite.execution.risk.Assessment;

/**
 * Amendments that wait for a person, one at a time for an order, by the rules of {@link HeldDecisions}. The order works on as
 * it is; what was asked of it keeps its room in every limit, so that it can still be made when somebody lets it pass. What
 * cannot be made any more, because its order ends or more is executed than was asked for, is withdrawn at once.
 */
final class HeldAmendments {

    private final Desk desk;
    private final EngineSettings settings;
    private final Amendments amendments;

    HeldAmendments(Desk desk, EngineSettings settings, Amendments amendments) {
        this.desk = desk;
        this.settings = settings;
        this.amendments = amendments;
    }

    void hold(Input.OrderAmendRequested input, State.Work work, Assessment assessment) {
        var body = work.order.body();
        hold(
                work,
                new DeskFact.AmendmentHeld(
                        new DeskFact.Hold(desk.state().nextCount(Streams.amendments(input.orderId())), input.actor()),
                        input.quantity(),
                        input.limit(),
                        input.end(),
                        new DeskFact.Before(body.quantity(), body.limit(), body.end()),
                        desk.now(),
                        assessment.codes(),
                        desk.answers(assessment.checks()),
                        desk.now().plus(settings.holdFor())));
        desk.answer(input, outcome(input.orderId()));
    }

    private void hold(State.Work work, DeskFact.AmendmentHeld fact) {
        record(work, fact);
        desk.alert(
                AlertKind.AMENDMENT_HELD,
                work.order.body().orderId(),
                "What " + fact.hold().by() + " asks of it waits for somebody to let it pass or to refuse it: "
                        + fact.codes());
    }

    private Outcome outcome(String orderId) {
        var held = desk.state().heldAmendment(orderId);
        if (held == null) {
            throw new IllegalStateException("No amendment of " + orderId + " is held");
        }
        return new Outcome.AmendmentHeld(orderId, held.codes(), held.until());
    }

    /** Why nothing else can be asked of the order now; null if it can. */
    Outcome.@Nullable Refused inTheWay(String orderId) {
        var held = desk.state().heldAmendment(orderId);
        return held == null
                ? null
                : new Outcome.Refused(
                        Refusal.AMENDMENT_WAITS,
                        "What " + held.by() + " asked of order " + orderId + " at " + held.since()
                                + " waits for somebody of risk: have it decided or withdraw it first, or cancel the"
                                + " order.");
    }

    void override(Input.AmendmentOverridden input) {
        var held = held(input, input.orderId());
        if (held == null) {
            return;
        }
        if (input.actor().equals(held.by())) {
            desk.refuse(
                    input,
                    Refusal.MAKER_IS_CHECKER,
                    input.actor() + " asked for the amendment of " + held.orderId()
                            + ": somebody else has to let it pass.");
            return;
        }
        if (input.version() != held.version()) {
            desk.refuse(
                    input,
                    Refusal.NOT_AS_SEEN,
                    "The amendment of " + held.orderId() + " is held for other reasons by now, as version "
                            + held.version() + ": look at them first.");
            return;
        }
        if (isTooLate(held)) {
            tooLate(held);
            desk.answer(input, refused(held));
            return;
        }
        var asked = asked(input, held);
        switch (amendments.read(asked)) {
            case Amendments.Wrong wrong -> {
                withdraw(held, HoldEnd.OVERTAKEN, wrong.refused().detail());
                desk.answer(input, refused(held));
            }
            case Amendments.Possible possible -> {
                var assessment = desk.withoutRoom(held.orderId(), () -> amendments.assess(asked, possible.work()));
                decide(input, held, possible, assessment);
            }
        }
    }

    private void decide(
            Input.AmendmentOverridden input,
            HeldAmendment held,
            Amendments.Possible possible,
            @Nullable Assessment assessment) {
        var work = possible.work();
        // Nothing is asked where nothing would be left to trade.
        var now = assessment == null ? new Assessment(List.of()) : assessment;
        if (now.isRefused() && !now.isSoft()) {
            record(
                    work,
                    new DeskFact.AmendmentRefused(
                            held.quantity(),
                            held.limit(),
                            held.end(),
                            now.codes(),
                            desk.answers(now.checks()),
                            held.hold(),
                            HoldEnd.BLOCKED,
                            null));
            desk.answer(input, new Outcome.AmendmentRefused(held.orderId(), now.codes()));
            return;
        }
        if (!held.covers(now.checks())) {
            var body = work.order.body();
            hold(
                    work,
                    new DeskFact.AmendmentHeld(
                            held.hold(),
                            held.quantity(),
                            held.limit(),
                            held.end(),
                            new DeskFact.Before(body.quantity(), body.limit(), body.end()),
                            held.since(),
                            now.codes(),
                            desk.answers(now.checks()),
                            held.until()));
            desk.answer(input, outcome(held.orderId()));
            return;
        }
        desk.clients().lettingPass(held);
        amendments.make(
                possible,
                new DeskFact.AmendmentAllowed(
                        held.quantity(),
                        held.limit(),
                        held.end(),
                        desk.answers(now.checks()),
                        held.hold(),
                        new DeskFact.Overridden(input.actor(), input.reason(), held.version(), now.codes())));
        desk.clients().letPass(held);
        desk.answer(input, new Outcome.Done());
    }

    private static Input.OrderAmendRequested asked(Input.AmendmentOverridden input, HeldAmendment held) {
        return new Input.OrderAmendRequested(
                input.at(),
                input.requestId(),
                held.by(),
                input.reason(),
                held.orderId(),
                held.quantity(),
                held.limit(),
                held.end());
    }

    /** By somebody of risk, or by whoever asked for it and wants it no more. */
    void refuse(Input.AmendmentHoldRefused input) {
        var held = held(input, input.orderId());
        if (held == null) {
            return;
        }
        var own = input.actor().equals(held.by());
        if (!own && !input.entitled()) {
            desk.refuse(
                    input,
                    Refusal.NOT_ENTITLED,
                    held.by() + " asked for the amendment of " + held.orderId()
                            + ": only risk refuses it, or that person withdraws it.");
            return;
        }
        withdraw(held, own ? HoldEnd.WITHDRAWN : HoldEnd.REFUSED, null);
        desk.answer(input, refused(held));
    }

    private static Outcome refused(HeldAmendment held) {
        return new Outcome.AmendmentRefused(held.orderId(), held.codes());
    }

    /** What waited too long is refused. */
    void tick() {
        for (var held : desk.state().heldAmendments()) {
            if (isTooLate(held)) {
                tooLate(held);
            } else if (!desk.now().isBefore(held.until())) {
                withdraw(held, HoldEnd.EXPIRED, null);
            }
        }
    }

    private boolean isTooLate(HeldAmendment held) {
        return held.end() != null && !desk.now().isBefore(held.end());
    }

    private void tooLate(HeldAmendment held) {
        withdraw(held, HoldEnd.OVERTAKEN, "It was to end at " + held.end() + ", which has passed.");
    }

    /** What was asked of an order is for its day. */
    void dayCloses() {
        for (var held : desk.state().heldAmendments()) {
            withdraw(held, HoldEnd.DAY_CLOSED, null);
        }
    }

    /** Told of everything that happened. */
    void follow(Recorded recorded) {
        if (!desk.state().holdsAmendments()) {
            return;
        }
        var id = Streams.id(recorded.stream());
        switch (recorded.fact()) {
            case ParentOrder.ClosingBegan began -> ended(id, "The order ends as " + began.as() + ": " + began.why());
            case ParentOrder.Concluded concluded -> ended(id, "The order is " + concluded.as() + ".");
            case ParentOrder.Completed _ -> ended(id, "The brokers have confirmed the order.");
            case Route.Event _ -> executed(desk.state().route(id).body().orderId());
            default -> {
                // Nothing that stands in its way.
            }
        }
    }

    private void ended(String orderId, String why) {
        var held = desk.state().heldAmendment(orderId);
        if (held != null) {
            withdraw(held, HoldEnd.ORDER_ENDED, why);
        }
    }

    private void executed(String orderId) {
        var held = desk.state().heldAmendment(orderId);
        if (held == null || held.quantity() == null) {
            return;
        }
        var executed = desk.work(orderId).order.body().executed();
        if (held.quantity().compareTo(executed) < 0) {
            withdraw(
                    held,
                    HoldEnd.OVERTAKEN,
                    executed + " is executed by now, and " + held.quantity() + " was asked for.");
        }
    }

    private void withdraw(HeldAmendment held, HoldEnd how, @Nullable String why) {
        record(
                desk.work(held.orderId()),
                new DeskFact.AmendmentRefused(
                        held.quantity(), held.limit(), held.end(), held.codes(), Answers.NONE, held.hold(), how, why));
    }

    private void record(State.Work work, DeskFact fact) {
        var body = work.order.body();
        desk.record(Streams.amendments(body.orderId()), fact, body.terms().decisionId());
    }

    private @Nullable HeldAmendment held(Input.Request input, String orderId) {
        var held = desk.state().heldAmendment(orderId);
        if (held == null) {
            desk.refuse(
                    input,
                    Refusal.NOT_HELD,
                    "Nothing that was asked of order " + orderId + " waits for anybody: look it up with GET /orders/"
                            + orderId + ".");
        }
        return held;
    }
}
