package org.tradesuite.execution.engine;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.DontKnowReason;
import org.tradesuite.execution.order.ExternalOrder;
import org.tradesuite.execution.order.OrderType;
import org.tradesuite.execution.order.TimeInForce;
import org.tradesuite.execution.risk.Check;
import org.tradesuite.execution.risk.RefusalCode;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Mic;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** What leaves the engine, and only after the events that caused it are committed, in their order. */
public sealed interface Effect {

    /** A message to a broker. Sent once: its id is never used for anything else. */
    sealed interface Outbound extends Effect {
        BrokerId broker();

        /** ClOrdID (11), AllocID (70) or ConfirmID (664). */
        String messageId();
    }

    /** What an order message says about the order, in every message the same. */
    record Terms(
            String routeId,
            AccountId account,
            InstrumentId instrument,
            String symbol,
            Mic mic,
            @Nullable String isin,
            Currency currency,
            Side side,
            Quantity quantity,
            OrderType type,
            @Nullable Price price,
            TimeInForce timeInForce) {}

    /** 35=D. */
    record SendNewOrder(BrokerId broker, String clOrdId, Terms terms, Instant transactTime) implements Outbound {
        @Override
        public String messageId() {
            return clOrdId;
        }
    }

    /**
     * 35=F.
     *
     * @param origClOrdId the id the broker last accepted or the request still pending before this one
     */
    record SendCancel(
            BrokerId broker,
            String clOrdId,
            String origClOrdId,
            @Nullable String brokerOrderId,
            Terms terms,
            Instant transactTime)
            implements Outbound {
        @Override
        public String messageId() {
            return clOrdId;
        }
    }

    /** 35=G; the terms are the full order as it shall be. */
    record SendReplace(
            BrokerId broker,
            String clOrdId,
            String origClOrdId,
            @Nullable String brokerOrderId,
            Terms terms,
            Instant transactTime)
            implements Outbound {
        @Override
        public String messageId() {
            return clOrdId;
        }
    }

    /** 35=H about the order last known as this ClOrdID. Asking twice does no harm. */
    record SendStatusRequest(
            BrokerId broker, String clOrdId, @Nullable String brokerOrderId, Terms terms) implements Outbound {
        @Override
        public String messageId() {
            return clOrdId;
        }
    }

    /** 35=AF, 585=7 about all our orders. */
    record SendMassStatusRequest(BrokerId broker, String requestId, Instant transactTime) implements Outbound {
        @Override
        public String messageId() {
            return requestId;
        }
    }

    /**
     * 35=J: what one account traded with one broker in one instrument on one side today.
     *
     * @param replaces AllocID of the allocation that this one replaces (71=1, 72), null for a new one
     */
    record SendAllocation(
            BrokerId broker,
            String allocationId,
            String tradeId,
            LocalDate tradeDate,
            LocalDate settlementDate,
            AccountId account,
            InstrumentId instrument,
            String symbol,
            Mic mic,
            @Nullable String isin,
            Currency currency,
            Side side,
            Quantity quantity,
            Price averagePrice,
            BigDecimal grossAmount,
            BigDecimal commission,
            BigDecimal fees,
            BigDecimal netAmount,
            List<AllocatedOrder> orders,
            Instant transactTime,
            @Nullable String replaces)
            implements Outbound {
        @Override
        public String messageId() {
            return allocationId;
        }
    }

    /** One route of an allocation: its last accepted ClOrdID, the broker's id and what it executed. */
    record AllocatedOrder(
            String clOrdId, @Nullable String brokerOrderId, Quantity quantity, List<AllocatedExecution> executions) {}

    record AllocatedExecution(String execId, Quantity quantity, Price price) {}

    /** 35=AU, 940=3 affirmed or 940=2 rejected. */
    record SendConfirmationAck(
            BrokerId broker,
            String confirmId,
            String tradeId,
            LocalDate tradeDate,
            boolean affirmed,
            @Nullable String text,
            Instant transactTime)
            implements Outbound {
        @Override
        public String messageId() {
            return confirmId;
        }
    }

    /**
     * 35=Q: we do not know this execution.
     *
     * @param fillId ours; no field of the message carries it
     * @param orderQuantity OrderQty (38), null if nobody told us
     */
    record SendDontKnow(
            BrokerId broker,
            String fillId,
            String execId,
            @Nullable String brokerOrderId,
            ExternalOrder.Named named,
            Side side,
            @Nullable Quantity orderQuantity,
            Quantity quantity,
            Price price,
            DontKnowReason reason,
            String text)
            implements Outbound {
        @Override
        public String messageId() {
            return Streams.dontKnow(fillId);
        }
    }

    /**
     * After a restart: this message may or may not have left. If the session's outbound store never had its id, it is sent
     * now, an order only once its broker may have orders ({@link Input.HeldBack}); if it had, the session's own resend takes care of delivery, and after the logon the broker is asked about every
     * order it may have. It is never sent under another id.
     */
    record Resume(Outbound message) implements Effect {}

    /** To the caller who waits under this number. */
    record Answer(long requestId, Outcome outcome) implements Effect {}

    /**
     * A report that a client asked for; what it reports is in the journal already.
     *
     * @param place how many facts of its commit come before it
     */
    record TellClient(ClientReport report, @Nullable Asked asked, int place) implements Effect {}

    /**
     * What a status report answers.
     *
     * @param mass whether all orders were asked for: MassStatusReqID (584), else OrdStatusReqID (790)
     * @param total TotNumReports (911)
     * @param last LastRptRequested (912)
     */
    record Asked(String questionId, boolean mass, int total, boolean last) {}

    /** What became of a request. */
    sealed interface Outcome {
        /** @param replayed the key was used before with the same body: this is the first answer again */
        record DecisionAccepted(String decisionId, String orderId, boolean replayed) implements Outcome {}

        /** Every rule that blocked, by its closed code. The decision and its checks are kept. */
        record DecisionRefused(String decisionId, List<RefusalCode> codes, boolean replayed) implements Outcome {}

        /**
         * It waits for a person, because only soft rules block it.
         *
         * @param replayed the key was used before with the same body, and it still waits
         */
        record DecisionHeld(String decisionId, List<RefusalCode> codes, Instant until, boolean replayed)
                implements Outcome {}

        /** What was asked of the order waits for a person, because only soft rules block it. */
        record AmendmentHeld(String orderId, List<RefusalCode> codes, Instant until) implements Outcome {}

        /** What waited was not let pass; the order stays as it is. */
        record AmendmentRefused(String orderId, List<RefusalCode> codes) implements Outcome {}

        /** The idempotency key was used for another body: 409. */
        record KeyUsedForAnotherBody(String decisionId) implements Outcome {}

        /**
         * What would have happened, had it been meant.
         *
         * @param codes every rule that blocks it; empty if none does
         * @param checks every rule; empty for an amendment that leaves nothing to trade
         * @param broker who would have it, null if none can be named
         * @param brokerReason why that broker, or why none
         */
        record Checked(
                Instant at,
                Verdict verdict,
                List<RefusalCode> codes,
                List<Check> checks,
                @Nullable BrokerId broker,
                String brokerReason)
                implements Outcome {

            public enum Verdict {
                ACCEPTED,
                HELD,
                REFUSED
            }
        }

        /** Done, or under way at the brokers. */
        record Done() implements Outcome {}

        /** Nothing was changed. */
        record Refused(Refusal refusal, String detail) implements Outcome {}
    }

    /** Why a request to the engine changed nothing. */
    enum Refusal {
        UNKNOWN_ORDER,
        UNKNOWN_BROKER,
        BROKER_NOT_CONNECTED,
        ORDER_HAS_ENDED,
        BELOW_EXECUTED_QUANTITY,
        NOTHING_TO_CHANGE,
        NOT_A_LIMIT_ORDER,
        NOT_VALID,
        RISK,
        ANOTHER_DAY_IS_OPEN,
        DAY_IS_NOT_OPEN,
        DAY_IS_CLOSED,
        UNKNOWN_EXTERNAL_ORDER,
        UNKNOWN_ACCOUNT,
        ACCOUNT_IS_NOT_ACTIVE,
        UNKNOWN_INSTRUMENT,
        /** Another account has it, or it turned out to be ours. */
        NOT_TO_BE_CLAIMED,
        /** Whoever claims it does not approve it. */
        MAKER_IS_CHECKER,
        /** Somebody else asked for it. */
        NOT_ENTITLED,
        /** What was asked of the order before waits for a person. */
        AMENDMENT_WAITS,
        /** It waits for nobody: it was decided, or never held. */
        NOT_HELD,
        /** What was looked at is not what is there. */
        NOT_AS_SEEN,
        /** Its broker has said how it is: nobody else has to. */
        ROUTE_IS_KNOWN,
        /** What a switch shall be about does not exist. */
        UNKNOWN_SCOPE,
        UNKNOWN_SWITCH,
        UNKNOWN_BREAKER,
        /** One person may stop more, and not less. */
        NEEDS_TWO_PERSONS,
        NOTHING_TO_REOPEN,
        /** The execution is as ordered, was taken back, or was answered already. */
        NOTHING_TO_DISOWN
    }

    /** Somebody should look at this now. It is in the journal too. */
    record Alert(Instant at, AlertKind kind, String subject, String text) implements Effect {}

    enum AlertKind {
        TRADING_STOPPED,
        REOPENING_ASKED,
        TRADING_REOPENED,
        MARKET_HALTED,
        MARKET_RESUMED,
        BREAKER_OPENED,
        /** What it shut off gets a few orders, to see. */
        BREAKER_TRIES,
        BREAKER_CLOSED,
        /** An execution for an order we do not know. */
        ORPHAN_FILL,
        OVERFILL,
        FILL_AFTER_END,
        /** Dearer than a buy's limit, or cheaper than a sale's. */
        FILL_BEYOND_LIMIT,
        /** An ExecID seen before with other content. */
        CONFLICTING_FILL,
        /** The broker counts another CumQty or AvgPx than we do. */
        BROKER_DISAGREES,
        /** Asked about and not answered. */
        UNKNOWN_AT_BROKER,
        /** It could not be reconciled after its logon and gets no new orders. */
        BROKER_BLOCKED,
        /** It counts an execution and never reported it. */
        FILL_INFERRED,
        /** A decision waits for a person. */
        DECISION_HELD,
        /** What shall become of an order waits for a person. */
        AMENDMENT_HELD,
        UNSOLICITED_CANCEL,
        ORDER_PARKED,
        REQUEST_REFUSED_BY_BROKER,
        CONFIRMATION_MISMATCH,
        ALLOCATION_REFUSED,
        /** What was executed is not what was allocated, and the allocation cannot be replaced any more. */
        TRADE_CHANGED
    }
}
