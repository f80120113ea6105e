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
     * @param claim what the broker answered last when it counted more than we had
     * @param asked how often we asked for its status since the broker last said something
     * @param stated what persons said of its end while nobody knew it, until the broker says something
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
            @Nullable Claim claim,
            int asked,
            @Nullable Stated stated,
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

    /**
     * An answer that counts more than was reported to us. The executions may be under way; if they do not come, one is
     * inferred.
     *
     * @param status OrdStatus (39) of the answer
     * @param cumulative CumQty (14)
     * @param average AvgPx (6)
     * @param at when we heard it
     */
    record Claim(
            LocalDate tradeDate,
            OrdStatus status,
            Quantity cumulative,
            @Nullable Price average,
            Instant transactTime,
            Instant at) {

        private boolean ends() {
            return switch (status) {
                case CANCELED, EXPIRED, DONE_FOR_DAY -> true;
                default -> false;
            };
        }
    }

    /**
     * How a route ended of which nobody knows, in a person's words.
     *
     * @param executed CumQty (14)
     * @param average AvgPx (6) if more was executed than was reported
     * @param by one person, or two who say the same
     */
    record Stated(OrdStatus as, Quantity executed, @Nullable Price average, String by) {}

    /** From which CumQty to which nothing was reported. */
    record Gap(Quantity above, Quantity to) {}

    /**
     * An execution that the broker counts and did not report.
     *
     * @param average AvgPx (6) of the answer it follows from, null for what is left after a part of it came
     */
    record Inference(
            Quantity quantity,
            Price price,
            Gap gap,
            @Nullable Price average,
            LocalDate tradeDate,
            Instant transactTime) {}

    /** Whether the broker's last answer counts more than we have. */
    default boolean claimed() {
        var claim = body().claim();
        return claim != null && claim.cumulative().compareTo(body().cumulative()) > 0;
    }

    /**
     * What the broker's answer is ahead of us, at the price with which our average is the broker's. Null if it is not ahead
     * or names no believable price.
     */
    default @Nullable Inference missing() {
        var body = body();
        var claim = body.claim();
        return claim == null || !claimed() || claim.average() == null
                ? null
                : missing(claim.cumulative(), claim.average(), claim.tradeDate(), claim.transactTime());
    }

    /** What is missing up to a CumQty (14) above ours, at the price that gives this AvgPx (6); null if it is no price. */
    default @Nullable Inference missing(Quantity cumulative, Price average, LocalDate tradeDate, Instant transactTime) {
        var body = body();
        var quantity = cumulative.minus(body.cumulative());
        var price = believable(average.value().multiply(cumulative.value()).subtract(body.value()), quantity, average);
        return price == null
                ? null
                : new Inference(
                        quantity, price, new Gap(body.cumulative(), cumulative), average, tradeDate, transactTime);
    }

    /** The inferred execution that a reported one belongs into: by CumQty, else because it happened before the answer. */
    private static @Nullable Execution standIn(Body body, ExecutionReport report) {
        for (var each = body.newest(); each != null; each = each.earlier()) {
            var gap = each.gap();
            if (!each.live() || gap == null) {
                continue;
            }
            var reached = report.cumQuantity();
            var within = reached == null
                    ? !report.transactTime().isAfter(each.transactTime())
                    : reached.compareTo(gap.to()) <= 0 && reached.compareTo(gap.above()) > 0;
            if (within) {
                return each;
            }
        }
        return null;
    }

    /** What is left of an inferred execution once a smaller one that belongs into it came; null if nothing is. */
    default @Nullable Inference rest(ExecutionReport report) {
        var standIn = report.isExecution() ? standIn(body(), report) : null;
        var quantity = report.lastQuantity();
        var price = report.lastPrice();
        if (standIn == null
                || standIn.gap() == null
                || quantity == null
                || price == null
                || quantity.compareTo(standIn.quantity()) >= 0) {
            return null;
        }
        var left = standIn.quantity().minus(quantity);
        var at = believable(standIn.value().subtract(price.value().multiply(quantity.value())), left, standIn.price());
        return at == null
                ? null
                : new Inference(left, at, standIn.gap(), null, standIn.tradeDate(), standIn.transactTime());
    }

    /**
     * A broker rounds AvgPx, and the less is missing of the whole the more that is worth: 0.005 on a million shares is 50 on
     * the last hundred. A price further than a tenth from the average is such an accident and not a price.
     */
    private static @Nullable Price believable(BigDecimal value, Quantity quantity, Price around) {
        var price = value.divide(quantity.value(), 10, RoundingMode.HALF_EVEN);
        return price.signum() > 0
                        && price.subtract(around.value())
                                        .abs()
                                        .movePointRight(1)
                                        .compareTo(around.value().abs())
                                <= 0
                ? Price.of(price)
                : null;
    }

    /** The same each time it is worked out, so that an inference that is made again is known again. */
    private static String inferredId(Body body, Inference what) {
        return "INFERRED/" + body.broker() + "/" + body.clOrdId() + "/"
                + what.gap().above() + "-" + what.gap().to() + "/" + what.quantity();
    }

    /** The ExecID under which it would be booked. */
    default String execIdOf(Inference what) {
        return inferredId(body(), what);
    }

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

    /** We waited long enough for an execution that the broker counts: it is booked without its report. */
    record Infer(
            Inference what,
            String fillId,
            @Nullable Price bid,
            @Nullable Price ask,
            Money charges) implements Command {}

    /**
     * A person has found out how it ended. Another one has to say the same.
     *
     * @param executed CumQty (14)
     * @param unreported what is executed of it beyond our count, at a believable price
     */
    record StateEnd(
            OrdStatus as,
            Quantity executed,
            @Nullable Price average,
            String by,
            @Nullable Infer unreported) implements Command {}

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
     * @param gap only of an inferred execution: no report came, the broker's count says it happened
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
            FillKind kind,
            @Nullable Gap gap)
            implements Event {}

    /** @param fillId the fill that never was, with its quantity and price so that positions can be undone from here */
    record Busted(String execId, String execRefId, LocalDate tradeDate, String fillId, Quantity quantity, Price price)
            implements Event {}

    /**
     * @param replacedFillId the fill that was wrong, with what it said
     * @param wasInferred nothing was wrong: the fill stood in for this execution, whose report has come now
     */
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
            Money charges,
            boolean wasInferred)
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

    /** The answer to our question is what we know already, whatever an earlier one said. */
    record Answered(OrdStatus brokerStatus, @Nullable Quantity brokerCumulative) implements Event {}

    record BecameUnknown(String reason) implements Event {}

    /** One person said how it ended; it stays unknown until another says the same. */
    record EndStated(
            OrdStatus as, Quantity executed, @Nullable Price average, String by) implements Event {}

    /** Two persons said so. If the broker says otherwise later, the broker is right. */
    record EndAgreed(OrdStatus as, Quantity executed, String first, String second) implements Event {}

    /**
     * The broker counts otherwise, and says so without an execution to book.
     *
     * @param answered it says so because we asked
     */
    record Disagreed(
            String execId,
            LocalDate tradeDate,
            OrdStatus brokerStatus,
            @Nullable Quantity brokerCumulative,
            @Nullable Price brokerAverage,
            Instant transactTime,
            boolean answered)
            implements Event {}

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
        IS_KNOWN,
        QUANTITY_DOES_NOT_FIT,
        NO_BELIEVABLE_PRICE,
        MAKER_IS_CHECKER,
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
            case Situation(Ended s, Acknowledge c) ->
                endedByWord(s)
                        ? happened(acknowledged(c.report()))
                        : s.as() == OrdStatus.REJECTED ? disagree(s, c.report()) : NOTHING;

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
            case Situation(Ended s, Compare c) ->
                endedByWord(s) && livesThere(c.report())
                        ? compareUnheard(s, c.report())
                        : disagreeIfCountedOtherwise(s, c.report());

            case Situation(Route s, RefuseRequest c) ->
                refuseRequest(s, c.clOrdId(), c.toReplace(), c.reason(), c.text());
            case Situation(Route s, RefuseMessage c) -> refuseMessage(s, c);

            case Situation(Sent s, Ask _) -> happened(new Asked(s.body().clOrdId()));
            case Situation(Live s, Ask _) -> happened(new Asked(s.body().clOrdId()));
            case Situation(Unknown s, Ask _) -> happened(new Asked(s.body().clOrdId()));
            case Situation(Ended s, Ask _) ->
                s.reopening() || !s.outstanding().isZero()
                        ? happened(new Asked(s.body().clOrdId()))
                        : NOTHING;

            case Situation(Sent _, GiveUp c) -> happened(new BecameUnknown(c.reason()));
            case Situation(Live _, GiveUp c) -> happened(new BecameUnknown(c.reason()));
            case Situation(Unknown _, GiveUp _) -> NOTHING;
            case Situation(Ended s, GiveUp c) -> s.reopening() ? happened(new BecameUnknown(c.reason())) : NOTHING;

            case Situation(Route s, Infer c) -> infer(s, c);

            case Situation(Unknown s, StateEnd c) -> stateEnd(s, c);
            case Situation(Sent _, StateEnd _) -> new Refused(Refusal.IS_KNOWN);
            case Situation(Live _, StateEnd _) -> new Refused(Refusal.IS_KNOWN);
            case Situation(Ended _, StateEnd _) -> new Refused(Refusal.IS_KNOWN);
        };
    }

    private static Outcome happened(Event event) {
        return new Happened(List.of(event));
    }

    private static Outcome stateEnd(Unknown route, StateEnd command) {
        var body = route.body();
        var executed = command.executed();
        var whole = executed.equals(body.quantity());
        // Only an execution taken back lowers our count, and only the broker can do that.
        if (executed.compareTo(body.cumulative()) < 0
                || executed.compareTo(body.quantity()) > 0
                || whole != (command.as() == OrdStatus.FILLED)
                || (command.as() == OrdStatus.REJECTED && !executed.isZero())) {
            return new Refused(Refusal.QUANTITY_DOES_NOT_FIT);
        }
        if (executed.compareTo(body.cumulative()) > 0 && command.unreported() == null) {
            return new Refused(Refusal.NO_BELIEVABLE_PRICE);
        }
        var said = body.stated();
        if (said == null
                || said.as() != command.as()
                || !said.executed().equals(executed)
                || !java.util.Objects.equals(said.average(), command.average())) {
            return happened(new EndStated(command.as(), executed, command.average(), command.by()));
        }
        if (said.by().equals(command.by())) {
            return new Refused(Refusal.MAKER_IS_CHECKER);
        }
        var events = new ArrayList<Event>(2);
        if (command.unreported() != null) {
            events.add(inferred(route, command.unreported()));
        }
        events.add(new EndAgreed(command.as(), executed, said.by(), command.by()));
        return new Happened(events);
    }

    /** It ended because persons said so: then the broker may still say that it lives. */
    private static boolean endedByWord(Ended route) {
        return route.body().stated() != null && route.as() != OrdStatus.FILLED;
    }

    private static boolean livesThere(ExecutionReport report) {
        return switch (report.ordStatus()) {
            case CANCELED, FILLED, REJECTED, EXPIRED, DONE_FOR_DAY -> false;
            default -> true;
        };
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
        var standIn = standIn(body, report);
        if (standIn != null) {
            events.add(new Corrected(
                    report.execId(),
                    standIn.execId(),
                    report.tradeDate(),
                    standIn.fillId(),
                    standIn.quantity(),
                    standIn.price(),
                    command.fillId(),
                    quantity,
                    price,
                    report.transactTime(),
                    command.charges(),
                    true));
            return new Happened(events);
        }
        var after = body.cumulative().plus(quantity);
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
                kind(route, after, total),
                null));
        endAsClaimed(route, report.execId(), after, total, events);
        return new Happened(events);
    }

    private static FillKind kind(Route route, Quantity after, Quantity total) {
        return after.compareTo(total) > 0
                ? FillKind.OVERFILL
                : !route.live() && !route.filled() ? FillKind.AFTER_END : FillKind.REGULAR;
    }

    /** The answer said that it ended with so much executed: now that so much is here, it has. */
    private static void endAsClaimed(Route route, String execId, Quantity after, Quantity total, List<Event> events) {
        var claim = route.body().claim();
        if (claim != null
                && claim.ends()
                && route.live()
                && after.equals(claim.cumulative())
                && after.compareTo(total) < 0) {
            events.add(new Finished(
                    execId,
                    claim.status(),
                    claim.cumulative(),
                    claim.status() == OrdStatus.CANCELED && route.body().newest(true) == null,
                    null,
                    "as its status said"));
        }
    }

    private static Outcome infer(Route route, Infer command) {
        var body = route.body();
        var after = body.cumulative().plus(command.what().quantity());
        var events = new ArrayList<Event>(2);
        events.add(inferred(route, command));
        endAsClaimed(route, inferredId(body, command.what()), after, body.quantity(), events);
        return new Happened(events);
    }

    private static Filled inferred(Route route, Infer command) {
        var body = route.body();
        var what = command.what();
        var after = body.cumulative().plus(what.quantity());
        return new Filled(
                command.fillId(),
                inferredId(body, what),
                what.tradeDate(),
                body.clOrdId(),
                null,
                what.quantity(),
                what.price(),
                what.transactTime(),
                null,
                null,
                null,
                command.bid(),
                command.ask(),
                what.average() == null ? null : what.gap().to(),
                what.average(),
                command.charges(),
                kind(route, after, body.quantity()),
                what.gap());
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
                command.charges(),
                false));
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
        if (isUnknownThere(report)) {
            return happened(new BecameUnknown(doesNotKnow(route, report)));
        }
        if (countedOtherwise(route.body(), report)) {
            return disagreeIfCountedOtherwise(route, report);
        }
        return switch (report.ordStatus()) {
            // The end was reported and we missed it
            case CANCELED, EXPIRED, DONE_FOR_DAY, REJECTED ->
                with(taken(route, report), end(route, new End(report, report.ordStatus())));
            default ->
                // A request that is open stays asked about: this answer is not the one to it
                route.body().asked() > 0 && route.body().pending().isEmpty()
                        ? happened(new Answered(report.ordStatus(), report.cumQuantity()))
                        : with(taken(route, report), NOTHING);
        };
    }

    /** An answer that agrees with us takes an earlier one back that did not. */
    private static List<Event> taken(Route route, ExecutionReport report) {
        return route.claimed() && report.cumQuantity() != null && !countedOtherwise(route.body(), report)
                ? List.of(new Answered(report.ordStatus(), report.cumQuantity()))
                : List.of();
    }

    private static Outcome with(List<Event> first, Outcome then) {
        if (first.isEmpty() || !(then instanceof Happened happened)) {
            return then;
        }
        var all = new ArrayList<>(first);
        all.addAll(happened.events());
        return new Happened(all);
    }

    /**
     * "Unknown order" says that the broker does not find it, not that it was never there or is gone: an order that was lost
     * on the way, one that is with another desk of the broker and one under another id all look so. It stays unknown.
     */
    static boolean isUnknownThere(ExecutionReport report) {
        return report.ordStatus() == OrdStatus.REJECTED
                && (UNKNOWN_ORDER.equals(report.rejectReason())
                        || report.brokerOrderId() == null
                        || report.brokerOrderId().equalsIgnoreCase("NONE"));
    }

    private static String doesNotKnow(Route route, ExecutionReport report) {
        return route.body().broker() + " does not know it" + (report.text() == null ? "" : ": " + report.text());
    }

    private static Outcome compareUnheard(Route route, ExecutionReport report) {
        if (isUnknownThere(report)) {
            return route instanceof Unknown ? NOTHING : happened(new BecameUnknown(doesNotKnow(route, report)));
        }
        return switch (report.ordStatus()) {
            case CANCELED, EXPIRED, DONE_FOR_DAY, REJECTED -> {
                var ended = end(route, new End(report, report.ordStatus()));
                yield ended instanceof Happened happened && countsMore(route.body(), report)
                        ? with(happened.events(), happened(disagreed(report)))
                        : with(taken(route, report), ended);
            }
            default -> {
                var known = new Acknowledged(
                        report.execId(),
                        report.brokerOrderId(),
                        report.ordStatus() == OrdStatus.PENDING_NEW ? OrdStatus.PENDING_NEW : OrdStatus.NEW);
                yield countedOtherwise(route.body(), report)
                        ? new Happened(List.of(known, disagreed(report)))
                        : with(taken(route, report), happened(known));
            }
        };
    }

    private static boolean countedOtherwise(Body body, ExecutionReport report) {
        return report.cumQuantity() != null && !report.cumQuantity().equals(body.cumulative());
    }

    private static boolean countsMore(Body body, ExecutionReport report) {
        return report.cumQuantity() != null && report.cumQuantity().compareTo(body.cumulative()) > 0;
    }

    private static Outcome disagreeIfCountedOtherwise(Route route, ExecutionReport report) {
        var body = route.body();
        if (isUnknownThere(report)) {
            return NOTHING;
        }
        if (!countedOtherwise(body, report)) {
            return report.execType() == ExecType.ORDER_STATUS ? with(taken(route, report), NOTHING) : NOTHING;
        }
        // Said once: the broker repeats it until the missing execution arrives.
        var claim = body.claim();
        var again = (report.execType() == ExecType.ORDER_STATUS && countsMore(body, report))
                ? claim != null
                        && claim.cumulative().equals(report.cumQuantity())
                        && claim.status() == report.ordStatus()
                        && java.util.Objects.equals(claim.average(), report.averagePrice())
                : body.brokerCumulative().equals(report.cumQuantity());
        return again ? NOTHING : happened(disagreed(report));
    }

    private static Outcome disagree(Route route, ExecutionReport report) {
        return route.live() ? NOTHING : happened(disagreed(report));
    }

    private static Disagreed disagreed(ExecutionReport report) {
        return new Disagreed(
                report.execId(),
                report.tradeDate(),
                report.ordStatus(),
                report.cumQuantity(),
                report.averagePrice(),
                report.transactTime(),
                report.execType() == ExecType.ORDER_STATUS);
    }

    private static Outcome refuseRequest(
            Route route, String clOrdId, boolean toReplace, @Nullable String reason, @Nullable String text) {
        var request = request(route.body(), clOrdId, !toReplace);
        if (request != null) {
            return happened(new RequestRefused(request.clOrdId(), reason, text));
        }
        // Some answer a status request so. It names the order itself; what names a request was answered before.
        return CXL_UNKNOWN_ORDER.equals(reason)
                        && clOrdId.equals(route.body().clOrdId())
                        && (route instanceof Sent || route instanceof Live)
                ? happened(new BecameUnknown(
                        route.body().broker() + " does not know it" + (text == null ? "" : ": " + text)))
                : NOTHING;
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

    /** OrdRejReason (103). */
    String UNKNOWN_ORDER = "5";

    /** CxlRejReason (102). */
    String CXL_UNKNOWN_ORDER = "1";

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
                null,
                0,
                null,
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
            case Answered e -> draft.answered(e).same(route);
            case BecameUnknown e -> draft.unknown(e);
            case EndStated e -> draft.stated(e).same(route);
            case EndAgreed e -> draft.agreed(e);
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
        private @Nullable Claim claim;
        private int asked;
        private @Nullable Stated stated;
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
            claim = old.claim();
            asked = old.asked();
            stated = old.stated();
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
                    claim,
                    asked,
                    stated,
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
            stated = null;
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
                    event.gap(),
                    true,
                    newest));
            if (event.brokerCumulative() != null) {
                brokerCumulative = larger(brokerCumulative, event.brokerCumulative());
            }
            if (claim != null && event.gap() == null && isLater(event, claim)) {
                claim = null;
            }
            return touched();
        }

        /** An execution after the answer is not one that the answer counts: what is missing has to be asked for again. */
        private static boolean isLater(Filled event, Claim claim) {
            return event.brokerCumulative() == null
                    ? event.transactTime().isAfter(claim.transactTime())
                    : event.brokerCumulative().compareTo(claim.cumulative()) > 0;
        }

        private Draft busted(Busted event) {
            remove(event.fillId(), event.quantity(), event.price());
            forgetCounts();
            return touched();
        }

        private Draft corrected(Corrected event) {
            var wrong = Execution.ofFill(newest, event.replacedFillId());
            var root = event.wasInferred() ? event.execId() : wrong == null ? event.execRefId() : wrong.root();
            remove(event.replacedFillId(), event.replacedQuantity(), event.replacedPrice());
            if (!event.wasInferred()) {
                forgetCounts();
            }
            add(new Execution(
                    event.fillId(),
                    event.execId(),
                    root,
                    event.tradeDate(),
                    event.quantity(),
                    event.price(),
                    event.transactTime(),
                    event.charges(),
                    null,
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
        }

        /** What the broker counted before it took something back says nothing about executions still to come. */
        private void forgetCounts() {
            brokerCumulative = Quantity.ZERO;
            claim = null;
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

        private Draft answered(Answered event) {
            if (event.brokerCumulative() != null) {
                brokerCumulative = event.brokerCumulative();
                claim = null;
            }
            return touched();
        }

        private Draft disagreed(Disagreed event) {
            var counted = event.brokerCumulative();
            brokerCumulative = counted == null ? brokerCumulative : counted;
            if (event.answered()) {
                claim = counted == null || counted.compareTo(cumulative) <= 0
                        ? null
                        : new Claim(
                                event.tradeDate(),
                                event.brokerStatus(),
                                counted,
                                event.brokerAverage(),
                                event.transactTime(),
                                at);
            }
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

        private Draft stated(EndStated event) {
            stated = new Stated(event.as(), event.executed(), event.average(), event.by());
            return this;
        }

        private Route agreed(EndAgreed event) {
            pending = List.of();
            endedAt = at;
            claim = null;
            brokerCumulative = event.executed();
            var by = event.first() + " and " + event.second();
            if (event.as() == OrdStatus.REJECTED) {
                rejectReason = "as " + by + " found out";
            }
            stated = new Stated(event.as(), event.executed(), null, by);
            return new Ended(body(), event.as());
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
                case Ended ended
                when endedByWord(ended) && mark != null -> {
                    endedAt = null;
                    yield new Live(body(), mark);
                }
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
