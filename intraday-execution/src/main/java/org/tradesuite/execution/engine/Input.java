package org.tradesuite.execution.engine;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.DontKnowReason;
import org.tradesuite.execution.order.ExecutionReport;
import org.tradesuite.execution.order.ExternalOrder;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.execution.order.OrderType;
import org.tradesuite.execution.order.TimeInForce;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.execution.risk.SwitchScope;
import org.tradesuite.execution.risk.TradingState;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * Everything that reaches the engine. Times, ids and prices come in with the input, so that the same inputs in the same
 * order always give the same events.
 */
public sealed interface Input {

    /** When it happened for us: the suite's clock, in UTC and whole microseconds. */
    Instant at();

    /**
     * Somebody waits for an {@link Effect.Answer} under this number, which the caller chose and which is unique among the
     * requests it has open. The answer comes once what was decided is in the journal.
     */
    sealed interface Request extends Input {
        long requestId();

        /** The signed-in person or machine. */
        String actor();
    }

    /** What a broker sent; its sequence number is committed with what followed from it. */
    sealed interface FromBroker extends Input {
        BrokerId broker();

        /** MsgSeqNum (34). */
        long sequence();
    }

    /** Prices. Only the newest quote of an instrument waits in the inbox. */
    sealed interface Market extends Input {
        InstrumentId instrument();
    }

    // The desk

    /**
     * Buy or sell this much. A second one under the same key gets the first one's answer if the body is the same.
     *
     * @param decisionId given by the intake, never used before
     * @param idempotencyKey chosen by the caller
     * @param bodyHash digest of the canonical body
     * @param limit only of a limit order
     * @param start when working begins, null for at once
     * @param end when TWAP and VWAP must be done
     * @param timeInForce of every order that follows from it
     * @param reason in a person's words
     */
    record DecisionSubmitted(
            Instant at,
            long requestId,
            String actor,
            String decisionId,
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
            TimeInForce timeInForce,
            @Nullable String reason)
            implements Request {

        /** For the day, and without a reason. */
        public DecisionSubmitted(
                Instant at,
                long requestId,
                String actor,
                String decisionId,
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
                @Nullable Instant end) {
            this(
                    at,
                    requestId,
                    actor,
                    decisionId,
                    idempotencyKey,
                    bodyHash,
                    account,
                    strategy,
                    trader,
                    instrument,
                    side,
                    quantity,
                    type,
                    limit,
                    algo,
                    start,
                    end,
                    TimeInForce.DAY,
                    null);
        }
    }

    /**
     * A decision that waits shall pass what blocks it.
     *
     * @param version of the decision that the person has seen
     */
    record HoldOverridden(Instant at, long requestId, String actor, String reason, String decisionId, int version)
            implements Request {}

    /** A decision that waits shall wait no more. */
    record HoldRefused(Instant at, long requestId, String actor, String reason, String decisionId) implements Request {}

    /**
     * An amendment that waits shall pass what blocks it.
     *
     * @param version of the amendment that the person has seen
     */
    record AmendmentOverridden(Instant at, long requestId, String actor, String reason, String orderId, int version)
            implements Request {}

    /**
     * An amendment that waits shall wait no more.
     *
     * @param entitled whether the person may refuse what others asked for
     */
    record AmendmentHoldRefused(
            Instant at, long requestId, String actor, String reason, String orderId, boolean entitled)
            implements Request {}

    record OrderCancelRequested(Instant at, long requestId, String actor, String reason, String orderId)
            implements Request {}

    /** Null leaves a term as it is. */
    record OrderAmendRequested(
            Instant at,
            long requestId,
            String actor,
            String reason,
            String orderId,
            @Nullable Quantity quantity,
            @Nullable Price limit,
            @Nullable Instant end)
            implements Request {}

    /** What would become of a decision if it came now: nothing is decided by it and nothing recorded. */
    record DecisionCheckAsked(DecisionSubmitted decision) implements Request {
        @Override
        public Instant at() {
            return decision.at();
        }

        @Override
        public long requestId() {
            return decision.requestId();
        }

        @Override
        public String actor() {
            return decision.actor();
        }
    }

    /** What would become of an amendment if it came now: nothing is decided by it and nothing recorded. */
    record AmendmentCheckAsked(OrderAmendRequested amendment) implements Request {
        @Override
        public Instant at() {
            return amendment.at();
        }

        @Override
        public long requestId() {
            return amendment.requestId();
        }

        @Override
        public String actor() {
            return amendment.actor();
        }
    }

    // Operations

    /** The instruments, accounts, brokers and limits to decide by from now on. */
    record ReferenceChanged(Instant at, String actor, String reason, ReferenceData reference) implements Input {}

    /** Positions and cash begin with what was carried over, or with the reference data's opening where there is one. */
    record TradingDayOpenRequested(Instant at, long requestId, String actor, LocalDate businessDate)
            implements Request {}

    /** Live orders are cancelled at the brokers, what is left expires, then the day is allocated. */
    record TradingDayCloseRequested(Instant at, long requestId, String actor, String reason, LocalDate businessDate)
            implements Request {}

    /** An order that is not ours belongs to this account: positions and cash go there. */
    record ExternalOrderClaimRequested(
            Instant at, long requestId, String actor, String reason, String externalId, AccountId account)
            implements Request {}

    /**
     * A broker shall be told that we do not know an execution (35=Q).
     *
     * @param subject an external order, whose executions are meant all, or one fill
     * @param reason in a person's words
     */
    record DontKnowRequested(
            Instant at, long requestId, String actor, String reason, String subject, DontKnowReason dontKnow)
            implements Request {}

    /**
     * A person has found out how an order ended of which nobody knew.
     *
     * @param executed CumQty (14) at the broker
     * @param average AvgPx (6), needed where more is executed than was reported
     */
    record RouteEndStated(
            Instant at,
            long requestId,
            String actor,
            String reason,
            String routeId,
            OrdStatus as,
            Quantity executed,
            @Nullable Price average)
            implements Request {}

    /**
     * A person wants a broker reconciled now.
     *
     * @param open give it orders again even if not everything is known; what is not known stays unknown
     */
    record BrokerGateRequested(Instant at, long requestId, String actor, String reason, BrokerId broker, boolean open)
            implements Request {}

    /**
     * Trading stops here, now.
     *
     * @param state REDUCING or HALTED
     * @param cancelling whether what works is cancelled
     * @param key chosen by the caller
     * @param bodyHash digest of the canonical body
     */
    record SwitchRequested(
            Instant at,
            long requestId,
            String actor,
            String reason,
            SwitchScope scope,
            TradingState state,
            boolean cancelling,
            String key,
            String bodyHash)
            implements Request {}

    /** Somebody wants less stopped than is. */
    record ReopeningRequested(
            Instant at, long requestId, String actor, String reason, SwitchScope scope, TradingState to)
            implements Request {}

    /** Somebody else wants it too. */
    record ReopeningApproved(Instant at, long requestId, String actor, String reason, SwitchScope scope)
            implements Request {}

    /** A person has looked at why a breaker tripped: nothing restricts any more what it restricted. */
    record BreakerResetRequested(Instant at, long requestId, String actor, String reason, String breakerId)
            implements Request {}

    // Brokers

    /**
     * @param named what the message says it is about, of use only where the order is not ours
     * @param part which mass status request it answers, null if none
     */
    record BrokerExecutionReport(
            Instant at,
            BrokerId broker,
            long sequence,
            ExecutionReport report,
            ExternalOrder.Named named,
            @Nullable PartOfMass part)
            implements FromBroker {

        private static final ExternalOrder.Named UNNAMED = new ExternalOrder.Named(null, null, null, null);

        /** Of one order alone. */
        public BrokerExecutionReport(
                Instant at, BrokerId broker, long sequence, ExecutionReport report, ExternalOrder.Named named) {
            this(at, broker, sequence, report, named, null);
        }

        public BrokerExecutionReport(Instant at, BrokerId broker, long sequence, ExecutionReport report) {
            this(at, broker, sequence, report, UNNAMED);
        }
    }

    /**
     * @param requestId MassStatusReqID (584)
     * @param total TotNumReports (911)
     * @param last LastRptRequested (912)
     */
    record PartOfMass(String requestId, @Nullable Integer total, boolean last) {}

    /**
     * 35=9.
     *
     * @param toReplace whether it answers a replace (434=2) and not a cancel (434=1)
     */
    record BrokerCancelReject(
            Instant at,
            BrokerId broker,
            long sequence,
            String clOrdId,
            @Nullable String origClOrdId,
            boolean toReplace,
            OrdStatus ordStatus,
            @Nullable String reason,
            @Nullable String text)
            implements FromBroker {}

    /**
     * 35=j, or 35=3 from the session: the broker did not take the message at all.
     *
     * @param refMessageType RefMsgType (372)
     * @param refId the ClOrdID, AllocID or ConfirmID of the message it is about: BusinessRejectRefID (379), else looked up
     *     by RefSeqNum (45) in what we sent
     */
    record BrokerMessageReject(
            Instant at,
            BrokerId broker,
            long sequence,
            String refMessageType,
            @Nullable String refId,
            @Nullable String reason,
            @Nullable String text)
            implements FromBroker {}

    /**
     * 35=P.
     *
     * @param status AllocStatus (87)
     * @param confirms whether its acceptance is the confirmation, as in FIX 4.2, which knows no 35=AK
     */
    record BrokerAllocationAck(
            Instant at,
            BrokerId broker,
            long sequence,
            String allocationId,
            AllocationStatus status,
            boolean confirms,
            @Nullable String reason,
            @Nullable String text)
            implements FromBroker {}

    enum AllocationStatus {
        /** 87=3 */
        RECEIVED,
        /** 87=0 */
        ACCEPTED,
        /** 87=1, 2 and others */
        REJECTED
    }

    /**
     * 35=AK: what the broker thinks we traded. Amounts the broker left out are null and not compared.
     *
     * @param allocationId AllocID (70) of the allocation it confirms
     */
    record BrokerConfirmation(
            Instant at,
            BrokerId broker,
            long sequence,
            String confirmId,
            @Nullable String allocationId,
            Quantity quantity,
            Price averagePrice,
            @Nullable BigDecimal grossAmount,
            @Nullable BigDecimal commission,
            @Nullable BigDecimal netAmount,
            @Nullable LocalDate settlementDate)
            implements FromBroker {}

    /** A message without business meaning moved the inbound sequence on (or a reset moved it back). */
    record BrokerSequence(Instant at, BrokerId broker, long sequence) implements FromBroker {}

    /**
     * @param answersSingly whether it takes status requests for one order (35=H)
     * @param answersMass whether it takes them for all orders (35=AF)
     */
    record BrokerSessionUp(Instant at, BrokerId broker, boolean answersSingly, boolean answersMass) implements Input {

        /** Of a broker that takes 35=H and no 35=AF, as all of FIX 4.2 do. */
        public BrokerSessionUp(Instant at, BrokerId broker) {
            this(at, broker, true, false);
        }
    }

    record BrokerSessionDown(Instant at, BrokerId broker, String reason) implements Input {}

    /**
     * The line cannot hand this message to the broker: it was not and will never be sent.
     *
     * @param messageId {@link Effect.Outbound#messageId()}
     */
    record NotSent(Instant at, BrokerId broker, String messageId, String reason) implements Input {}

    /** After a restart: this order never left, and waits with its cancels and replaces until its broker may have orders. */
    record HeldBack(Instant at, BrokerId broker, String clOrdId) implements Input {}

    // Clients who trade by FIX

    record FromClient(Instant at, ClientMessage message) implements Input {}

    // The market and the clock

    record MarketQuote(Instant at, InstrumentId instrument, Price bid, Price ask) implements Market {}

    record MarketTrade(Instant at, InstrumentId instrument, Price price, Quantity quantity) implements Market {}

    /**
     * 35=f.
     *
     * @param status SecurityTradingStatus (326)
     * @param low LowPx (333), null if it says nothing about the band
     * @param high HighPx (332)
     */
    record SecurityStatus(
            Instant at,
            InstrumentId instrument,
            int status,
            @Nullable Price low,
            @Nullable Price high) implements Market {}

    /** Time passes: schedules and timeouts move on. */
    record Tick(Instant at) implements Input {}
}
