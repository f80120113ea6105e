package org.tradesuite.execution.engine;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.engine.Effect.AlertKind;
import org.tradesuite.execution.engine.Effect.Refusal;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.order.Route;
import org.tradesuite.market.BrokerId;

/**
 * Reconciles with a broker after every logon, before it gets a new order. All of its orders that are in doubt are asked
 * about: by one mass status request if it takes one, and singly for what that did not mention. What it said while we were
 * away is not waited for here, because it does not have to be: its messages come in the order of their numbers, so whatever
 * the session asks for again is heard before the answer to a question.
 *
 * <p>Questions are asked again, no more than so many in a cycle. If no answer comes for too long the gate is blocked, the
 * orders nobody answered for are unknown, and it is tried again later or when a person says so. What is under way here is
 * forgotten with a restart: sessions are then down and everything is asked anew.
 */
final class Gates {

    /** How many orders are named in a reason. */
    private static final int NAMED = 5;

    /** A broker that is being asked. */
    private static final class Asking {
        final BrokerId broker;
        final int attempt;
        final int total;
        /** The mass status request that is not answered to its end. */
        @Nullable
        String mass;

        int mentioned;
        /** Questions without an answer, by route. */
        final Map<String, Question> open = new LinkedHashMap<>();

        final Deque<String> toAsk = new ArrayDeque<>();
        /** Answered, and an execution that the answer counts is still waited for. */
        final Set<String> settling = new HashSet<>();

        Instant heard;

        Asking(BrokerId broker, int attempt, int total, Instant now) {
            this.broker = broker;
            this.attempt = attempt;
            this.total = total;
            this.heard = now;
        }

        boolean done() {
            return mass == null && open.isEmpty() && settling.isEmpty();
        }
    }

    /**
     * @param times how often it was asked
     * @param at when last, or since when it waits for its turn to be asked again
     */
    private record Question(int times, Instant at) {}

    private final Desk desk;
    private final EngineSettings settings;
    private final Map<BrokerId, Input.BrokerSessionUp> sessions = new TreeMap<>();
    private final Map<BrokerId, Asking> asking = new TreeMap<>();
    /**
     * Orders that are not in the line's memory after a restart, with whether the broker has said that it does not know
     * them. A reset of sequence numbers empties that memory, so only both together say that an order never left.
     */
    private final Map<String, Boolean> heldBack = new LinkedHashMap<>();

    Gates(Desk desk, EngineSettings settings) {
        this.desk = desk;
        this.settings = settings;
    }

    // Who may have orders

    boolean connected(BrokerId broker) {
        return sessions.containsKey(broker);
    }

    boolean open(BrokerId broker) {
        return connected(broker) && desk.state().gate(broker) instanceof Gate.Open;
    }

    /** The brokers that may have new orders. */
    Set<BrokerId> open() {
        return sessions.keySet().stream().filter(this::open).collect(Collectors.toSet());
    }

    /** Whether it answers a question about a single order. */
    boolean answersSingly(BrokerId broker) {
        var session = sessions.get(broker);
        return session != null && session.answersSingly();
    }

    /** Why it gets no order, as the end of a sentence about it. */
    String why(BrokerId broker) {
        if (!connected(broker)) {
            return "is not connected";
        }
        return switch (desk.state().gate(broker)) {
            case Gate.Open _ -> "is open";
            case Gate.Reconciling _, Gate.Down _ -> "is being reconciled";
            case Gate.Blocked blocked -> "could not be reconciled (" + blocked.why() + ")";
        };
    }

    // The session

    void up(Input.BrokerSessionUp up) {
        sessions.put(up.broker(), up);
        begin(up.broker(), 1);
    }

    void down(BrokerId broker, String why) {
        sessions.remove(broker);
        asking.remove(broker);
        if (!(desk.state().gate(broker) instanceof Gate.Down)) {
            desk.record(Streams.gate(broker), new DeskFact.GateClosed(why), null);
        }
    }

    private void begin(BrokerId broker, int attempt) {
        asking.remove(broker);
        var session = sessions.get(broker);
        if (session == null) {
            return;
        }
        var doubtful = doubtful(broker);
        if (doubtful.isEmpty()) {
            opened(broker, 0, null);
            return;
        }
        if (!session.answersSingly() && !session.answersMass()) {
            blocked(
                    broker,
                    attempt,
                    broker + " takes no status requests (35=H, 35=AF), and it may hold " + orders(doubtful.size()));
            return;
        }
        var begun = new Asking(broker, attempt, doubtful.size(), desk.now());
        doubtful.forEach(id -> begun.open.put(id, new Question(0, desk.now())));
        if (session.answersMass()) {
            begun.mass = broker + "-M" + desk.state().nextCount(Streams.gate(broker));
        } else {
            begun.toAsk.addAll(doubtful);
        }
        asking.put(broker, begun);
        desk.record(Streams.gate(broker), new DeskFact.ReconciliationBegan(attempt, doubtful.size(), begun.mass), null);
        if (begun.mass != null) {
            desk.effect(new Effect.SendMassStatusRequest(broker, begun.mass, desk.now()));
        }
        ask(begun);
    }

    /** Orders of ours that it has or may have, and ended ones of which it counts more than it reported. */
    private List<String> doubtful(BrokerId broker) {
        var all = new ArrayList<String>();
        for (var work : desk.state().orders()) {
            for (var id : work.routes) {
                var route = desk.state().route(id);
                if (route.body().broker().equals(broker) && isInDoubt(route)) {
                    all.add(id);
                }
            }
        }
        return all;
    }

    private static boolean isInDoubt(Route route) {
        return route.live() || !route.outstanding().isZero();
    }

    // Questions

    private void ask(Asking of) {
        while (!of.toAsk.isEmpty() && desk.questions().mayAsk()) {
            var id = of.toAsk.poll();
            var before = of.open.get(id);
            var route = desk.state().findRoute(id);
            if (before == null || route == null) {
                continue;
            }
            of.open.put(id, new Question(before.times() + 1, desk.now()));
            desk.questions().send(desk.work(route.body().orderId()), route);
        }
    }

    void tick() {
        for (var of : List.copyOf(asking.values())) {
            advance(of);
        }
        for (var broker : List.copyOf(sessions.keySet())) {
            if (desk.state().gate(broker) instanceof Gate.Blocked blocked
                    && !desk.now()
                            .isBefore(blocked.since().plus(settings.asking().reconcileAgain()))) {
                begin(broker, blocked.attempt() + 1);
            }
        }
    }

    private void advance(Asking of) {
        if (of.mass != null && !desk.now().isBefore(of.heard.plus(settings.askAfter()))) {
            // It began to answer and never said that this was all, or does not answer such requests.
            massEnded(of);
        }
        if (of.mass == null) {
            for (var each : of.open.entrySet()) {
                var question = each.getValue();
                if (question.times() > 0
                        && question.times() < settings.asks()
                        && !desk.now()
                                .isBefore(question.at().plus(settings.asking().askAgain()))) {
                    each.setValue(new Question(question.times(), desk.now()));
                    of.toAsk.add(each.getKey());
                }
            }
            ask(of);
        }
        // The diary has inferred by now what could be inferred.
        of.settling.removeIf(id -> {
            var route = desk.state().findRoute(id);
            var claim = route == null ? null : route.body().claim();
            return route == null
                    || claim == null
                    || !route.claimed()
                    || !desk.now().isBefore(claim.at().plus(settings.asking().inferAfter()));
        });
        if (!openIfDone(of)
                && !of.open.isEmpty()
                && !desk.now().isBefore(of.heard.plus(settings.asking().reconcileWithin()))) {
            unanswered(of);
        }
    }

    private boolean openIfDone(Asking of) {
        if (asking.get(of.broker) != of || !of.done()) {
            return false;
        }
        asking.remove(of.broker);
        opened(of.broker, of.total, null);
        return true;
    }

    private void unanswered(Asking of) {
        asking.remove(of.broker);
        var silent = List.copyOf(of.open.keySet());
        var named = silent.stream().limit(NAMED).collect(Collectors.joining(", "));
        var more = silent.size() > NAMED ? " and " + (silent.size() - NAMED) + " more" : "";
        var why =
                of.broker + " did not answer about " + silent.size() + " of " + orders(of.total) + ": " + named + more;
        silent.forEach(id -> giveUp(id, of.broker + " did not answer after its logon"));
        blocked(of.broker, of.attempt, why);
    }

    private void giveUp(String routeId, String why) {
        var route = desk.state().findRoute(routeId);
        if (route != null && route.live() && !(route instanceof Route.Unknown)) {
            desk.routes().perform(desk.work(route.body().orderId()), route, new Route.GiveUp(why));
        }
    }

    private static String orders(int count) {
        return count == 1 ? "1 order" : count + " orders";
    }

    // Answers

    /** It answered about this order, whatever it said. */
    void answered(BrokerId broker, String routeId) {
        var of = asking.get(broker);
        if (of == null) {
            return;
        }
        of.heard = desk.now();
        if (of.open.remove(routeId) != null) {
            var route = desk.state().findRoute(routeId);
            if (route != null && route.missing() != null) {
                of.settling.add(routeId);
            }
        }
        openIfDone(of);
    }

    /** One report of the answer to a mass status request. */
    void mentioned(BrokerId broker, Input.PartOfMass part) {
        var of = asking.get(broker);
        if (of == null || !part.requestId().equals(of.mass)) {
            return;
        }
        of.heard = desk.now();
        of.mentioned++;
        if (part.last() || (part.total() != null && of.mentioned >= part.total())) {
            massEnded(of);
        }
    }

    /** A mass status tells of what is open: what it left out is asked for singly. */
    private void massEnded(Asking of) {
        of.mass = null;
        if (answersSingly(of.broker)) {
            of.toAsk.addAll(of.open.keySet());
            ask(of);
        } else {
            for (var id : List.copyOf(of.open.keySet())) {
                if (!isHeldBack(id)) {
                    giveUp(id, of.broker + " did not mention it when it was asked for all orders");
                }
            }
            of.open.clear();
        }
        openIfDone(of);
    }

    /** 35=j or 35=3 to the mass status request. */
    void massRefused(BrokerId broker, @Nullable String text) {
        var of = asking.get(broker);
        if (of == null || of.mass == null) {
            return;
        }
        if (answersSingly(broker)) {
            massEnded(of);
        } else {
            asking.remove(broker);
            blocked(broker, of.attempt, broker + " refused to say how its orders are: " + text);
        }
    }

    /** 35=j or 35=3 to a question about one order. */
    void questionRefused(BrokerId broker, String routeId, @Nullable String reason, @Nullable String text) {
        var of = asking.get(broker);
        if (of == null || !of.open.containsKey(routeId)) {
            return;
        }
        if (UNKNOWN_ID.equals(reason)) {
            if (!isHeldBack(routeId)) {
                giveUp(routeId, broker + " does not know it" + (text == null ? "" : ": " + text));
            }
            answered(broker, routeId);
        } else {
            asking.remove(broker);
            blocked(broker, of.attempt, broker + " does not take status requests (35=H): " + text);
        }
    }

    /** BusinessRejectReason (380). */
    private static final String UNKNOWN_ID = "1";

    // A person

    /** Asks again at once, or opens the gate although not all is known. */
    void request(Input.BrokerGateRequested asked) {
        var broker = asked.broker();
        var gate = desk.state().gate(broker);
        if (desk.reference().broker(broker).isEmpty() && !connected(broker)) {
            desk.refuse(asked, Refusal.UNKNOWN_BROKER, "There is no broker " + broker + ".");
        } else if (!connected(broker)) {
            desk.refuse(
                    asked,
                    Refusal.BROKER_NOT_CONNECTED,
                    broker + " is not connected. It is reconciled by itself when it logs on.");
        } else if (!asked.open()) {
            begin(broker, 1);
            desk.answer(asked, new Effect.Outcome.Done());
        } else if (gate instanceof Gate.Open) {
            desk.refuse(asked, Refusal.NOTHING_TO_CHANGE, broker + " may be given orders already.");
        } else {
            var of = asking.remove(broker);
            if (of != null) {
                of.open.keySet().forEach(id -> giveUp(id, "not answered when " + asked.actor() + " opened the gate"));
            }
            opened(broker, of == null ? 0 : of.total, asked.actor());
            desk.answer(asked, new Effect.Outcome.Done());
        }
    }

    // What becomes of it

    private void opened(BrokerId broker, int questions, @Nullable String by) {
        desk.record(Streams.gate(broker), new DeskFact.GateOpened(questions, by), null);
        release(broker);
    }

    // What never left

    void heldBack(Input.HeldBack input) {
        var broker = input.broker();
        if (!(desk.reports().route(broker, input.clOrdId()) instanceof Route.Sent route)) {
            return;
        }
        heldBack.put(route.body().routeId(), false);
    }

    /** Whether this is no news: the broker does not know an order that never left. */
    boolean isHeldBack(String routeId) {
        return heldBack.computeIfPresent(routeId, (_, _) -> true) != null;
    }

    private void release(BrokerId broker) {
        var due = heldBack.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
        for (var routeId : due) {
            var route = desk.state().findRoute(routeId);
            if (route != null && !route.body().broker().equals(broker)) {
                continue;
            }
            heldBack.remove(routeId);
            if (!(route instanceof Route.Sent || route instanceof Route.Unknown)) {
                continue;
            }
            var work = desk.work(route.body().orderId());
            if (!desk.switchboard().mayLeave(work, route)) {
                desk.routes()
                        .perform(
                                work,
                                route,
                                new Route.RefuseMessage("D", route.body().clOrdId(), Brake.NEVER_LEFT));
                desk.working().settle(work);
            } else if (work.order instanceof ParentOrder.Open || work.order instanceof ParentOrder.Parked) {
                desk.routes().unanswered(work, route).forEach(desk::effect);
            } else {
                desk.routes()
                        .perform(
                                work,
                                route,
                                new Route.RefuseMessage(
                                        "D", route.body().clOrdId(), "it never left, and its order has ended"));
                desk.working().settle(work);
            }
        }
    }

    /** Said once for as long as it stays so. */
    private void blocked(BrokerId broker, int attempt, String why) {
        var said = switch (desk.state().gate(broker)) {
            case Gate.Blocked blocked -> blocked.why();
            case Gate.Reconciling again -> again.before();
            case Gate.Open _, Gate.Down _ -> null;
        };
        desk.record(Streams.gate(broker), new DeskFact.GateBlocked(attempt, why), null);
        if (!why.equals(said)) {
            desk.alert(AlertKind.BROKER_BLOCKED, broker.toString(), why + ". It gets no new orders.");
        }
    }
}
