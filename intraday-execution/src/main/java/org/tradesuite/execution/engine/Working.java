package org.tradesuite.execution.engine;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.engine.Effect.AlertKind;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.execution.order.OrderType;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.order.Route;
import org.tradesuite.execution.order.TimeInForce;
import org.tradesuite.execution.plan.Progress;
import org.tradesuite.execution.reference.Broker;
import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.execution.routing.BrokerChoice;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Quantity;

/** Works an order: asks its plan what is due, sends that to a broker, and takes back what is too much. */
final class Working {

    private final Desk desk;
    private final EngineSettings settings;

    Working(Desk desk, EngineSettings settings) {
        this.desk = desk;
        this.settings = settings;
    }

    void happened(State.Work work, ParentOrder.Happened happened) {
        for (var event : happened.events()) {
            desk.record(
                    Streams.order(work.order.body().orderId()),
                    event,
                    work.order.body().terms().decisionId());
        }
    }

    void perform(State.Work work, ParentOrder.Command command) {
        if (ParentOrder.decide(work.order, command) instanceof ParentOrder.Happened happened) {
            happened(work, happened);
        }
    }

    /** Something changed about the order or its routes: end it, take back what is too much, send what is due. */
    void settle(State.Work work) {
        perform(
                work,
                new ParentOrder.Conclude(
                        desk.market().mid(work.order.body().terms().instrument())));
        if (work.order instanceof ParentOrder.Open) {
            trim(work);
            work(work);
        }
    }

    /** After a late fill or a smaller amendment: take back from the youngest routes what is more than wanted. */
    private void trim(State.Work work) {
        var excess = work.order.body().excess().value();
        if (excess.signum() == 0) {
            return;
        }
        for (var id : work.routes.reversed()) {
            var route = desk.state().route(id);
            if (route.live()) {
                for (var request : route.body().pending()) {
                    excess = excess.subtract(
                            request.quantity() == null
                                    ? route.outstanding().value()
                                    : route.body()
                                            .quantity()
                                            .value()
                                            .subtract(request.quantity().value())
                                            .max(BigDecimal.ZERO));
                }
            }
        }
        for (var id : work.routes.reversed()) {
            var route = desk.state().route(id);
            if (excess.signum() <= 0) {
                return;
            }
            if (!route.live() || !route.body().pending().isEmpty() || refusedLately(route.body())) {
                continue;
            }
            var leaves = route.leaves().value();
            var less = leaves.compareTo(excess) > 0 && route instanceof Route.Live;
            var done = less
                    ? desk.routes()
                            .perform(
                                    work,
                                    route,
                                    new Route.Replace(
                                            Quantity.of(route.body()
                                                    .quantity()
                                                    .value()
                                                    .subtract(excess)),
                                            route.body().price()))
                    : desk.routes().perform(work, route, new Route.Cancel("more is working than wanted"));
            if (done) {
                excess = excess.subtract(less ? excess : leaves);
            }
        }
    }

    /** Asked again at once, the broker would refuse again, as fast as it can; asked a few times, it is a person's turn. */
    private boolean refusedLately(Route.Body body) {
        if (body.refusals() == 0) {
            return false;
        }
        var again = body.heardAt().plus(settings.askAfter());
        if (body.refusals() <= settings.cancelTries() && desk.now().isBefore(again)) {
            desk.diary().order(body.orderId(), again);
            return true;
        }
        return body.refusals() > settings.cancelTries();
    }

    /** Asks the plan what is due and does it. */
    void work(State.Work work) {
        var day = desk.state().day();
        if (!(work.order instanceof ParentOrder.Open)
                || day == null
                || day.status() != Day.Status.OPEN
                || !day.date().equals(work.order.body().terms().businessDate())) {
            return;
        }
        var body = work.order.body();
        if (hadItsChance(work)) {
            perform(work, new ParentOrder.Cancel("what cannot be executed at once is not sent again"));
            perform(
                    work,
                    new ParentOrder.Conclude(desk.market().mid(body.terms().instrument())));
            return;
        }
        var step = body.plan()
                .step(
                        desk.now(),
                        new Progress(
                                body.executed(),
                                body.outstanding(),
                                desk.market().volumeSince(work)));
        if (step.cancelWorking()) {
            perform(work, new ParentOrder.Expire("its time is up"));
            desk.routes().cancelAll(work);
            perform(
                    work,
                    new ParentOrder.Conclude(desk.market().mid(body.terms().instrument())));
            return;
        }
        if (!step.send().isZero()) {
            send(work, step.send().min(body.unrouted()));
        }
        if (step.next() != null) {
            desk.diary().order(body.orderId(), step.next());
        }
    }

    /** An order that may not wait (IOC, FOK) and came back; one that was rejected was never in the market. */
    private boolean hadItsChance(State.Work work) {
        var body = work.order.body();
        if (body.terms().timeInForce() == TimeInForce.DAY || body.live() > 0) {
            return false;
        }
        for (var id : work.routes) {
            if (desk.state().route(id) instanceof Route.Ended ended && ended.as() != OrdStatus.REJECTED) {
                return true;
            }
        }
        return false;
    }

    private void send(State.Work work, Quantity quantity) {
        var body = work.order.body();
        var terms = body.terms();
        var instrument = desk.reference().instrument(terms.instrument()).orElse(null);
        if (quantity.isZero() || instrument == null) {
            return;
        }
        var stop = desk.switchboard().why(work, quantity);
        var forbidden = stop != null ? stop : desk.phases().why(work);
        if (forbidden != null) {
            desk.childChecks().stopped(work, quantity, forbidden);
            perform(work, new ParentOrder.Wait(forbidden));
            return;
        }
        var stopped = desk.switchboard().stoppedBrokers(desk.switchboard().scope(work));
        var declinedBy = declinedBy(work);
        if (declinedBy.size() >= settings.rejections()) {
            park(work, "Declined by " + declinedBy + ": " + lastWord(work));
            return;
        }
        var broker = terms.broker();
        var why = terms.brokerReason();
        if (declinedBy.contains(broker)
                || stopped.contains(broker)
                || !desk.gates().open(broker)) {
            var price = desk.market().expected(instrument, body.limit());
            var choice = price == null ? null : desk.brokers().choose(instrument, quantity, price, declinedBy, stopped);
            if (choice == null || choice.broker() == null || declinedBy.contains(choice.broker())) {
                park(work, whyNobody(work, declinedBy.contains(broker) ? broker : null, choice));
                return;
            }
            why = "Instead of " + broker
                    + (declinedBy.contains(broker)
                            ? ", which declined it: "
                            : stopped.contains(broker)
                                    ? ", which is stopped: "
                                    : ", which " + desk.gates().why(broker) + ": ")
                    + choice.reason();
            broker = choice.broker();
        }
        if (stopped.contains(broker)) {
            perform(
                    work,
                    new ParentOrder.Wait("Held: every broker that could take it is stopped, as " + broker + " is."));
            desk.diary().order(body.orderId(), desk.now().plus(settings.retryAfter()));
            return;
        }
        if (!desk.gates().open(broker)) {
            // Nobody may have it: later, not never.
            perform(work, new ParentOrder.Wait(nobodyMay(declinedBy)));
            desk.diary().order(body.orderId(), desk.now().plus(settings.retryAfter()));
            return;
        }
        var asked = new ArrayList<ChildChecks.Asked>();
        asked.add(desk.childChecks().ask(work, broker, quantity));
        var none = new TreeSet<>(declinedBy);
        while (asked.getLast().full()) {
            none.add(asked.getLast().broker());
            var choice = instead(work, instrument, quantity, none, stopped);
            if (choice == null || choice.broker() == null) {
                break;
            }
            asked.add(desk.childChecks().ask(work, choice.broker(), quantity));
            why = "Instead of " + broker + ", which is full: " + choice.reason();
        }
        if (!asked.getLast().passes()) {
            perform(work, new ParentOrder.Wait(desk.childChecks().waits(work, asked)));
            desk.diary().order(body.orderId(), desk.now().plus(settings.retryAfter()));
            return;
        }
        desk.childChecks().goes(work, asked);
        open(work, asked.getLast().broker(), why, quantity);
    }

    /** Another broker that may have it now; null if there is none. */
    private @Nullable BrokerChoice instead(
            State.Work work, Instrument instrument, Quantity quantity, Set<BrokerId> without, Set<BrokerId> stopped) {
        var price = desk.market().expected(instrument, work.order.body().limit());
        var choice = price == null ? null : desk.brokers().choose(instrument, quantity, price, without, stopped);
        return choice != null
                        && choice.broker() != null
                        && !without.contains(choice.broker())
                        && !stopped.contains(choice.broker())
                        && desk.gates().open(choice.broker())
                ? choice
                : null;
    }

    private void open(State.Work work, BrokerId broker, String why, Quantity quantity) {
        var body = work.order.body();
        var terms = body.terms();
        var routeId = body.orderId() + "-" + (body.routes() + 1);
        var clOrdId = routeId + "-1";
        desk.routes()
                .happened(
                        work,
                        routeId,
                        new Route.Opened(
                                body.orderId(),
                                broker,
                                why,
                                clOrdId,
                                terms.side(),
                                terms.type(),
                                quantity,
                                terms.type() == OrderType.LIMIT ? body.limit() : null,
                                desk.market().mid(terms.instrument()),
                                desk.market().volumeSince(work)));
        var route = desk.state().route(routeId);
        desk.effect(new Effect.SendNewOrder(
                broker,
                clOrdId,
                desk.routes().terms(work, route, quantity, route.body().price()),
                desk.now()));
        desk.diary().route(routeId, desk.now().plus(settings.askAfter()));
    }

    private void park(State.Work work, String why) {
        perform(work, new ParentOrder.Park(why));
        desk.alert(AlertKind.ORDER_PARKED, work.order.body().orderId(), why);
    }

    private String nobodyMay(Set<BrokerId> declinedBy) {
        return desk.reference().brokers().stream()
                .map(Broker::id)
                .filter(id -> !declinedBy.contains(id) && !desk.gates().open(id))
                .sorted()
                .map(id -> id + " " + desk.gates().why(id))
                .collect(Collectors.joining(", ", "No broker can take it: ", "."));
    }

    private String whyNobody(State.Work work, @Nullable BrokerId declinedBy, @Nullable BrokerChoice choice) {
        if (choice == null) {
            return "The instrument has no price.";
        }
        return declinedBy == null
                ? choice.reason()
                : "Declined by " + declinedBy + ": " + lastWord(work) + ". " + choice.reason();
    }

    /**
     * Brokers that would not work the order, one after the other, up to now: rejected, given back untouched, or done with
     * it for the day. One that executed a part before it cancelled the rest may be asked again; without this a broker that
     * cancels everything would get the same order again as fast as it can cancel.
     */
    private Set<BrokerId> declinedBy(State.Work work) {
        var brokers = new TreeSet<BrokerId>();
        for (var id : work.routes.reversed()) {
            if (!(desk.state().route(id) instanceof Route.Ended ended) || !declined(ended)) {
                break;
            }
            brokers.add(ended.body().broker());
        }
        return brokers;
    }

    private static boolean declined(Route.Ended route) {
        return switch (route.as()) {
            // Of what was held on its way out the broker does not even know.
            case REJECTED -> !Brake.NEVER_LEFT.equals(route.body().rejectReason());
            case EXPIRED, DONE_FOR_DAY -> true;
            case CANCELED -> route.body().cumulative().isZero();
            default -> false;
        };
    }

    /** Why the last route came back, in the broker's words if it said any. */
    private String lastWord(State.Work work) {
        var last = desk.state().route(work.routes.getLast());
        var said = last.body().rejectReason();
        return said == null ? last.status().name() : said;
    }
}
