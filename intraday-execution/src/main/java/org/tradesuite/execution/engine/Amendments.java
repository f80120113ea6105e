package org.tradesuite.execution.engine;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.engine.Effect.Outcome;
import org.tradesuite.execution.engine.Effect.Refusal;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.position.PendingOrder;
import org.tradesuite.execution.risk.Assessment;
import org.tradesuite.execution.risk.Check;
import org.tradesuite.execution.risk.PreTrade;
import org.tradesuite.execution.risk.Proposal;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Price;
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
                desk.answer(input, new Outcome.Done());
            }
        }
    }

    void amend(Input.OrderAmendRequested input) {
        var waits = desk.heldAmendments().inTheWay(input.orderId());
        if (waits != null) {
            desk.answer(input, waits);
            return;
        }
        switch (read(input)) {
            case Wrong wrong -> desk.answer(input, wrong.refused());
            case Possible possible -> {
                var assessment = assess(input, possible.work());
                if (assessment != null && assessment.isSoft()) {
                    desk.heldAmendments().hold(input, possible.work(), assessment);
                    return;
                }
                if (assessment != null && assessment.isRefused()) {
                    blocked(input, assessment);
                    return;
                }
                make(
                        possible,
                        assessment == null
                                ? null
                                : new DeskFact.AmendmentAllowed(
                                        input.quantity(),
                                        input.limit(),
                                        input.end(),
                                        desk.answers(assessment.checks()),
                                        null,
                                        null));
                desk.answer(input, new Outcome.Done());
            }
        }
    }

    /** @param allowed what the rules said; null where none had to be asked */
    void make(Possible possible, DeskFact.@Nullable AmendmentAllowed allowed) {
        var work = possible.work();
        if (allowed != null) {
            var body = work.order.body();
            desk.record(
                    Streams.amendments(body.orderId()), allowed, body.terms().decisionId());
        }
        desk.working().happened(work, possible.happened());
        desk.routes().restate(work);
        desk.working().settle(work);
    }

    /** The same questions, and the answers are all that comes of it. */
    void check(Input.AmendmentCheckAsked input) {
        var waits = desk.heldAmendments().inTheWay(input.amendment().orderId());
        if (waits != null) {
            desk.answer(input, waits);
            return;
        }
        switch (read(input.amendment())) {
            case Wrong wrong -> desk.answer(input, wrong.refused());
            case Possible possible -> {
                var assessment = assess(input.amendment(), possible.work());
                desk.answer(
                        input,
                        new Outcome.Checked(
                                desk.now(),
                                assessment == null ? Outcome.Checked.Verdict.ACCEPTED : verdict(assessment),
                                assessment == null ? List.of() : assessment.codes(),
                                assessment == null ? List.of() : assessment.checks(),
                                possible.work().order.body().terms().broker(),
                                "The order is worked there."));
            }
        }
    }

    private static Outcome.Checked.Verdict verdict(Assessment assessment) {
        if (!assessment.isRefused()) {
            return Outcome.Checked.Verdict.ACCEPTED;
        }
        return assessment.isSoft() ? Outcome.Checked.Verdict.HELD : Outcome.Checked.Verdict.REFUSED;
    }

    /** What an amendment comes to before a rule is asked. */
    sealed interface Read {}

    record Wrong(Outcome.Refused refused) implements Read {}

    record Possible(State.Work work, ParentOrder.Happened happened) implements Read {}

    Read read(Input.OrderAmendRequested input) {
        var work = desk.state().order(input.orderId());
        if (work == null) {
            return wrong(Refusal.UNKNOWN_ORDER, "There is no order " + input.orderId() + ".");
        }
        var body = work.order.body();
        var terms = body.terms();
        var instrument = desk.reference().instrument(terms.instrument()).orElse(null);
        var day = desk.state().day();
        if (instrument == null
                || day == null
                || day.status() != Day.Status.OPEN
                || !day.date().equals(terms.businessDate())) {
            return wrong(Refusal.DAY_IS_NOT_OPEN, "The order's trading day is not open.");
        }
        var end = input.end() == null ? body.end() : input.end();
        var plan = planner.plan(
                desk.reference(),
                instrument,
                terms.businessDate(),
                terms.algo(),
                quantity(input, body),
                terms.start(),
                end);
        if (plan.plan() == null) {
            return wrong(Refusal.NOT_VALID, plan.why());
        }
        return switch (ParentOrder.decide(
                work.order, new ParentOrder.Amend(input.quantity(), input.limit(), input.end(), plan.plan()))) {
            case ParentOrder.Refused refused -> wrong(refusal(refused.refusal()), explain(refused.refusal(), work));
            case ParentOrder.Happened happened -> new Possible(work, happened);
        };
    }

    private static Wrong wrong(Refusal refusal, String detail) {
        return new Wrong(new Outcome.Refused(refusal, detail));
    }

    private static Quantity quantity(Input.OrderAmendRequested input, ParentOrder.Body body) {
        return input.quantity() == null ? body.quantity() : input.quantity();
    }

    /** The order as it would be, without what it is now, through every rule again; null if nothing would be left of it. */
    @Nullable
    Assessment assess(Input.OrderAmendRequested input, State.Work work) {
        var body = work.order.body();
        var terms = body.terms();
        var wanted = quantity(input, body);
        var left = wanted.compareTo(body.executed()) <= 0 ? Quantity.ZERO : wanted.minus(body.executed());
        // Parts of an order get its new limit also where more of them works than is wanted, until that is taken back.
        var works = desk.routes().whole(work) || left.compareTo(body.outstanding()) >= 0 ? left : body.outstanding();
        if (works.isZero()) {
            return null;
        }
        var proposal = new Proposal(
                terms.account(),
                terms.strategy(),
                terms.trader(),
                terms.instrument(),
                terms.side(),
                works,
                input.limit() == null ? body.limit() : input.limit(),
                desk.now(),
                null,
                body.orderId(),
                terms.algo().name());
        var checks = new ArrayList<>(PreTrade.assess(proposal, desk.situation()).checks());
        checks.addAll(brokers(work, proposal));
        return new Assessment(checks);
    }

    /** What is with a broker is changed there: whether that broker may have it. */
    private List<Check> brokers(State.Work work, Proposal amended) {
        var whole = desk.routes().whole(work);
        var with = new TreeMap<BrokerId, BigDecimal[]>();
        for (var id : work.routes) {
            var route = desk.state().route(id);
            if (route.live() || (whole && route.filled())) {
                var body = route.body();
                var now = route.outstanding().value();
                var after = whole ? amended.quantity().value() : now;
                var price = desk.stakes().price(route);
                var sums = with.computeIfAbsent(
                        body.broker(), each -> new BigDecimal[] {BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO});
                sums[0] = sums[0].add(after);
                sums[1] = sums[1].add(now);
                sums[2] = sums[2].add(now.multiply(price));
            }
        }
        var checks = new ArrayList<Check>();
        var terms = work.order.body().terms();
        with.forEach((broker, sums) -> {
            var has = new PendingOrder(
                    work.order.body().orderId(),
                    terms.account(),
                    terms.instrument(),
                    terms.currency(),
                    terms.side(),
                    Quantity.of(sums[1]),
                    Price.of(sums[1].signum() == 0 ? BigDecimal.ZERO : sums[2].divide(sums[1], 10, RoundingMode.DOWN)));
            checks.add(PreTrade.checkBroker(amended.of(Quantity.of(sums[0])), broker, has, desk.situation()));
        });
        return checks;
    }

    private void blocked(Input.OrderAmendRequested input, Assessment assessment) {
        desk.record(
                Streams.amendments(input.orderId()),
                new DeskFact.AmendmentRefused(
                        input.quantity(),
                        input.limit(),
                        input.end(),
                        assessment.codes(),
                        desk.answers(assessment.checks()),
                        null,
                        null,
                        null),
                desk.work(input.orderId()).order.body().terms().decisionId());
        desk.refuse(input, Refusal.RISK, assessment.codes().toString());
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
