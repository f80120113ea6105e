package org.tradesuite.execution.order;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Money;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * What one broker holds of a parent order. It is sent, acknowledged, filled in parts, changed and cancelled on request or
 * by the broker alone, and in the end filled, cancelled, rejected, expired or done for the day. Filled is not the end of
 * the story: a bust or a correction opens it again, and a cancelled route may still get a fill that was under way.
 *
 * <p>FIX Appendix D is the rulebook. ExecType (150) says what happened and OrdStatus (39) what the broker thinks the order
 * is; decisions here rest on what happened and on our own quantities. While a route is live OrderQty = CumQty + LeavesQty;
 * once it ended LeavesQty is zero. A request that is under way never changes the quantities: its answer does.
 *
 * <p>What a broker reports is never refused. What cannot be booked is kept as {@link Quarantined} or {@link Disagreed}.
 */
public sealed interface Route {

    // States

    Body body();

    /** Sent, and not a word from the broker yet. */
    record Sent(Body body) implements Route {}

    /**
     * The broker has it.
     *
     * @param mark NEW, PENDING_NEW, STOPPED, SUSPENDED or CALCULATED, as last reported
     */
    record Live(Body body, OrdStatus mark) implements Route {}

    /** Asked about and not answered: it may be alive, and a person has to find out. Anything the broker says resolves it. */
    record Unknown(Body body, String reason) implements Route {}

    /** @param as FILLED, CANCELED, REJECTED, EXPIRED or DONE_FOR_DAY */
    record Ended(Body body, OrdStatus as) implements Route {}

    /**
     * What all states have.
     *
     * @param clOrdId the id the broker last accepted
     * @param requests how many ids this route has used: the order itself, its cancels and replaces
     * @param pending cancels and replaces the broker has not answered, oldest first
     * @param refusals requests of ours that the broker refused, one after the other, since it last granted one
     * @param value sum of quantity times price of the live executions
     * @param newest executions, newest first
     * @param brokerCumulative the highest CumQty the broker reported; above ours while executions are still to come
     * @param asked how often we asked for its status since the broker last said something
     * @param mid of the market when it was opened
     * @param version of the stream
     */
    record Body(
            String routeId,
            String orderId,
            BrokerId broker,
            String brokerReason,
            Side side,
            OrderType type,
            String clOrdId,
            int requests,
            List<Request> pending,
            int refusals,
            Quantity quantity,
            @Nullable Price price,
            Quantity cumulative,
            BigDecimal value,
            @Nullable Execution newest,
            int executions,
            @Nullable String brokerOrderId,
            Quantity brokerCumulative,
            int asked,
            Instant sentAt,
            @Nullable Instant acknowledgedAt,
            @Nullable Instant endedAt,
            Instant heardAt,
            @Nullable String rejectReason,
            @Nullable Price mid,
            int version) {

        /** OrderQty less CumQty, never below zero. */
        public Quantity remainder() {
            return quantity.compareTo(cumulative) <= 0 ? Quantity.ZERO : quantity.minus(cumulative);
        }

        public @Nullable Price average() {
            return cumulative.isZero() ? null : Price.of(value.divide(cumulative.value(), 10, RoundingMode.HALF_EVEN));
        }

        /** The id of the next request; deterministic, and never given twice because requests only counts up. */
        String nextClOrdId() {
            return routeId + "-" + (requests + 1);
        }

        /** OrderQty as it shall be: what was asked for last, else what is. */
        public Quantity wanted() {
            var last = newest(false);
            return last == null || last.quantity() == null ? quantity : last.quantity();
        }

        /** What OrigClOrdID (41) of the next request says: the request before it if that is still open. */
        String chainHead() {
            return pending.isEmpty() ? clOrdId : pending.getLast().clOrdId();
        }

        @Nullable
        Request pending(@Nullable String id) {
            for (var request : pending) {
                if (request.clOrdId().equals(id)) {
                    return request;
                }
            }
            return null;
        }

        /** The newest open request of a kind: what an answer means that names no id of ours. */
        @Nullable
        Request newest(boolean cancel) {
            for (var request : pending.reversed()) {
                if (request.cancel() == cancel) {
                    return request;
                }
            }
            return null;
        }
    }

    /** @param quantity OrderQty asked for, null for a cancel */
    record Request(
            String clOrdId,
            String origClOrdId,
            boolean cancel,
            @Nullable Quantity quantity,
            @Nullable Price price,
            Instant at,
            boolean acknowledged) {}

    default boolean live() {
        return !(this instanceof Ended);
    }

    /** LeavesQty: what can still be executed as far as we know. */
    default Quantity leaves() {
        return live() ? body().remainder() : Quantity.ZERO;
    }

    /**
     * What the parent must count as being with the broker: the larger of what is and what was asked for while a replace is
     * open, and executions that the broker counts and we have not seen.
     */
    default Quantity outstanding() {
        var body = body();
        var total = live() ? body.quantity() : Quantity.ZERO;
        if (live() || filled()) {
            for (var request : body.pending()) {
                if (request.quantity() != null && request.quantity().compareTo(total) > 0) {
                    total = request.quantity();
                }
            }
        }
        if (body.brokerCumulative().compareTo(total) > 0) {
            total = body.brokerCumulative();
        }
        return total.compareTo(body.cumulative()) <= 0 ? Quantity.ZERO : total.minus(body.cumulative());
    }

    default boolean filled() {
        return this instanceof Ended ended && ended.as() == OrdStatus.FILLED;
    }

    /** Filled, and a replace that makes it larger is under way (C.1.c). */
    default boolean reopening() {
        if (filled()) {
            for (var request : body().pending()) {
                if (request.quantity() != null && request.quantity().compareTo(body().cumulative()) > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * OrdStatus by the precedence of Appendix D: an open cancel, an open replace, then what it is. We deviate for a filled
     * route: it is shown filled while a cancel is open, because nothing is left that could be cancelled (B.1.c).
     */
    default OrdStatus status() {
        return switch (this) {
            case Ended ended -> reopening() ? OrdStatus.PENDING_REPLACE : ended.as();
            case Unknown _ -> OrdStatus.UNKNOWN;
            case Sent sent -> pendingStatus(sent.body(), OrdStatus.SENT);
            case Live live ->
                pendingStatus(
                        live.body(),
                        live.mark() == OrdStatus.NEW
                                        && !live.body().cumulative().isZero()
                                ? OrdStatus.PARTIALLY_FILLED
                                : live.mark());
        };
    }

    private static OrdStatus pendingStatus(Body body, OrdStatus otherwise) {
        if (body.newest(true) != null) {
            return OrdStatus.PENDING_CANCEL;
        }
        return body.newest(false) != null ? OrdStatus.PENDING_REPLACE : otherwise;
    }

    // Commands

    sealed interface Command {}

    /** We want it cancelled. */
    record Cancel(String reason) implements Command {}

    /** We want the full order to be this from now on. */
    record Replace(Quantity quantity, @Nullable Price price) implements Command {}

    /** An execution, with the quote of the moment and what the broker charges for it. */
    record Execute(
            ExecutionReport report,
            String fillId,
            @Nullable Price bid,
            @Nullable Price ask,
            Money charges) implements Command {}

    /** 150=H: an execution did not happen. */
    record Bust(ExecutionReport report) implements Command {}

    /** 150=G: an execution was other than reported. */
    record Correct(ExecutionReport report, String fillId, Money charges) implements Command {}

    /** 150=0, A, 7, 9, B, and acknowledgements in the clothes of a fill. */
    record Acknowledge(ExecutionReport report) implements Command {}

    /** 150=6 or E: the broker has our request and thinks about it. */
    record Consider(ExecutionReport report) implements Command {}

    /** 150=5. */
    record ConfirmReplace(ExecutionReport report) implements Command {}

    /** 150=D: the broker changed the order by itself. */
    record Restate(ExecutionReport report) implements Command {}

    /** 150=4, 8, C or 3. */
    record End(ExecutionReport report, OrdStatus as) implements Command {}

    /** 150=I: the answer to a question; what it says is compared, not booked. */
    record Compare(ExecutionReport report) implements Command {}

    /** 35=9. */
    record RefuseRequest(
            String clOrdId,
            boolean toReplace,
            @Nullable String reason,
            @Nullable String text) implements Command {}

    /** 35=j or 35=3 to one of our messages, or the line could not send it. */
    record RefuseMessage(
            String refMessageType, String clOrdId, @Nullable String text) implements Command {}

    /** It is time to ask with 35=H. */
    record Ask() implements Command {}

    /** We asked often enough. */
    record GiveUp(String reason) implements Command {}

    /** The command that a report is, by its ExecType. */
    static Command command(
            ExecutionReport report, String fillId, @Nullable Price bid, @Nullable Price ask, Money charges) {
        if (report.isExecution()) {
            return new Execute(report, fillId, bid, ask, charges);
        }
        return switch (report.execType()) {
            case TRADE, TRADE_CORRECT -> new Correct(report, fillId, charges);
            case TRADE_CANCEL -> new Bust(report);
            case NEW, PARTIAL_FILL, FILL, PENDING_NEW, STOPPED, SUSPENDED, CALCULATED -> new Acknowledge(report);
            case PENDING_CANCEL, PENDING_REPLACE -> new Consider(report);
            case REPLACED -> new ConfirmReplace(report);
            case RESTATED -> new Restate(report);
            case CANCELED -> new End(report, OrdStatus.CANCELED);
            case REJECTED -> new End(report, OrdStatus.REJECTED);
            case EXPIRED -> new End(report, OrdStatus.EXPIRED);
            case DONE_FOR_DAY -> new End(report, OrdStatus.DONE_FOR_DAY);
            case ORDER_STATUS -> new Compare(report);
        };
    }

    // Events

    sealed interface Event extends Fact {}

    /**
     * Its id is given; it may be sent once this is in the journal.
     *
     * @param mid of the market at this moment; what its fills are measured against
     * @param marketVolume printed since the parent's plan began
     */
    record Opened(
            String orderId,
            BrokerId broker,
            String brokerReason,
            String clOrdId,
            Side side,
            OrderType type,
            Quantity quantity,
            @Nullable Price price,
            @Nullable Price mid,
            Quantity marketVolume)
            implements Event {}

    record Acknowledged(String execId, @Nullable String brokerOrderId, OrdStatus mark) implements Event {}

    /** How a fill stands to the order it came for. */
    enum FillKind {
        REGULAR,
        /** More than was ordered: booked, because we own it. */
        OVERFILL,
        /** The order had ended; the fill was under way. */
        AFTER_END
    }

    /**
     * @param brokerCumulative CumQty (14) as the broker has it after this fill
     * @param brokerAverage AvgPx (6), kept for comparison only
     * @param charges commission and fees at the broker's rate
     */
    record Filled(
            String fillId,
            String execId,
            LocalDate tradeDate,
            @Nullable String clOrdId,
            @Nullable String brokerOrderId,
            Quantity quantity,
            Price price,
            Instant transactTime,
            @Nullable String lastMarket,
            @Nullable String lastCapacity,
            @Nullable String lastLiquidity,
            @Nullable Price bid,
            @Nullable Price ask,
            @Nullable Quantity brokerCumulative,
            @Nullable Price brokerAverage,
            Money charges,
            FillKind kind)
            implements Event {}

    /** @param fillId the fill that never was, with its quantity and price so that positions can be undone from here */
    record Busted(String execId, String execRefId, LocalDate tradeDate, String fillId, Quantity quantity, Price price)
            implements Event {}

    /** @param replacedFillId the fill that was wrong, with what it said */
    record Corrected(
            String execId,
            String execRefId,
            LocalDate tradeDate,
            String replacedFillId,
            Quantity replacedQuantity,
            Price replacedPrice,
            String fillId,
            Quantity quantity,
            Price price,
            Instant transactTime,
            Money charges)
            implements Event {}

    record CancelRequested(String clOrdId, String origClOrdId, String reason) implements Event {}

    record ReplaceRequested(
            String clOrdId,
            String origClOrdId,
            Quantity quantity,
            @Nullable Price price) implements Event {}

    record RequestConsidered(String clOrdId) implements Event {}

    record RequestRefused(
            String clOrdId,
            @Nullable String reason,
            @Nullable String text) implements Event {}

    /** @param implied no 150=5 came, but a fill of the replacement did */
    record Replaced(
            String clOrdId,
            @Nullable String brokerOrderId,
            Quantity quantity,
            @Nullable Price price,
            boolean implied) implements Event {}

    record Restated(
            Quantity quantity,
            @Nullable Price price,
            @Nullable String reason) implements Event {}

    /**
     * @param brokerCumulative CumQty (14): above ours if executions are still under way
     * @param unsolicited we did not ask for it
     */
    record Finished(
            String execId,
            OrdStatus as,
            @Nullable Quantity brokerCumulative,
            boolean unsolicited,
            @Nullable String reason,
            @Nullable String text)
            implements Event {}

    record Asked(String clOrdId) implements Event {}

    record BecameUnknown(String reason) implements Event {}

    /** The broker counts otherwise, and says so without an execution to book. */
    record Disagreed(
            String execId,
            OrdStatus brokerStatus,
            @Nullable Quantity brokerCumulative,
            @Nullable Price brokerAverage) implements Event {}

    /** A report that cannot be booked, kept for a person. */
    record Quarantined(
            String execId,
            @Nullable String execRefId,
            LocalDate tradeDate,
            ExecType execType,
            @Nullable Quantity quantity,
            @Nullable Price price,
            String why)
            implements Event {}

    // Refusals: only our own wishes can be refused

    enum Refusal {
        HAS_ENDED,
        CANCEL_IS_PENDING,
        NOT_ACKNOWLEDGED,
        BELOW_EXECUTED_QUANTITY,
        NOTHING_TO_CHANGE
    }

    sealed interface Outcome {}

    record Happened(List<Event> events) implements Outcome {}

    record Refused(Refusal refusal) implements Outcome {}

    Outcome NOTHING = new Happened(List.of());

    // Decide

    /** State and command, so that the table below is one switch and the compiler finds a missing row. */
    record Situation(Route route, Command command) {}

    static Outcome decide(Route route, Command command) {
        return switch (new Situation(route, command)) {
            case Situation(Sent s, Cancel c) -> requestCancel(s, c);
            case Situation(Live s, Cancel c) -> requestCancel(s, c);
            case Situation(Unknown s, Cancel c) -> requestCancel(s, c);
            case Situation(Ended _, Cancel _) -> new Refused(Refusal.HAS_ENDED);

            // Not acknowledged yet: the broker has it before it has this
            case Situation(Sent s, Replace c) -> requestReplace(s, c);
            case Situation(Live s, Replace c) -> requestReplace(s, c);
            case Situation(Unknown _, Replace _) -> new Refused(Refusal.NOT_ACKNOWLEDGED);
            // J.1.a: a filled order may be made larger
            case Situation(Ended s, Replace c) ->
                s.as() == OrdStatus.FILLED ? requestReplace(s, c) : new Refused(Refusal.HAS_ENDED);

            case Situation(Sent s, Execute c) -> execute(s, c);
            case Situation(Live s, Execute c) -> execute(s, c);
            case Situation(Unknown s, Execute c) -> execute(s, c);
            case Situation(Ended s, Execute c) -> execute(s, c);

            case Situation(Route s, Bust c) -> bust(s, c);
            case Situation(Route s, Correct c) -> correct(s, c);

            case Situation(Sent _, Acknowledge c) -> happened(acknowledged(c.report()));
            case Situation(Live s, Acknowledge c) -> acknowledge(s, c.report());
            case Situation(Unknown _, Acknowledge c) -> happened(acknowledged(c.report()));
            // An acknowledgement that comes late or again says nothing new, unless the order was thought to be refused
            case Situation(Ended s, Acknowledge c) -> s.as() == OrdStatus.REJECTED ? disagree(s, c.report()) : NOTHING;

            // A broker that considers a request has the order
            case Situation(Sent s, Consider c) -> considerUnheard(s, c.report());
            case Situation(Live s, Consider c) -> consider(s, c.report());
            case Situation(Unknown s, Consider c) -> considerUnheard(s, c.report());
            case Situation(Ended _, Consider _) -> NOTHING;

            case Situation(Sent s, ConfirmReplace c) -> replaced(s, c.report());
            case Situation(Live s, ConfirmReplace c) -> replaced(s, c.report());
            case Situation(Unknown s, ConfirmReplace c) -> replaced(s, c.report());
            case Situation(Ended s, ConfirmReplace c) ->
                s.as() == OrdStatus.FILLED ? replaced(s, c.report()) : disagree(s, c.report());

            case Situation(Sent s, Restate c) -> restate(s, c.report());
            case Situation(Live s, Restate c) -> restate(s, c.report());
            case Situation(Unknown s, Restate c) -> restate(s, c.report());
            case Situation(Ended s, Restate c) -> disagreeIfCountedOtherwise(s, c.report());

            case Situation(Sent s, End c) -> end(s, c);
            case Situation(Live s, End c) -> end(s, c);
            case Situation(Unknown s, End c) -> end(s, c);
            case Situation(Ended s, End c) -> endAgain(s, c);

            case Situation(Sent s, Compare c) -> compareUnheard(s, c.report());
            case Situation(Live s, Compare c) -> compare(s, c.report());
            case Situation(Unknown s, Compare c) -> compareUnheard(s, c.report());
            case Situation(Ended s, Compare c) -> disagreeIfCountedOtherwise(s, c.report());

            case Situation(Route s, RefuseRequest c) ->
                refuseRequest(s, c.clOrdId(), c.toReplace(), c.reason(), c.text());
            case Situation(Route s, RefuseMessage c) -> refuseMessage(s, c);

            case Situation(Sent s, Ask _) -> happened(new Asked(s.body().clOrdId()));
            case Situation(Live s, Ask _) -> happened(new Asked(s.body().clOrdId()));
            case Situation(Unknown s, Ask _) -> happened(new Asked(s.body().clOrdId()));
            case Situation(Ended s, Ask _) ->
                s.reopening() ? happened(new Asked(s.body().clOrdId())) : NOTHING;

            case Situation(Sent _, GiveUp c) -> happened(new BecameUnknown(c.reason()));
            case Situation(Live s, GiveUp c) ->
                s.body().pending().isEmpty() ? NOTHING : happened(new BecameUnknown(c.reason()));
            case Situation(Unknown _, GiveUp _) -> NOTHING;
            case Situation(Ended s, GiveUp c) -> s.reopening() ? happened(new BecameUnknown(c.reason())) : NOTHING;
        };
    }

    private static Outcome happened(Event event) {
        return new Happened(List.of(event));
    }

    private static Outcome requestCancel(Route route, Cancel command) {
        var body = route.body();
        // Asking again changes nothing and the id would be wasted; an unanswered cancel is asked about with 35=H.
        if (body.newest(true) != null) {
            return new Refused(Refusal.CANCEL_IS_PENDING);
        }
        return happened(new CancelRequested(body.nextClOrdId(), body.chainHead(), command.reason()));
    }

    private static Outcome requestReplace(Route route, Replace command) {
        var body = route.body();
        if (body.newest(true) != null) {
            return new Refused(Refusal.CANCEL_IS_PENDING);
        }
        if (command.quantity().compareTo(body.cumulative()) < 0) {
            return new Refused(Refusal.BELOW_EXECUTED_QUANTITY);
        }
        var last = body.newest(false);
        var quantity = body.wanted();
        var price = last != null ? last.price() : body.price();
        if (command.quantity().equals(quantity) && java.util.Objects.equals(command.price(), price)) {
            return new Refused(Refusal.NOTHING_TO_CHANGE);
        }
        return happened(
                new ReplaceRequested(body.nextClOrdId(), body.chainHead(), command.quantity(), command.price()));
    }

    private static Outcome execute(Route route, Execute command) {
        var body = route.body();
        var report = command.report();
        var quantity = report.lastQuantity();
        var price = report.lastPrice();
        if (quantity == null || quantity.isZero() || price == null) {
            return quarantine(report, "an execution without LastQty (32) or LastPx (31)");
        }
        if (report.side() != null && report.side() != body.side()) {
            return quarantine(report, "an execution to " + report.side() + " of an order to " + body.side());
        }
        var events = new ArrayList<Event>(2);
        var total = body.quantity();
        // The broker fills the replacement: it must have accepted it, and its 150=5 is late or lost. Not so while it
        // says
        // 39=E, where a fill of the old order carries the new id too (D.1.a).
        var request = body.pending(report.clOrdId());
        if (request != null
                && request.quantity() != null
                && route.live()
                && report.ordStatus() != OrdStatus.PENDING_REPLACE
                && report.origClOrdId() == null
                && request.quantity().equals(report.orderQuantity())) {
            total = larger(request.quantity(), body.cumulative());
            events.add(new Replaced(request.clOrdId(), report.brokerOrderId(), total, request.price(), true));
        }
        var after = body.cumulative().plus(quantity);
        var kind = after.compareTo(total) > 0
                ? FillKind.OVERFILL
                : !route.live() && !route.filled() ? FillKind.AFTER_END : FillKind.REGULAR;
        events.add(new Filled(
                command.fillId(),
                report.execId(),
                report.tradeDate(),
                report.clOrdId(),
                report.brokerOrderId(),
                quantity,
                price,
                report.transactTime(),
                report.lastMarket(),
                report.lastCapacity(),
                report.lastLiquidity(),
                command.bid(),
                command.ask(),
                report.cumQuantity(),
                report.averagePrice(),
                command.charges(),
                kind));
        return new Happened(events);
    }

    private static Outcome bust(Route route, Bust command) {
        var report = command.report();
        var execution = Execution.find(route.body().newest(), report.execRefId());
        return execution == null
                ? quarantine(report, "it takes back an execution that this route does not have")
                : happened(new Busted(
                        report.execId(),
                        execution.execId(),
                        report.tradeDate(),
                        execution.fillId(),
                        execution.quantity(),
                        execution.price()));
    }

    private static Outcome correct(Route route, Correct command) {
        var report = command.report();
        var execution = Execution.find(route.body().newest(), report.execRefId());
        var quantity = report.lastQuantity();
        var price = report.lastPrice();
        if (execution == null) {
            return quarantine(report, "it corrects an execution that this route does not have");
        }
        if (quantity == null || quantity.isZero() || price == null) {
            return quarantine(report, "a correction without LastQty (32) or LastPx (31)");
        }
        return happened(new Corrected(
                report.execId(),
                execution.execId(),
                report.tradeDate(),
                execution.fillId(),
                execution.quantity(),
                execution.price(),
                command.fillId(),
                quantity,
                price,
                report.transactTime(),
                command.charges()));
    }

    private static Outcome quarantine(ExecutionReport report, String why) {
        return happened(new Quarantined(
                report.execId(),
                report.execRefId(),
                report.tradeDate(),
                report.execType(),
                report.lastQuantity(),
                report.lastPrice(),
                why));
    }

    private static Acknowledged acknowledged(ExecutionReport report) {
        var mark = switch (report.execType()) {
            case PENDING_NEW -> OrdStatus.PENDING_NEW;
            case STOPPED -> OrdStatus.STOPPED;
            case SUSPENDED -> OrdStatus.SUSPENDED;
            case CALCULATED -> OrdStatus.CALCULATED;
            default -> report.ordStatus() == OrdStatus.PENDING_NEW ? OrdStatus.PENDING_NEW : OrdStatus.NEW;
        };
        return new Acknowledged(report.execId(), report.brokerOrderId(), mark);
    }

    private static Outcome acknowledge(Live route, ExecutionReport report) {
        var event = acknowledged(report);
        // A PendingNew that was overtaken by its New does not take the order back.
        var backward = event.mark() == OrdStatus.PENDING_NEW;
        return event.mark() == route.mark() || backward ? NOTHING : happened(event);
    }

    private static Outcome consider(Route route, ExecutionReport report) {
        var request = request(route.body(), report.clOrdId(), report.execType() == ExecType.PENDING_CANCEL);
        return request == null || request.acknowledged() ? NOTHING : happened(new RequestConsidered(request.clOrdId()));
    }

    private static Outcome considerUnheard(Route route, ExecutionReport report) {
        var request = request(route.body(), report.clOrdId(), report.execType() == ExecType.PENDING_CANCEL);
        var known = new Acknowledged(report.execId(), report.brokerOrderId(), OrdStatus.NEW);
        return request == null
                ? happened(known)
                : new Happened(List.of(known, new RequestConsidered(request.clOrdId())));
    }

    private static Outcome replaced(Route route, ExecutionReport report) {
        var body = route.body();
        var request = request(body, report.clOrdId(), false);
        if (request == null) {
            // Not asked for, or its fill already told us: only what differs is news.
            return restate(route, report);
        }
        var asked = request.quantity() == null ? body.quantity() : request.quantity();
        var quantity = report.orderQuantity() == null ? asked : report.orderQuantity();
        var price = report.price() == null ? request.price() : report.price();
        // C.3.c: a quantity below what is executed is amended up to it
        return happened(new Replaced(
                request.clOrdId(), report.brokerOrderId(), larger(quantity, body.cumulative()), price, false));
    }

    private static Outcome restate(Route route, ExecutionReport report) {
        var body = route.body();
        var quantity =
                report.orderQuantity() == null ? body.quantity() : larger(report.orderQuantity(), body.cumulative());
        var price = report.price() == null ? body.price() : report.price();
        if (quantity.equals(body.quantity()) && java.util.Objects.equals(price, body.price())) {
            return NOTHING;
        }
        return happened(new Restated(quantity, price, report.restatementReason()));
    }

    private static Outcome end(Route route, End command) {
        var report = command.report();
        if (command.as() == OrdStatus.REJECTED && report.ordStatus() != OrdStatus.REJECTED) {
            // F.1.c: 150=8 with 103=6 refuses a duplicate, and 39 shows that the first one lives.
            return NOTHING;
        }
        var unsolicited = command.as() == OrdStatus.CANCELED && route.body().newest(true) == null;
        return happened(new Finished(
                report.execId(),
                command.as(),
                report.cumQuantity(),
                unsolicited,
                command.as() == OrdStatus.REJECTED ? report.rejectReason() : report.restatementReason(),
                report.text()));
    }

    private static Outcome endAgain(Ended route, End command) {
        var open = route.body().newest(command.as() == OrdStatus.CANCELED);
        if (route.as() == OrdStatus.FILLED && open != null) {
            return happened(new RequestRefused(open.clOrdId(), null, "filled before"));
        }
        return disagreeIfCountedOtherwise(route, command.report());
    }

    private static Outcome compare(Live route, ExecutionReport report) {
        if (countedOtherwise(route.body(), report)) {
            return disagreeIfCountedOtherwise(route, report);
        }
        return switch (report.ordStatus()) {
            // The end was reported and we missed it
            case CANCELED, EXPIRED, DONE_FOR_DAY, REJECTED -> end(route, new End(report, report.ordStatus()));
            default -> NOTHING;
        };
    }

    private static Outcome compareUnheard(Route route, ExecutionReport report) {
        return switch (report.ordStatus()) {
            case CANCELED, EXPIRED, DONE_FOR_DAY, REJECTED -> end(route, new End(report, report.ordStatus()));
            default -> {
                var known = new Acknowledged(
                        report.execId(),
                        report.brokerOrderId(),
                        report.ordStatus() == OrdStatus.PENDING_NEW ? OrdStatus.PENDING_NEW : OrdStatus.NEW);
                yield countedOtherwise(route.body(), report)
                        ? new Happened(List.of(known, disagreed(report)))
                        : happened(known);
            }
        };
    }

    private static boolean countedOtherwise(Body body, ExecutionReport report) {
        return report.cumQuantity() != null && !report.cumQuantity().equals(body.cumulative());
    }

    private static Outcome disagreeIfCountedOtherwise(Route route, ExecutionReport report) {
        var body = route.body();
        // Said once: the broker repeats it until the missing execution arrives.
        return !countedOtherwise(body, report) || body.brokerCumulative().equals(report.cumQuantity())
                ? NOTHING
                : happened(disagreed(report));
    }

    private static Outcome disagree(Route route, ExecutionReport report) {
        return route.live() ? NOTHING : happened(disagreed(report));
    }

    private static Disagreed disagreed(ExecutionReport report) {
        return new Disagreed(report.execId(), report.ordStatus(), report.cumQuantity(), report.averagePrice());
    }

    private static Outcome refuseRequest(
            Route route, String clOrdId, boolean toReplace, @Nullable String reason, @Nullable String text) {
        var request = request(route.body(), clOrdId, !toReplace);
        return request == null ? NOTHING : happened(new RequestRefused(request.clOrdId(), reason, text));
    }

    private static Outcome refuseMessage(Route route, RefuseMessage command) {
        return switch (command.refMessageType()) {
            case "D" ->
                route instanceof Sent || route instanceof Unknown
                        ? happened(new Finished(
                                command.clOrdId(), OrdStatus.REJECTED, null, false, "35=j", command.text()))
                        : NOTHING;
            case "F" -> refuseRequest(route, command.clOrdId(), false, "35=j", command.text());
            case "G" -> refuseRequest(route, command.clOrdId(), true, "35=j", command.text());
            // The broker does not answer questions: nothing left to ask.
            case "H" ->
                route instanceof Sent
                                || (route instanceof Live
                                        && !route.body().pending().isEmpty())
                        ? happened(new BecameUnknown("the broker does not take status requests"))
                        : NOTHING;
            default -> NOTHING;
        };
    }

    /** The request an answer means: by its id, else, for brokers that answer under the original id, the newest of its kind. */
    private static @Nullable Request request(Body body, @Nullable String clOrdId, boolean cancel) {
        var named = body.pending(clOrdId);
        if (named != null) {
            return named;
        }
        return clOrdId == null || clOrdId.equals(body.clOrdId()) || clOrdId.equals(body.routeId() + "-1")
                ? body.newest(cancel)
                : null;
    }

    private static Quantity larger(Quantity one, Quantity other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    // Evolve

    static Route open(String routeId, Opened event, Instant at) {
        return new Sent(new Body(
                routeId,
                event.orderId(),
                event.broker(),
                event.brokerReason(),
                event.side(),
                event.type(),
                event.clOrdId(),
                1,
                List.of(),
                0,
                event.quantity(),
                event.price(),
                Quantity.ZERO,
                BigDecimal.ZERO,
                null,
                0,
                null,
                Quantity.ZERO,
                0,
                at,
                null,
                null,
                at,
                null,
                event.mid(),
                1));
    }

    static Route evolve(Route route, Event event, Instant at) {
        var draft = new Draft(route.body(), at);
        return switch (event) {
            case Opened _ ->
                throw new IllegalStateException("Route " + route.body().routeId() + " was opened twice");
            case Acknowledged e -> draft.acknowledged(e).heard(route, e.mark());
            case Filled e -> draft.filled(e).executed(route);
            case Busted e -> draft.busted(e).executed(route);
            case Corrected e -> draft.corrected(e).executed(route);
            case CancelRequested e -> draft.cancelRequested(e).same(route);
            case ReplaceRequested e -> draft.replaceRequested(e).same(route);
            case RequestConsidered e -> draft.considered(e).heard(route, null);
            case RequestRefused e -> draft.refused(e).heard(route, null);
            case Replaced e -> draft.replaced(e).executed(route);
            case Restated e -> draft.restated(e).executed(route);
            case Finished e -> draft.finished(e);
            case Asked _ -> draft.asked().same(route);
            case BecameUnknown e -> draft.unknown(e);
            case Disagreed e -> draft.disagreed(e).same(route);
            case Quarantined _ -> draft.touched().same(route);
        };
    }

    /** A body being changed; lives for one event. */
    final class Draft {
        private final Body old;
        private final Instant at;
        private String clOrdId;
        private int requests;
        private List<Request> pending;
        private int refusals;
        private Quantity quantity;
        private @Nullable Price price;
        private Quantity cumulative;
        private BigDecimal value;
        private @Nullable Execution newest;
        private int executions;
        private @Nullable String brokerOrderId;
        private Quantity brokerCumulative;
        private int asked;
        private @Nullable Instant acknowledgedAt;
        private @Nullable Instant endedAt;
        private Instant heardAt;
        private @Nullable String rejectReason;

        private Draft(Body old, Instant at) {
            this.old = old;
            this.at = at;
            clOrdId = old.clOrdId();
            requests = old.requests();
            pending = old.pending();
            refusals = old.refusals();
            quantity = old.quantity();
            price = old.price();
            cumulative = old.cumulative();
            value = old.value();
            newest = old.newest();
            executions = old.executions();
            brokerOrderId = old.brokerOrderId();
            brokerCumulative = old.brokerCumulative();
            asked = old.asked();
            acknowledgedAt = old.acknowledgedAt();
            endedAt = old.endedAt();
            heardAt = old.heardAt();
            rejectReason = old.rejectReason();
        }

        private Body body() {
            return new Body(
                    old.routeId(),
                    old.orderId(),
                    old.broker(),
                    old.brokerReason(),
                    old.side(),
                    old.type(),
                    clOrdId,
                    requests,
                    pending,
                    refusals,
                    quantity,
                    price,
                    cumulative,
                    value,
                    newest,
                    executions,
                    brokerOrderId,
                    brokerCumulative,
                    asked,
                    old.sentAt(),
                    acknowledgedAt,
                    endedAt,
                    heardAt,
                    rejectReason,
                    old.mid(),
                    old.version() + 1);
        }

        private Draft touched() {
            heardAt = at;
            asked = 0;
            return this;
        }

        private Draft acknowledged(Acknowledged event) {
            acknowledgedAt = acknowledgedAt == null ? at : acknowledgedAt;
            brokerOrderId = event.brokerOrderId() == null ? brokerOrderId : event.brokerOrderId();
            return touched();
        }

        private Draft filled(Filled event) {
            acknowledgedAt = acknowledgedAt == null ? at : acknowledgedAt;
            brokerOrderId = event.brokerOrderId() == null ? brokerOrderId : event.brokerOrderId();
            add(new Execution(
                    event.fillId(),
                    event.execId(),
                    event.execId(),
                    event.tradeDate(),
                    event.quantity(),
                    event.price(),
                    event.transactTime(),
                    event.charges(),
                    true,
                    newest));
            if (event.brokerCumulative() != null) {
                brokerCumulative = larger(brokerCumulative, event.brokerCumulative());
            }
            return touched();
        }

        private Draft busted(Busted event) {
            remove(event.fillId(), event.quantity(), event.price());
            return touched();
        }

        private Draft corrected(Corrected event) {
            var wrong = Execution.ofFill(newest, event.replacedFillId());
            var root = wrong == null ? event.execRefId() : wrong.root();
            remove(event.replacedFillId(), event.replacedQuantity(), event.replacedPrice());
            add(new Execution(
                    event.fillId(),
                    event.execId(),
                    root,
                    event.tradeDate(),
                    event.quantity(),
                    event.price(),
                    event.transactTime(),
                    event.charges(),
                    true,
                    newest));
            return touched();
        }

        private void add(Execution execution) {
            newest = execution;
            executions++;
            cumulative = cumulative.plus(execution.quantity());
            value = value.add(execution.value());
        }

        private void remove(String fillId, Quantity was, Price at) {
            newest = Execution.without(newest, fillId);
            cumulative = cumulative.minus(was);
            value = value.subtract(at.value().multiply(was.value()));
            // What the broker counted before it took something back says nothing about executions still to come.
            brokerCumulative = Quantity.ZERO;
        }

        private Draft cancelRequested(CancelRequested event) {
            return requested(new Request(event.clOrdId(), event.origClOrdId(), true, null, null, at, false));
        }

        private Draft replaceRequested(ReplaceRequested event) {
            return requested(new Request(
                    event.clOrdId(), event.origClOrdId(), false, event.quantity(), event.price(), at, false));
        }

        private Draft requested(Request request) {
            var open = new ArrayList<>(pending);
            open.add(request);
            pending = List.copyOf(open);
            requests++;
            asked = 0;
            return this;
        }

        private Draft considered(RequestConsidered event) {
            pending = pending.stream()
                    .map(r -> r.clOrdId().equals(event.clOrdId())
                            ? new Request(
                                    r.clOrdId(), r.origClOrdId(), r.cancel(), r.quantity(), r.price(), r.at(), true)
                            : r)
                    .toList();
            return touched();
        }

        private Draft refused(RequestRefused event) {
            pending = pending.stream()
                    .filter(r -> !r.clOrdId().equals(event.clOrdId()))
                    .toList();
            refusals++;
            return touched();
        }

        private Draft replaced(Replaced event) {
            clOrdId = event.clOrdId();
            brokerOrderId = event.brokerOrderId() == null ? brokerOrderId : event.brokerOrderId();
            acknowledgedAt = acknowledgedAt == null ? at : acknowledgedAt;
            quantity = event.quantity();
            price = event.price();
            // It and what was asked for before it is settled; what was asked for after it is not.
            var after = new ArrayList<Request>();
            var settled = true;
            for (var request : pending) {
                if (!settled) {
                    after.add(request);
                }
                settled = settled && !request.clOrdId().equals(event.clOrdId());
            }
            pending = List.copyOf(after);
            refusals = 0;
            return touched();
        }

        private Draft restated(Restated event) {
            quantity = event.quantity();
            price = event.price();
            acknowledgedAt = acknowledgedAt == null ? at : acknowledgedAt;
            return touched();
        }

        private Draft asked() {
            asked++;
            heardAt = at;
            return this;
        }

        private Draft disagreed(Disagreed event) {
            brokerCumulative = event.brokerCumulative() == null ? brokerCumulative : event.brokerCumulative();
            return touched();
        }

        private Route finished(Finished event) {
            pending = List.of();
            endedAt = at;
            if (event.brokerCumulative() != null) {
                brokerCumulative = larger(brokerCumulative, event.brokerCumulative());
            }
            if (event.as() == OrdStatus.REJECTED) {
                rejectReason = event.text() == null ? event.reason() : event.text();
            }
            return new Ended(touched().body(), event.as());
        }

        private Route unknown(BecameUnknown event) {
            return new Unknown(body(), event.reason());
        }

        /** The broker spoke of it: it is live again if it was not heard of, and ended stays ended. */
        private Route heard(Route before, @Nullable OrdStatus mark) {
            return switch (before) {
                case Sent _ -> mark == null ? new Sent(body()) : new Live(body(), mark);
                case Live live -> new Live(body(), mark == null ? live.mark() : mark);
                // What was not known is the answer to a replace of a filled order; filled it is until that is given
                case Unknown _ when cumulative.compareTo(quantity) >= 0 -> new Ended(body(), OrdStatus.FILLED);
                case Unknown _ ->
                    acknowledgedAt == null && mark == null
                            ? new Sent(body())
                            : new Live(body(), mark == null ? OrdStatus.NEW : mark);
                case Ended ended -> new Ended(body(), ended.as());
            };
        }

        private Route same(Route before) {
            return switch (before) {
                case Sent _ -> new Sent(body());
                case Live live -> new Live(body(), live.mark());
                case Unknown unknown -> new Unknown(body(), unknown.reason());
                case Ended ended -> new Ended(body(), ended.as());
            };
        }

        /** Quantities moved: filled when nothing is left, open again when something is. */
        private Route executed(Route before) {
            if (before instanceof Ended ended && ended.as() != OrdStatus.FILLED) {
                return new Ended(body(), ended.as());
            }
            if (cumulative.compareTo(quantity) >= 0) {
                endedAt = endedAt == null ? at : endedAt;
                return new Ended(body(), OrdStatus.FILLED);
            }
            endedAt = null;
            var mark =
                    before instanceof Live live && live.mark() != OrdStatus.PENDING_NEW ? live.mark() : OrdStatus.NEW;
            return new Live(body(), mark);
        }
    }
}
