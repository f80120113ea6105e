package org.tradesuite.execution.engine;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.engine.Effect.AlertKind;
import org.tradesuite.execution.engine.Effect.Refusal;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.order.Route;
import org.tradesuite.execution.risk.SwitchScope;
import org.tradesuite.execution.risk.Switches;
import org.tradesuite.execution.risk.TradingState;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * The stop button. One person stops, with one call and at once; to open again takes two, and what had waited is then decided
 * anew. A stop that cancels ends the orders it catches, so that opening again sends nothing of them; one that names a broker
 * takes their routes there back and leaves the orders, which may go elsewhere. One that does not cancel leaves what works
 * where it is and holds what was not sent.
 */
final class Switchboard {

    private final Desk desk;
    private final EngineSettings settings;

    Switchboard(Desk desk, EngineSettings settings) {
        this.desk = desk;
        this.settings = settings;
    }

    private Switches switches() {
        return desk.state().switches();
    }

    // What persons ask for

    void set(Input.SwitchRequested input) {
        var used = switches().key(input.key());
        if (used != null) {
            desk.answer(
                    input,
                    used.bodyHash().equals(input.bodyHash())
                            ? new Effect.Outcome.Done()
                            : new Effect.Outcome.KeyUsedForAnotherBody(
                                    used.scope().id()));
            return;
        }
        var unknown = unknown(input.scope());
        if (unknown != null) {
            desk.refuse(input, Refusal.UNKNOWN_SCOPE, unknown);
            return;
        }
        var before = state(input.scope());
        if (before.stricterThan(input.state())) {
            desk.refuse(
                    input,
                    Refusal.NEEDS_TWO_PERSONS,
                    input.scope() + " is " + before + ", which is stricter than " + input.state()
                            + ": to open it one person asks and another approves. Ask with POST /switches/"
                            + input.scope() + "/reopen.");
            return;
        }
        desk.brake().acts(input);
        stop(
                input.scope(),
                input.state(),
                input.reason(),
                input.actor(),
                false,
                input.cancelling(),
                input.key(),
                input.bodyHash());
        desk.answer(input, new Effect.Outcome.Done());
    }

    /**
     * A stop that acted when the last process ended and had not come into the journal. What it names may be gone since: then
     * it stops nobody, and nobody is let off either.
     *
     * @param automatic nobody asked for it
     */
    void again(Input.SwitchRequested input, boolean automatic) {
        desk.brake().acts(input);
        if (switches().key(input.key()) == null && !state(input.scope()).stricterThan(input.state())) {
            stop(
                    input.scope(),
                    input.state(),
                    input.reason(),
                    input.actor(),
                    automatic,
                    input.cancelling(),
                    input.key(),
                    input.bodyHash());
        }
        desk.answer(input, new Effect.Outcome.Done());
    }

    void reopen(Input.ReopeningRequested input) {
        var now = switches().of(input.scope());
        if (now == null) {
            desk.refuse(input, Refusal.UNKNOWN_SWITCH, "There is no switch " + input.scope() + ".");
        } else if (!now.state().stricterThan(input.to())) {
            desk.refuse(
                    input,
                    Refusal.NOTHING_TO_REOPEN,
                    input.scope() + " is " + now.state() + ", and " + input.to() + " is not less strict."
                            + (now.restricts() ? " To stop more, use POST /switches." : ""));
        } else {
            desk.record(
                    Streams.trading(input.scope()),
                    new SwitchFact.ReopeningAsked(input.scope(), input.to(), input.reason(), input.actor()),
                    null);
            shown();
            desk.alert(
                    AlertKind.REOPENING_ASKED,
                    input.scope().id(),
                    input.actor() + " asks for " + input.to() + ": " + sentence(input.reason())
                            + " Somebody else has to approve.");
            desk.answer(input, new Effect.Outcome.Done());
        }
    }

    void approve(Input.ReopeningApproved input) {
        var now = switches().of(input.scope());
        var asked = now == null ? null : now.reopening();
        if (now == null) {
            desk.refuse(input, Refusal.UNKNOWN_SWITCH, "There is no switch " + input.scope() + ".");
        } else if (asked == null) {
            desk.refuse(
                    input,
                    Refusal.NOTHING_TO_REOPEN,
                    "Nobody has asked to open " + input.scope()
                            + ", or it was set again since: ask with POST /switches/" + input.scope()
                            + "/reopen, and have somebody else approve.");
        } else if (asked.by().equals(input.actor())) {
            desk.refuse(
                    input,
                    Refusal.MAKER_IS_CHECKER,
                    input.actor() + " asked for it: somebody else has to approve that " + input.scope() + " becomes "
                            + asked.to() + ".");
        } else {
            open(input.scope(), asked.to(), asked.reason(), asked.by(), input.actor());
            desk.answer(input, new Effect.Outcome.Done());
        }
    }

    // What becomes of it

    /** A breaker stops by itself; what somebody has stopped as much or more stays as it is. */
    void trip(SwitchScope scope, TradingState to, String reason, String breaker, boolean cancelling) {
        if (to.stricterThan(state(scope))) {
            stop(scope, to, reason, breaker, true, cancelling, null, null);
        }
    }

    /** A person reset the breaker; what a person has set since stays. */
    void release(SwitchScope scope, String breaker, String reason, String by) {
        var now = switches().of(scope);
        if (now != null && now.restricts() && now.automatic() && now.by().equals(breaker)) {
            open(scope, TradingState.ACTIVE, reason, breaker, by);
        }
    }

    /** Something that was restricted without a switch is not any more. */
    void retry() {
        for (var work : desk.state().open()) {
            desk.working().settle(work);
        }
    }

    private TradingState state(SwitchScope scope) {
        var now = switches().of(scope);
        return now == null ? TradingState.ACTIVE : now.state();
    }

    private void stop(
            SwitchScope scope,
            TradingState state,
            String reason,
            String by,
            boolean automatic,
            boolean cancelling,
            @Nullable String key,
            @Nullable String bodyHash) {
        var covered = covered(scope);
        var caught = cancelling ? caught(scope, state, covered) : new Catch(List.of(), Set.of());
        desk.record(
                Streams.trading(scope),
                new SwitchFact.SwitchSet(
                        scope, state, reason, by, automatic, cancelling, key, bodyHash, caught.routes()),
                null);
        shown();
        hold(scope, covered);
        desk.alert(
                AlertKind.TRADING_STOPPED,
                scope.id(),
                state + " by " + by
                        + (cancelling ? ", " + routes(caught.routes().size()) + " cancelled" : "") + ": " + reason);
        if (scope.broker() == null) {
            for (var orderId : caught.orders()) {
                var work = desk.work(orderId);
                desk.working().perform(work, new ParentOrder.Cancel("stopped by " + by + ": " + reason));
                desk.routes().cancelAll(work);
                desk.working().settle(work);
            }
        } else {
            for (var each : caught.routes()) {
                var route = desk.state().route(each.routeId());
                desk.routes().perform(desk.work(route.body().orderId()), route, new Route.Cancel("stopped by " + by));
            }
        }
    }

    private void open(SwitchScope scope, TradingState to, String reason, String askedBy, String approvedBy) {
        desk.record(Streams.trading(scope), new SwitchFact.Reopened(scope, to, reason, askedBy, approvedBy), null);
        shown();
        desk.alert(
                AlertKind.TRADING_REOPENED,
                scope.id(),
                to + ": " + askedBy + " asked, " + approvedBy + " approved: " + sentence(reason));
        for (var work : covered(scope)) {
            desk.working().settle(work);
        }
    }

    /** What a person wrote, with the full stop that it has or lacks. */
    static String sentence(String written) {
        var text = written.strip();
        return text.endsWith(".") || text.endsWith("!") || text.endsWith("?") ? text : text + ".";
    }

    private static String routes(int count) {
        return count == 1 ? "1 route is" : count + " routes are";
    }

    /** After a restart too: other threads see how the switches stand. */
    void shown() {
        desk.brake().show(switches().all());
    }

    // Which orders

    /** The orders it is about that are not over, oldest first. */
    private List<State.Work> covered(SwitchScope scope) {
        var covered = new ArrayList<State.Work>();
        for (var work : desk.state().orders()) {
            if (!(work.order.ended() && work.order.body().live() == 0) && covers(scope, work)) {
                covered.add(work);
            }
        }
        return covered;
    }

    private boolean covers(SwitchScope scope, State.Work work) {
        var broker = scope.broker();
        return scope.covers(broker == null ? scope(work) : scope(work).with(broker));
    }

    SwitchScope scope(State.Work work) {
        var terms = work.order.body().terms();
        return SwitchScope.ofOrder(
                desk.reference(),
                terms.trader(),
                terms.account(),
                terms.strategy(),
                terms.algo().name(),
                terms.instrument());
    }

    private record Catch(List<SwitchFact.Caught> routes, Set<String> orders) {}

    private Catch caught(SwitchScope scope, TradingState state, List<State.Work> covered) {
        var routes = new ArrayList<SwitchFact.Caught>();
        var orders = new java.util.LinkedHashSet<String>();
        var left = new HashMap<Line, BigDecimal>();
        for (var work : covered) {
            if (state == TradingState.REDUCING && reduces(work, left)) {
                continue;
            }
            orders.add(work.order.body().orderId());
            for (var id : work.routes) {
                var route = desk.state().route(id);
                var at = route.body().broker();
                if (route.live() && (scope.broker() == null || scope.broker().equals(at))) {
                    routes.add(new SwitchFact.Caught(
                            id,
                            at,
                            route.body().cumulative(),
                            route.body().pending().stream().anyMatch(Route.Request::cancel)));
                }
            }
        }
        return new Catch(List.copyOf(routes), orders);
    }

    private record Line(AccountId account, InstrumentId instrument, Side side) {}

    /** Older orders have the room to flat before younger ones; one that needs more than is left does not only reduce. */
    private boolean reduces(State.Work work, Map<Line, BigDecimal> left) {
        var terms = work.order.body().terms();
        var line = new Line(terms.account(), terms.instrument(), terms.side());
        var room = left.computeIfAbsent(line, each -> roomToFlat(each.account(), each.instrument(), each.side()));
        var body = work.order.body();
        // What an amendment asks for that waits is no part of it: it is asked about again before it is made.
        var wanted = desk.state().book().pending(body.orderId()) == null
                ? BigDecimal.ZERO
                : body.remaining().value().max(body.outstanding().value());
        if (wanted.compareTo(room) > 0) {
            return false;
        }
        left.put(line, room.subtract(wanted));
        return true;
    }

    private BigDecimal roomToFlat(AccountId account, InstrumentId instrument, Side side) {
        return TradingState.roomToFlat(
                side, desk.state().book().position(account, instrument).quantity());
    }

    /** What was decided before and may not have left does not leave any more. */
    private void hold(SwitchScope scope, List<State.Work> covered) {
        var unsent = new HashSet<String>();
        for (var work : covered) {
            for (var id : work.routes) {
                if (desk.state().route(id) instanceof Route.Sent sent
                        && (scope.broker() == null
                                || scope.broker().equals(sent.body().broker()))) {
                    unsent.add(id);
                }
            }
        }
        desk.brake().hold(unsent);
    }

    // Before something is sent

    /** Why so much of an order may not be sent to anybody now; null if it may. */
    @Nullable
    String why(State.Work work, Quantity quantity) {
        if (switches().free()) {
            return null;
        }
        var strictest = switches().strictest(scope(work));
        if (strictest == null) {
            return null;
        }
        if (strictest.state() == TradingState.REDUCING) {
            var body = work.order.body();
            var terms = body.terms();
            var book = desk.state().book();
            var own = book.pending(body.orderId());
            var working = terms.side() == Side.BUY
                    ? book.workingBuys(terms.account(), terms.instrument())
                    : book.workingSells(terms.account(), terms.instrument());
            var others = own == null
                    ? working.value()
                    : working.value().subtract(own.leaves().value());
            var taken = others.add(body.outstanding().value()).add(quantity.value());
            if (taken.compareTo(roomToFlat(terms.account(), terms.instrument(), terms.side())) <= 0) {
                return null;
            }
            // It may become one that reduces without anybody's doing: when a fill moves the position.
            desk.diary().order(body.orderId(), desk.now().plus(settings.retryAfter()));
        }
        return "Held: " + strictest.words();
    }

    /** The brokers that this order may not be sent to. */
    Set<BrokerId> stoppedBrokers(SwitchScope order) {
        if (switches().free() && !desk.breakers().anyTried()) {
            return Set.of();
        }
        var stopped = new HashSet<BrokerId>();
        for (var broker : desk.reference().brokers()) {
            if (isStopped(order, broker.id()) || desk.breakers().hasEnough(broker.id())) {
                stopped.add(broker.id());
            }
        }
        return stopped;
    }

    private boolean isStopped(SwitchScope order, BrokerId broker) {
        var strictest = switches().strictest(order.with(broker));
        return strictest != null && strictest.scope().broker() != null;
    }

    /** Whether an order that never left may still leave. */
    boolean mayLeave(State.Work work, Route route) {
        return switches().free()
                || (why(work, Quantity.ZERO) == null
                        && !isStopped(scope(work), route.body().broker()));
    }

    // What there is

    /** What is named and does not exist; a stop that means nobody would look as if it had stopped somebody. */
    private @Nullable String unknown(SwitchScope scope) {
        var reference = desk.reference();
        if (scope.desk() != null
                && reference.content().traders().stream()
                        .noneMatch(each -> each.desk().equals(scope.desk()))) {
            return "There is no desk " + scope.desk() + ".";
        }
        if (scope.client() != null
                && reference.accounts().stream().noneMatch(each -> each.client().equals(scope.client()))) {
            return "There is no client " + scope.client() + ".";
        }
        if (scope.trader() != null && reference.trader(scope.trader()).isEmpty()) {
            return "There is no trader " + scope.trader() + ".";
        }
        if (scope.account() != null && reference.account(scope.account()).isEmpty()) {
            return "There is no account " + scope.account() + ".";
        }
        if (scope.strategy() != null && reference.strategy(scope.strategy()).isEmpty()) {
            return "There is no strategy " + scope.strategy() + ".";
        }
        if (scope.algorithm() != null && !isAlgorithm(scope.algorithm())) {
            return "There is no algorithm " + scope.algorithm() + ": name IMMEDIATE, TWAP or VWAP.";
        }
        if (scope.instrument() != null
                && reference.instrument(scope.instrument()).isEmpty()) {
            return "There is no instrument " + scope.instrument() + ".";
        }
        if (scope.broker() != null && reference.broker(scope.broker()).isEmpty()) {
            return "There is no broker " + scope.broker() + ".";
        }
        if (scope.venue() != null
                && reference.instruments().stream().noneMatch(each -> each.mic().equals(scope.venue()))) {
            return "No instrument is traded on " + scope.venue() + ".";
        }
        return null;
    }

    private static boolean isAlgorithm(String name) {
        for (var algo : Algo.values()) {
            if (algo.name().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
