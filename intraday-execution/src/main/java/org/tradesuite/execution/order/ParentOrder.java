package org.tradesuite.execution.order;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.plan.Plan;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Mic;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * What the desk wants: so much of an instrument for an account. It is worked through routes, and what it is follows from
 * them: sent, working, filled in parts, filled. A route that dies gives its remainder back; a fill that comes after that is
 * counted, and less is sent next. It ends filled, cancelled by a person or expired with the day; a bust opens it again.
 *
 * <p>The words of {@link Status} are those of an order blotter (EMSX).
 */
public sealed interface ParentOrder {

    // States

    Body body();

    /**
     * Being worked.
     *
     * @param waits why nothing can be sent at the moment, null while that is not so
     */
    record Open(Body body, @Nullable String waits) implements ParentOrder {}

    /** Idle until a person says how to go on: no broker takes it. */
    record Parked(Body body, String why) implements ParentOrder {}

    /**
     * Its routes are being cancelled; what they still fill counts.
     *
     * @param as CANCELLED or EXPIRED
     */
    record Closing(Body body, Status as, String why) implements ParentOrder {}

    /** @param as FILLED, CANCELLED, EXPIRED or COMPLETED */
    record Ended(Body body, Status as) implements ParentOrder {}

    enum Status {
        /** Nothing was sent yet. */
        NEW,
        /** Sent, no broker has acknowledged. */
        SENT,
        WORKING,
        PARTFILLED,
        FILLED,
        /** All routes are dead and nothing is executed, or a person has to decide: idle again. */
        ASSIGN,
        CANCEL_REQUESTED,
        CANCELLED,
        EXPIRED,
        /** Filled and confirmed by its brokers. */
        COMPLETED
    }

    /** What does not change over its life. */
    record Terms(
            String decisionId,
            LocalDate businessDate,
            AccountId account,
            String strategy,
            String trader,
            InstrumentId instrument,
            String symbol,
            @Nullable String isin,
            Mic mic,
            Currency currency,
            Side side,
            OrderType type,
            Algo algo,
            TimeInForce timeInForce,
            Instant start,
            BrokerId broker,
            String brokerReason,
            Instant decisionTime,
            @Nullable Price decisionPrice,
            Instant arrivalTime,
            @Nullable Price arrivalBid,
            @Nullable Price arrivalAsk) {}

    /**
     * @param limit null for a market order
     * @param end when the schedule ends; the session's end for an order without one
     * @param plan how it is worked
     * @param executed sum of the routes' CumQty
     * @param value sum of quantity times price of the live executions
     * @param outstanding what is with brokers: see {@link Route#outstanding()}
     * @param routes how many routes it has had
     * @param live how many of them live
     * @param acknowledged how many live ones the broker has acknowledged
     * @param rejections routes that a broker rejected
     */
    record Body(
            String orderId,
            Terms terms,
            Quantity quantity,
            @Nullable Price limit,
            Instant end,
            Plan plan,
            Quantity executed,
            BigDecimal value,
            Quantity outstanding,
            int routes,
            int live,
            int acknowledged,
            int rejections,
            @Nullable Instant firstFillTime,
            @Nullable Instant lastFillTime,
            @Nullable Price endPrice,
            @Nullable Instant endedAt,
            int version) {

        public @Nullable Price average() {
            return executed.isZero() ? null : Price.of(value.divide(executed.value(), 10, RoundingMode.HALF_EVEN));
        }

        /** What no broker has and none has executed. */
        public Quantity unrouted() {
            var taken = executed.plus(outstanding);
            return quantity.compareTo(taken) <= 0 ? Quantity.ZERO : quantity.minus(taken);
        }

        /** What is with brokers or executed beyond what is wanted: after an amendment or a late fill. */
        public Quantity excess() {
            var taken = executed.plus(outstanding);
            return taken.compareTo(quantity) <= 0 ? Quantity.ZERO : taken.minus(quantity);
        }

        public Quantity remaining() {
            return quantity.compareTo(executed) <= 0 ? Quantity.ZERO : quantity.minus(executed);
        }
    }

    default boolean ended() {
        return this instanceof Ended;
    }

    default Status status() {
        var body = body();
        return switch (this) {
            case Ended ended -> ended.as();
            case Closing _ -> Status.CANCEL_REQUESTED;
            case Parked _ -> Status.ASSIGN;
            case Open _ -> {
                if (!body.executed().isZero()) {
                    yield body.remaining().isZero() ? Status.FILLED : Status.PARTFILLED;
                }
                if (body.live() == 0) {
                    yield body.routes() == 0 ? Status.NEW : Status.ASSIGN;
                }
                yield body.acknowledged() == 0 ? Status.SENT : Status.WORKING;
            }
        };
    }

    // Commands

    sealed interface Command {}

    /**
     * Null leaves a term as it is.
     *
     * @param plan over what is left, with the terms as they shall be
     */
    record Amend(
            @Nullable Quantity quantity,
            @Nullable Price limit,
            @Nullable Instant end,
            Plan plan) implements Command {}

    record Cancel(String reason) implements Command {}

    /** The schedule or the day is over. */
    record Expire(String reason) implements Command {}

    record Park(String reason) implements Command {}

    /** No broker can take it now; it is sent as soon as one can. */
    record Wait(String reason) implements Command {}

    /**
     * Take stock: whatever can be concluded from the routes now is.
     *
     * @param price of the market at this moment
     */
    record Conclude(@Nullable Price price) implements Command {}

    /** The brokers confirmed the trades it is part of. */
    record Confirm() implements Command {}

    // Events

    sealed interface Event extends Fact {}

    record Created(Terms terms, Quantity quantity, @Nullable Price limit, Instant end, Plan plan) implements Event {}

    record Amended(Quantity quantity, @Nullable Price limit, Instant end, Plan plan) implements Event {}

    record ClosingBegan(Status as, String why) implements Event {}

    record WasParked(String why) implements Event {}

    record Waits(String why) implements Event {}

    record Concluded(Status as, @Nullable Price endPrice) implements Event {}

    /** A bust or a correction took back what had filled it. */
    record Reopened() implements Event {}

    record Completed() implements Event {}

    // Refusals

    enum Refusal {
        HAS_ENDED,
        BELOW_EXECUTED_QUANTITY,
        NOTHING_TO_CHANGE,
        NOT_A_LIMIT_ORDER
    }

    sealed interface Outcome {}

    record Happened(List<Event> events) implements Outcome {}

    record Refused(Refusal refusal) implements Outcome {}

    Outcome NOTHING = new Happened(List.of());

    // Decide

    record Situation(ParentOrder order, Command command) {}

    static Outcome decide(ParentOrder order, Command command) {
        return switch (new Situation(order, command)) {
            case Situation(Open s, Amend c) -> amend(s.body(), c);
            case Situation(Parked s, Amend c) -> amend(s.body(), c);
            case Situation(Closing _, Amend _) -> new Refused(Refusal.HAS_ENDED);
            // C.1.c: a filled order may be made larger, until its brokers have confirmed it
            case Situation(Ended s, Amend c) ->
                s.as() == Status.FILLED
                                && c.quantity() != null
                                && c.quantity().compareTo(s.body().executed()) > 0
                        ? amend(s.body(), c)
                        : new Refused(Refusal.HAS_ENDED);

            case Situation(Open _, Cancel c) -> happened(new ClosingBegan(Status.CANCELLED, c.reason()));
            case Situation(Parked _, Cancel c) -> happened(new ClosingBegan(Status.CANCELLED, c.reason()));
            // A second click: it is being done
            case Situation(Closing _, Cancel _) -> NOTHING;
            case Situation(Ended _, Cancel _) -> new Refused(Refusal.HAS_ENDED);

            case Situation(Open _, Expire c) -> happened(new ClosingBegan(Status.EXPIRED, c.reason()));
            case Situation(Parked _, Expire c) -> happened(new ClosingBegan(Status.EXPIRED, c.reason()));
            case Situation(Closing _, Expire _) -> NOTHING;
            case Situation(Ended _, Expire _) -> NOTHING;

            case Situation(Open _, Park c) -> happened(new WasParked(c.reason()));
            case Situation(Parked _, Park _) -> NOTHING;
            case Situation(Closing _, Park _) -> NOTHING;
            case Situation(Ended _, Park _) -> NOTHING;

            // Said once
            case Situation(Open s, Wait c) -> c.reason().equals(s.waits()) ? NOTHING : happened(new Waits(c.reason()));
            case Situation(Parked _, Wait _) -> NOTHING;
            case Situation(Closing _, Wait _) -> NOTHING;
            case Situation(Ended _, Wait _) -> NOTHING;

            case Situation(Open s, Conclude c) -> concludeIfFilled(s.body(), c.price());
            case Situation(Parked s, Conclude c) -> concludeIfFilled(s.body(), c.price());
            case Situation(Closing s, Conclude c) -> concludeClosing(s, c.price());
            case Situation(Ended s, Conclude _) -> reopenIfTakenBack(s);

            case Situation(Open _, Confirm _) -> NOTHING;
            case Situation(Parked _, Confirm _) -> NOTHING;
            case Situation(Closing _, Confirm _) -> NOTHING;
            case Situation(Ended s, Confirm _) -> s.as() == Status.FILLED ? happened(new Completed()) : NOTHING;
        };
    }

    private static Outcome happened(Event event) {
        return new Happened(List.of(event));
    }

    private static Outcome amend(Body body, Amend command) {
        var quantity = command.quantity() == null ? body.quantity() : command.quantity();
        var limit = command.limit() == null ? body.limit() : command.limit();
        var end = command.end() == null ? body.end() : command.end();
        if (command.limit() != null && body.limit() == null) {
            return new Refused(Refusal.NOT_A_LIMIT_ORDER);
        }
        if (quantity.isZero() || quantity.compareTo(body.executed()) < 0) {
            return new Refused(Refusal.BELOW_EXECUTED_QUANTITY);
        }
        if (quantity.equals(body.quantity()) && Objects.equals(limit, body.limit()) && end.equals(body.end())) {
            return new Refused(Refusal.NOTHING_TO_CHANGE);
        }
        return happened(new Amended(quantity, limit, end, command.plan()));
    }

    private static Outcome concludeIfFilled(Body body, @Nullable Price price) {
        return body.remaining().isZero() && body.live() == 0 ? happened(new Concluded(Status.FILLED, price)) : NOTHING;
    }

    private static Outcome concludeClosing(Closing order, @Nullable Price price) {
        if (order.body().live() > 0) {
            return NOTHING;
        }
        return happened(new Concluded(order.body().remaining().isZero() ? Status.FILLED : order.as(), price));
    }

    private static Outcome reopenIfTakenBack(Ended order) {
        var wasFilled = order.as() == Status.FILLED || order.as() == Status.COMPLETED;
        return wasFilled && !order.body().remaining().isZero() ? happened(new Reopened()) : NOTHING;
    }

    // Evolve

    static ParentOrder create(String orderId, Created event) {
        var body = new Body(
                orderId,
                event.terms(),
                event.quantity(),
                event.limit(),
                event.end(),
                event.plan(),
                Quantity.ZERO,
                BigDecimal.ZERO,
                Quantity.ZERO,
                0,
                0,
                0,
                0,
                null,
                null,
                null,
                null,
                1);
        return new Open(body, null);
    }

    static ParentOrder evolve(ParentOrder order, Event event, Instant at) {
        var body = order.body();
        return switch (event) {
            case Created _ -> throw new IllegalStateException("Order " + body.orderId() + " was created twice");
            // Whoever amends a parked order has said how to go on.
            case Amended e -> new Open(changed(body, e.quantity(), e.limit(), e.end(), e.plan(), null, null), null);
            case ClosingBegan e -> new Closing(next(body), e.as(), e.why());
            case WasParked e -> new Parked(next(body), e.why());
            case Waits e -> new Open(next(body), e.why());
            case Concluded e ->
                new Ended(
                        changed(body, body.quantity(), body.limit(), body.end(), body.plan(), e.endPrice(), at),
                        e.as());
            case Reopened _ ->
                new Open(changed(body, body.quantity(), body.limit(), body.end(), body.plan(), null, null), null);
            case Completed _ -> new Ended(next(body), Status.COMPLETED);
        };
    }

    /** A route of it changed from one state to another; null before it was opened. */
    static ParentOrder absorb(ParentOrder order, @Nullable Route before, Route after, Instant at) {
        var body = order.body();
        var filled = before == null
                ? after.body().executions() > 0
                : after.body().executions() > before.body().executions();
        var executed = body.executed()
                .value()
                .add(after.body().cumulative().value())
                .subtract(
                        before == null
                                ? BigDecimal.ZERO
                                : before.body().cumulative().value());
        var value = body.value()
                .add(after.body().value())
                .subtract(before == null ? BigDecimal.ZERO : before.body().value());
        var outstanding = body.outstanding()
                .value()
                .add(after.outstanding().value())
                .subtract(
                        before == null ? BigDecimal.ZERO : before.outstanding().value());
        var absorbed = new Body(
                body.orderId(),
                body.terms(),
                body.quantity(),
                body.limit(),
                body.end(),
                body.plan(),
                Quantity.of(executed),
                value,
                Quantity.of(outstanding),
                body.routes() + (before == null ? 1 : 0),
                body.live() + living(after) - living(before),
                body.acknowledged() + acknowledged(after) - acknowledged(before),
                body.rejections() + rejected(after) - rejected(before),
                filled && body.firstFillTime() == null ? at : body.firstFillTime(),
                filled ? at : body.lastFillTime(),
                body.endPrice(),
                body.endedAt(),
                body.version());
        return switch (order) {
            case Open open -> new Open(absorbed, before == null ? null : open.waits());
            case Parked parked -> new Parked(absorbed, parked.why());
            case Closing closing -> new Closing(absorbed, closing.as(), closing.why());
            case Ended ended -> new Ended(absorbed, ended.as());
        };
    }

    private static int living(@Nullable Route route) {
        return route != null && route.live() ? 1 : 0;
    }

    private static int acknowledged(@Nullable Route route) {
        return route != null && route.live() && route.body().acknowledgedAt() != null ? 1 : 0;
    }

    private static int rejected(@Nullable Route route) {
        return route instanceof Route.Ended ended && ended.as() == OrdStatus.REJECTED ? 1 : 0;
    }

    private static Body next(Body body) {
        return changed(body, body.quantity(), body.limit(), body.end(), body.plan(), body.endPrice(), body.endedAt());
    }

    private static Body changed(
            Body body,
            Quantity quantity,
            @Nullable Price limit,
            Instant end,
            Plan plan,
            @Nullable Price endPrice,
            @Nullable Instant endedAt) {
        return new Body(
                body.orderId(),
                body.terms(),
                quantity,
                limit,
                end,
                plan,
                body.executed(),
                body.value(),
                body.outstanding(),
                body.routes(),
                body.live(),
                body.acknowledged(),
                body.rejections(),
                body.firstFillTime(),
                body.lastFillTime(),
                endPrice,
                endedAt,
                body.version() + 1);
    }
}
