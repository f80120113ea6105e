package org.tradesuite.execution.order;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
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

        boolean ends() {
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
    /** What the broker's answer is ahead of us. Null if it is not ahead or names no believable price. */
    default @Nullable Inference missing() {
        return Inferences.missing(this);
    }

    /** What is missing up to a CumQty (14) above ours, at the price that gives this AvgPx (6); null if it is no price. */
    default @Nullable Inference missing(Quantity cumulative, Price average, LocalDate tradeDate, Instant transactTime) {
        return Inferences.missing(body(), cumulative, average, tradeDate, transactTime);
    }

    /** What is left of an inferred execution once a smaller one that belongs into it came; null if nothing is. */
    default @Nullable Inference rest(ExecutionReport report) {
        return Inferences.rest(body(), report);
    }

    /** The ExecID under which it would be booked. */
    default String execIdOf(Inference what) {
        return Inferences.execId(body(), what);
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

    /** The highest price that the broker has, or may have by now because a replace is open; another where it has none. */
    default Price dearest(Price otherwise) {
        var dearest = body().price() == null ? otherwise : body().price();
        for (var request : body().pending()) {
            if (request.price() != null) {
                dearest = dearer(dearest, request.price());
            }
        }
        return dearest;
    }

    static Price dearer(Price one, Price other) {
        return one.compareTo(other) >= 0 ? one : other;
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
    record Quarantined(Unbookable report) implements Event {}

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
    // What follows

    /** What becomes of a command now; nothing is changed. */
    static Outcome decide(Route route, Command command) {
        return RouteDecisions.decide(route, command);
    }

    static Route open(String routeId, Opened event, Instant at) {
        return RouteChange.open(routeId, event, at);
    }

    /** The route after the event. */
    static Route evolve(Route route, Event event, Instant at) {
        return RouteChange.evolve(route, event, at);
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

    /** OrdRejReason (103). */
    String UNKNOWN_ORDER = "5";

    /** CxlRejReason (102). */
    String CXL_UNKNOWN_ORDER = "1";
}
