package org.tradesuite.execution.engine;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.allocation.Trade;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.DontKnowReason;
import org.tradesuite.execution.order.ExecutionReport;
import org.tradesuite.execution.order.ExternalOrder;
import org.tradesuite.execution.order.Fact;
import org.tradesuite.execution.order.OrderType;
import org.tradesuite.execution.order.TimeInForce;
import org.tradesuite.execution.reference.Limit;
import org.tradesuite.execution.reference.LimitHistory;
import org.tradesuite.execution.risk.RefusalCode;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Mic;
import org.tradesuite.market.Money;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** What happens on the desk besides the lives of orders and routes. */
public sealed interface DeskFact extends Fact {

    /** What was asked of us, as it came. */
    record Decision(
            String idempotencyKey,
            String bodyHash,
            AccountId account,
            String strategy,
            String trader,
            InstrumentId instrument,
            Side side,
            Quantity quantity,
            OrderType type,
            @Nullable Price limit,
            Algo algo,
            @Nullable Instant start,
            @Nullable Instant end,
            TimeInForce timeInForce) {}

    /**
     * A person let pass what soft rules blocked, for this order and once.
     *
     * @param version of the decision's stream that the person had seen
     * @param codes what still blocked it then; none if it had passed by itself
     */
    record Overridden(String by, String reason, int version, List<RefusalCode> codes) {}

    /** @param override null where nothing had to be let pass */
    record DecisionAccepted(
            Decision decision,
            String orderId,
            Answers checks,
            @Nullable Overridden override) implements DeskFact {}

    /** How what waited for a person was refused. */
    enum HoldEnd {
        /** By the person. */
        REFUSED,
        /** By whoever handed it in. */
        WITHDRAWN,
        /** Nobody decided about it in time. */
        EXPIRED,
        DAY_CLOSED,
        /** A hard rule blocked it when somebody wanted to let it pass. */
        BLOCKED,
        /** Of an amendment: its order ends, or has ended. */
        ORDER_ENDED,
        /** Of an amendment: it cannot be made any more, because of what happened to its order meanwhile. */
        OVERTAKEN
    }

    /**
     * @param checks none where no rule was asked again
     * @param holdEnd null if it never waited
     */
    record DecisionRefused(
            Decision decision,
            List<RefusalCode> codes,
            Answers checks,
            @Nullable HoldEnd holdEnd) implements DeskFact {}

    /**
     * Only soft rules block it: it waits for a person. Again if what blocks it is not what that person had seen.
     *
     * @param by who handed it in
     * @param since when
     * @param price the market's then, null if it had none
     */
    record DecisionHeld(
            Decision decision,
            String by,
            Instant since,
            @Nullable Price price,
            List<RefusalCode> codes,
            Answers checks,
            Instant until)
            implements DeskFact {}

    /**
     * An amendment that waited for a person.
     *
     * @param number which of its order's
     * @param by who asked for it
     */
    record Hold(int number, String by) {}

    /** How an order was that shall be amended. */
    record Before(Quantity quantity, @Nullable Price limit, Instant end) {}

    /**
     * An amendment that every rule let pass, or a person, before it is made.
     *
     * @param hold null if it never waited
     * @param override null where nothing had to be let pass
     */
    record AmendmentAllowed(
            @Nullable Quantity quantity,
            @Nullable Price limit,
            @Nullable Instant end,
            Answers checks,
            @Nullable Hold hold,
            @Nullable Overridden override)
            implements DeskFact {}

    /**
     * An amendment that a rule blocked, or that waited and was not let pass; the order stays as it was.
     *
     * @param checks none where no rule was asked again
     * @param hold null if it never waited
     * @param holdEnd null if it never waited
     * @param why where no person ended it
     */
    record AmendmentRefused(
            @Nullable Quantity quantity,
            @Nullable Price limit,
            @Nullable Instant end,
            List<RefusalCode> codes,
            Answers checks,
            @Nullable Hold hold,
            @Nullable HoldEnd holdEnd,
            @Nullable String why)
            implements DeskFact {}

    /**
     * Only soft rules block an amendment: it waits for a person, and its order goes on as it is. Again if what blocks it is
     * not what that person had seen.
     *
     * @param since when it was asked for
     */
    record AmendmentHeld(
            Hold hold,
            @Nullable Quantity quantity,
            @Nullable Price limit,
            @Nullable Instant end,
            Before before,
            Instant since,
            List<RefusalCode> codes,
            Answers checks,
            Instant until)
            implements DeskFact {}

    /** What the rules said of a child order before it went to the broker, or why it did not go. */
    record ChildChecked(
            BrokerId broker, Quantity quantity, @Nullable Price limit, Answers checks) implements DeskFact {}

    record ReferenceTaken(LocalDate businessDate, int instruments, int accounts, int brokers, int limits)
            implements DeskFact {}

    /**
     * The limits by which everything is decided from here on.
     *
     * @param version of the register
     * @param newest the number of the newest version of a limit that is known now
     * @param changes that were approved since the last of these; none if they were imported
     * @param begun versions that are new
     * @param ended versions that were known and now end otherwise; none when we were not running meanwhile
     */
    record LimitsTaken(
            long version, long newest, List<LimitHistory.Approved> changes, List<Limit> begun, List<Limit> ended)
            implements DeskFact {}

    /**
     * Their time had come.
     *
     * @param begun numbers of the versions that hold from here on
     * @param ended numbers of those that do not any more
     */
    record LimitsTurned(List<Long> begun, List<Long> ended) implements DeskFact {}

    /** @param quantity below zero if the account is short */
    record HeldPosition(
            AccountId account,
            InstrumentId instrument,
            @Nullable String isin,
            Currency currency,
            BigDecimal quantity,
            Price averageCost) {}

    record HeldCash(AccountId account, Money balance) {}

    /** @param positions and cash: only those that are set anew; the others are carried over */
    record DayOpened(LocalDate businessDate, List<HeldPosition> positions, List<HeldCash> cash) implements DeskFact {}

    record DayClosing(LocalDate businessDate, Instant ordersUntil, Instant confirmationsUntil) implements DeskFact {}

    /** @param unresolved routes whose end nobody knows */
    record DayClosed(LocalDate businessDate, List<String> unresolved) implements DeskFact {}

    /**
     * What ended on that day leaves memory: its ended orders with their routes and fills, its agreed trades, its idempotency
     * keys. What is not at its end stays. The journal and the tables keep all of it.
     */
    record DayForgotten(LocalDate businessDate) implements DeskFact {}

    // What is between us and a broker

    record GateClosed(String why) implements DeskFact {}

    /**
     * It is asked about its orders, and gets no new ones until it has answered.
     *
     * @param attempt how many times in a row
     * @param massRequestId MassStatusReqID (584), null where it is asked order by order
     */
    record ReconciliationBegan(
            int attempt, int questions, @Nullable String massRequestId) implements DeskFact {}

    /**
     * @param questions that were asked; zero if nothing was in doubt
     * @param by the person who opened it although not all is known, null if all is
     */
    record GateOpened(int questions, @Nullable String by) implements DeskFact {}

    record GateBlocked(int attempt, String why) implements DeskFact {}

    /** A report for an order we do not know that says too little to be booked anywhere: kept for a person. */
    record OrphanReported(BrokerId broker, ExecutionReport report) implements DeskFact {}

    /**
     * We tell the broker that we do not know an execution. It stays booked until the broker takes it back.
     *
     * @param about the external order, or the route
     * @param text what a person adds, for the broker to read
     */
    record DontKnowSaid(
            BrokerId broker,
            String about,
            String execId,
            @Nullable String brokerOrderId,
            ExternalOrder.Named named,
            Side side,
            @Nullable Quantity orderQuantity,
            Quantity quantity,
            Price price,
            DontKnowReason reason,
            String text)
            implements DeskFact {}

    /** The line could not say it: the broker has to be told otherwise, or again. */
    record DontKnowNotSaid(String why) implements DeskFact {}

    /** The broker did not take 35=Q. */
    record DontKnowRefused(
            BrokerId broker,
            @Nullable String execId,
            @Nullable String text) implements DeskFact {}

    /**
     * @param chargesBooked what the fills had been charged when they were booked, less what an allocation before this one
     *     made good already
     * @param allocationId AllocID (70)
     * @param replaces AllocID of the allocation that this one replaces, null for the first
     */
    record TradeAllocated(
            Trade trade,
            String brokerLei,
            String brokerBic,
            String symbol,
            @Nullable String isin,
            Mic mic,
            @Nullable String placeOfSettlement,
            Money chargesBooked,
            String allocationId,
            @Nullable String replaces)
            implements DeskFact {}

    /** What was executed is not what was allocated any more, and it is too late to replace the allocation. */
    record TradeOutdated(String why) implements DeskFact {}

    /** Fills that became no trade because something is not known. */
    record FillsUnallocated(LocalDate businessDate, List<String> fillIds, String why) implements DeskFact {}

    record AllocationReceived() implements DeskFact {}

    record AllocationRefused(
            @Nullable String reason, @Nullable String text) implements DeskFact {}

    /**
     * The broker agrees.
     *
     * @param confirmId ConfirmID (664), or the AllocID where the broker's acceptance is the confirmation
     * @param affirmed whether we affirm with 35=AU
     */
    record TradeConfirmed(String confirmId, boolean affirmed) implements DeskFact {}

    record TradeMismatched(String confirmId, String differences) implements DeskFact {}

    /** A confirmation for a trade we do not have. */
    record StrayConfirmation(
            BrokerId broker, String confirmId, @Nullable String allocationId) implements DeskFact {}
}
