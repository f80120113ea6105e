package org.tradesuite.execution.engine;

import org.tradesuite.execution.engine.Effect.Refusal;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.risk.PreTrade;
import org.tradesuite.execution.risk.Proposal;
import org.tradesuite.market.Quantity;

/**
 * What a trader does to an order that is being worked: take it back, or make it larger, smaller, dearer or longer.
 */
final class Amendments {

    private final Desk desk;
    private final Planner planner;

    Amendments(Desk desk, Planner planner) {
        this.desk = desk;
        this.planner = planner;
    }

    void cancel(Input.OrderCancelRequested input) {
        var work = desk.state().order(input.orderId());
        if (work == null) {
            desk.refuse(input, Refusal.UNKNOWN_ORDER, "There is no order " + input.orderId() + ".");
            return;
        }
        switch (ParentOrder.decide(work.order, new ParentOrder.Cancel(input.reason()))) {
            case ParentOrder.Refused _ ->
                desk.refuse(
                        input,
                        Refusal.ORDER_HAS_ENDED,
                        "Order " + input.orderId() + " is " + work.order.status() + ".");
            case ParentOrder.Happened happened -> {
                desk.working().happened(work, happened);
                desk.routes().cancelAll(work);
                desk.working().settle(work);
                desk.answer(input, new Effect.Outcome.Done());
            }
        }
    }

    void amend(Input.OrderAmendRequested input) {
        var work = desk.state().order(input.orderId());
        if (work == null) {
            desk.refuse(input, Refusal.UNKNOWN_ORDER, "There is no order " + input.orderId() + ".");
            return;
        }
        var body = work.order.body();
        var terms = body.terms();
        var instrument = desk.reference().instrument(terms.instrument()).orElse(null);
        var day = desk.state().day();
        if (instrument == null
                || day == null
                || day.status() != Day.Status.OPEN
                || !day.date().equals(terms.businessDate())) {
            desk.refuse(input, Refusal.DAY_IS_NOT_OPEN, "The order's trading day is not open.");
            return;
        }
        var quantity = input.quantity() == null ? body.quantity() : input.quantity();
        var end = input.end() == null ? body.end() : input.end();
        var plan = planner.plan(
                desk.reference(), instrument, terms.businessDate(), terms.algo(), quantity, terms.start(), end);
        if (plan.plan() == null) {
            desk.refuse(input, Refusal.NOT_VALID, plan.why());
            return;
        }
        var outcome = ParentOrder.decide(
                work.order, new ParentOrder.Amend(input.quantity(), input.limit(), input.end(), plan.plan()));
        switch (outcome) {
            case ParentOrder.Refused refused ->
                desk.refuse(input, refusal(refused.refusal()), explain(refused.refusal(), work));
            case ParentOrder.Happened happened -> {
                if (blockedByRisk(input, work, quantity)) {
                    return;
                }
                desk.working().happened(work, happened);
                desk.routes().restate(work);
                desk.working().settle(work);
                desk.answer(input, new Effect.Outcome.Done());
            }
        }
    }

    /** The order as it would be, without what it is now, through every rule again. */
    private boolean blockedByRisk(Input.OrderAmendRequested input, State.Work work, Quantity quantity) {
        var body = work.order.body();
        var terms = body.terms();
        var left = quantity.compareTo(body.executed()) <= 0 ? Quantity.ZERO : quantity.minus(body.executed());
        if (left.isZero()) {
            return false;
        }
        var assessment = PreTrade.assess(
                new Proposal(
                        terms.account(),
                        terms.strategy(),
                        terms.trader(),
                        terms.instrument(),
                        terms.side(),
                        left,
                        input.limit() == null ? body.limit() : input.limit(),
                        desk.now(),
                        null,
                        body.orderId()),
                desk.situation());
        if (!assessment.isRefused()) {
            return false;
        }
        desk.record(
                Streams.amendments(body.orderId()),
                new DeskFact.AmendmentRefused(input.quantity(), input.limit(), input.end(), assessment.checks()),
                terms.decisionId());
        desk.refuse(input, Refusal.RISK, assessment.codes().toString());
        return true;
    }

    private static Refusal refusal(ParentOrder.Refusal refusal) {
        return switch (refusal) {
            case HAS_ENDED -> Refusal.ORDER_HAS_ENDED;
            case BELOW_EXECUTED_QUANTITY -> Refusal.BELOW_EXECUTED_QUANTITY;
            case NOTHING_TO_CHANGE -> Refusal.NOTHING_TO_CHANGE;
            case NOT_A_LIMIT_ORDER -> Refusal.NOT_A_LIMIT_ORDER;
        };
    }

    private static String explain(ParentOrder.Refusal refusal, State.Work work) {
        var body = work.order.body();
        return switch (refusal) {
            case HAS_ENDED -> "Order " + body.orderId() + " is " + work.order.status() + ".";
            case BELOW_EXECUTED_QUANTITY -> body.executed() + " is executed already: ask for at least that.";
            case NOTHING_TO_CHANGE -> "The order is like that already.";
            case NOT_A_LIMIT_ORDER -> "A market order has no limit to change.";
        };
    }
}
