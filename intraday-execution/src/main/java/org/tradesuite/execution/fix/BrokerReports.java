package org.tradesuite.execution.fix;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.engine.Input;
import org.tradesuite.execution.engine.Input.AllocationStatus;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.ExecutionReport;
import org.tradesuite.execution.order.ExternalOrder;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;
import quickfix.FieldMap;
import quickfix.FieldNotFound;
import quickfix.IncorrectDataFormat;
import quickfix.IncorrectTagValue;
import quickfix.Message;
import quickfix.MessageUtils;
import quickfix.UnsupportedMessageType;
import quickfix.field.Account;
import quickfix.field.AllocID;
import quickfix.field.AllocQty;
import quickfix.field.AllocRejCode;
import quickfix.field.AllocStatus;
import quickfix.field.AvgPx;
import quickfix.field.BusinessRejectReason;
import quickfix.field.ClOrdID;
import quickfix.field.Commission;
import quickfix.field.ConfirmID;
import quickfix.field.CumQty;
import quickfix.field.CxlRejReason;
import quickfix.field.CxlRejResponseTo;
import quickfix.field.ExecID;
import quickfix.field.ExecRefID;
import quickfix.field.ExecRestatementReason;
import quickfix.field.GrossTradeAmt;
import quickfix.field.LastCapacity;
import quickfix.field.LastLiquidityInd;
import quickfix.field.LastMkt;
import quickfix.field.LastPx;
import quickfix.field.LastQty;
import quickfix.field.LastRptRequested;
import quickfix.field.LeavesQty;
import quickfix.field.MassStatusReqID;
import quickfix.field.MsgSeqNum;
import quickfix.field.MsgType;
import quickfix.field.NetMoney;
import quickfix.field.OrdRejReason;
import quickfix.field.OrderID;
import quickfix.field.OrderQty;
import quickfix.field.OrigClOrdID;
import quickfix.field.OrigSendingTime;
import quickfix.field.RefMsgType;
import quickfix.field.RefSeqNum;
import quickfix.field.SecurityExchange;
import quickfix.field.SecurityID;
import quickfix.field.SecurityIDSource;
import quickfix.field.SendingTime;
import quickfix.field.SessionRejectReason;
import quickfix.field.SettlDate;
import quickfix.field.Symbol;
import quickfix.field.Text;
import quickfix.field.TotNumReports;
import quickfix.field.TradeDate;
import quickfix.field.TransactTime;

/**
 * What a broker says, in the desk's words. Three versions of FIX say the same thing differently: 4.2 tells a bust by
 * ExecTransType (20), 4.4 and later by ExecType (150); 4.2 reports fills as 150=1 and 2, later versions as 150=F. What
 * cannot be understood is refused by its tag, never guessed.
 */
final class BrokerReports {
    private static final int EXEC_TRANS_TYPE = 20;
    private static final int BUSINESS_REJECT_REF_ID = 379;

    private final Dialect dialect;
    private final BrokerId broker;
    private final IntFunction<@Nullable String> sent;

    /** @param sent what we sent under a sequence number, null if nothing is kept under it */
    BrokerReports(Dialect dialect, IntFunction<@Nullable String> sent) {
        this.dialect = dialect;
        this.broker = BrokerId.of(dialect.name());
        this.sent = sent;
    }

    Input.FromBroker read(Message message, Instant at)
            throws FieldNotFound, IncorrectDataFormat, IncorrectTagValue, UnsupportedMessageType {
        return switch (message.getHeader().getString(MsgType.FIELD)) {
            case "8" ->
                new Input.BrokerExecutionReport(
                        at, broker, sequence(message), report(message, at), named(message), part(message));
            case "9" -> cancelReject(message, at);
            case "j" -> businessReject(message, at);
            case "3" -> sessionReject(message, at);
            case "P" -> allocationAck(message, at);
            case "AK" -> confirmation(message, at);
            default -> throw new UnsupportedMessageType();
        };
    }

    private static long sequence(Message message) throws FieldNotFound {
        return message.getHeader().getInt(MsgSeqNum.FIELD);
    }

    private static Input.@Nullable PartOfMass part(Message m) throws FieldNotFound, IncorrectDataFormat {
        @Nullable String request = Reading.text(m, MassStatusReqID.FIELD);
        return request == null
                ? null
                : new Input.PartOfMass(
                        request,
                        m.isSetField(TotNumReports.FIELD) ? Reading.number(m, TotNumReports.FIELD, 0) : null,
                        "Y".equals(Reading.text(m, LastRptRequested.FIELD)));
    }

    private ExecutionReport report(Message m, Instant at) throws FieldNotFound, IncorrectDataFormat, IncorrectTagValue {
        Instant transactTime = transactTime(m, at);
        @Nullable String clOrdId = Reading.text(m, ClOrdID.FIELD);
        return new ExecutionReport(
                tradeDate(m, transactTime),
                unique(m.getString(ExecID.FIELD), clOrdId),
                m.isSetField(ExecRefID.FIELD) ? unique(m.getString(ExecRefID.FIELD), clOrdId) : null,
                execType(m),
                ordStatus(m),
                clOrdId,
                Reading.text(m, OrigClOrdID.FIELD),
                Reading.text(m, OrderID.FIELD),
                side(m),
                quantity(m, OrderQty.FIELD),
                price(m, quickfix.field.Price.FIELD),
                quantity(m, LastQty.FIELD),
                price(m, LastPx.FIELD),
                quantity(m, CumQty.FIELD),
                quantity(m, LeavesQty.FIELD),
                price(m, AvgPx.FIELD),
                transactTime,
                Reading.text(m, LastMkt.FIELD),
                Reading.text(m, LastCapacity.FIELD),
                Reading.text(m, LastLiquidityInd.FIELD),
                Reading.text(m, ExecRestatementReason.FIELD),
                Reading.text(m, OrdRejReason.FIELD),
                Reading.text(m, Text.FIELD));
    }

    /** What it is about, for an order that is not ours: one that is has all this already. */
    private static ExternalOrder.Named named(Message m) throws FieldNotFound {
        @Nullable String market = Reading.text(m, SecurityExchange.FIELD);
        boolean byIsin = "4".equals(Reading.text(m, SecurityIDSource.FIELD));
        return new ExternalOrder.Named(
                Reading.text(m, Symbol.FIELD),
                byIsin ? Reading.text(m, SecurityID.FIELD) : null,
                market == null ? Reading.text(m, LastMkt.FIELD) : market,
                Reading.text(m, Account.FIELD));
    }

    /** By the order and not by the request of the moment: an execution may be taken back after a replace. */
    private String unique(String execId, @Nullable String clOrdId) {
        if (dialect.execIds() == Dialect.ExecIds.PER_DAY || clOrdId == null) {
            return execId;
        }
        int request = clOrdId.lastIndexOf('-');
        return (request < 0 ? clOrdId : clOrdId.substring(0, request)) + "/" + execId;
    }

    /** When a broker sends a report again, its day must be the same as the first time: no clock of ours is asked. */
    private static LocalDate tradeDate(Message m, Instant transactTime) throws FieldNotFound, IncorrectDataFormat {
        return m.isSetField(TradeDate.FIELD)
                ? date(m, TradeDate.FIELD)
                : LocalDate.ofInstant(transactTime, ZoneOffset.UTC);
    }

    private static Instant transactTime(Message m, Instant at) throws FieldNotFound {
        @Nullable Instant said = Reading.time(m, TransactTime.FIELD);
        if (said == null) {
            said = Reading.time(m.getHeader(), OrigSendingTime.FIELD);
        }
        if (said == null) {
            said = Reading.time(m.getHeader(), SendingTime.FIELD);
        }
        return said == null ? at : said;
    }

    private static ExecType execType(Message m) throws FieldNotFound, IncorrectTagValue {
        @Nullable String transaction = Reading.text(m, EXEC_TRANS_TYPE);
        if (transaction != null && !transaction.equals("0")) {
            return switch (transaction) {
                case "1" -> ExecType.TRADE_CANCEL;
                case "2" -> ExecType.TRADE_CORRECT;
                case "3" -> ExecType.ORDER_STATUS;
                default -> throw new IncorrectTagValue(EXEC_TRANS_TYPE, transaction);
            };
        }
        try {
            return ExecType.of(m.getChar(quickfix.field.ExecType.FIELD));
        } catch (IllegalArgumentException e) {
            throw new IncorrectTagValue(quickfix.field.ExecType.FIELD, m.getString(quickfix.field.ExecType.FIELD));
        }
    }

    private static OrdStatus ordStatus(Message m) throws FieldNotFound, IncorrectTagValue {
        try {
            return OrdStatus.of(m.getChar(quickfix.field.OrdStatus.FIELD));
        } catch (IllegalArgumentException e) {
            throw new IncorrectTagValue(quickfix.field.OrdStatus.FIELD, m.getString(quickfix.field.OrdStatus.FIELD));
        }
    }

    /** Buy (1) and sell (2); a sell short (5) is a sell; what is neither is left for the order to compare. */
    private static @Nullable Side side(Message m) throws FieldNotFound {
        return switch (m.getString(quickfix.field.Side.FIELD)) {
            case "1", "3" -> Side.BUY;
            case "2", "4", "5", "6" -> Side.SELL;
            default -> null;
        };
    }

    private Input.BrokerCancelReject cancelReject(Message m, Instant at)
            throws FieldNotFound, IncorrectDataFormat, IncorrectTagValue {
        return new Input.BrokerCancelReject(
                at,
                broker,
                sequence(m),
                m.getString(ClOrdID.FIELD),
                Reading.text(m, OrigClOrdID.FIELD),
                Reading.number(m, CxlRejResponseTo.FIELD, 1) == 2,
                ordStatus(m),
                Reading.text(m, CxlRejReason.FIELD),
                Reading.text(m, Text.FIELD));
    }

    private Input.BrokerMessageReject businessReject(Message m, Instant at) throws FieldNotFound, IncorrectDataFormat {
        @Nullable String about = sent.apply(Reading.number(m, RefSeqNum.FIELD, 0));
        @Nullable String refId = Reading.text(m, BUSINESS_REJECT_REF_ID);
        return new Input.BrokerMessageReject(
                at,
                broker,
                sequence(m),
                m.getString(RefMsgType.FIELD),
                refId == null && about != null ? id(about) : refId,
                Reading.text(m, BusinessRejectReason.FIELD),
                Reading.text(m, Text.FIELD));
    }

    private Input.BrokerMessageReject sessionReject(Message m, Instant at) throws FieldNotFound, IncorrectDataFormat {
        @Nullable String about = sent.apply(Reading.number(m, RefSeqNum.FIELD, 0));
        @Nullable String refType = Reading.text(m, RefMsgType.FIELD);
        if (refType == null) {
            refType = about == null ? "" : type(about);
        }
        return new Input.BrokerMessageReject(
                at,
                broker,
                sequence(m),
                refType,
                about == null ? null : id(about),
                Reading.text(m, SessionRejectReason.FIELD),
                Reading.text(m, Text.FIELD));
    }

    private static String type(String sent) {
        return MessageUtils.getStringField(sent, MsgType.FIELD);
    }

    /** The id under which the engine knows a message of ours. */
    private static @Nullable String id(String sent) {
        return MessageUtils.getStringField(
                sent,
                switch (type(sent)) {
                    case "J" -> AllocID.FIELD;
                    case "AU" -> ConfirmID.FIELD;
                    case "Q" -> ExecID.FIELD;
                    case "AF" -> MassStatusReqID.FIELD;
                    default -> ClOrdID.FIELD;
                });
    }

    private Input.BrokerAllocationAck allocationAck(Message m, Instant at) throws FieldNotFound {
        AllocationStatus status = switch (m.getString(AllocStatus.FIELD)) {
            case "0" -> AllocationStatus.ACCEPTED;
            case "3" -> AllocationStatus.RECEIVED;
            default -> AllocationStatus.REJECTED;
        };
        return new Input.BrokerAllocationAck(
                at,
                broker,
                sequence(m),
                m.getString(AllocID.FIELD),
                status,
                dialect.version() == Dialect.Version.FIX42,
                Reading.text(m, AllocRejCode.FIELD),
                Reading.text(m, Text.FIELD));
    }

    private Input.BrokerConfirmation confirmation(Message m, Instant at)
            throws FieldNotFound, IncorrectDataFormat, IncorrectTagValue {
        return new Input.BrokerConfirmation(
                at,
                broker,
                sequence(m),
                m.getString(ConfirmID.FIELD),
                Reading.text(m, AllocID.FIELD),
                required(quantity(m, AllocQty.FIELD), AllocQty.FIELD),
                required(price(m, AvgPx.FIELD), AvgPx.FIELD),
                Reading.decimal(m, GrossTradeAmt.FIELD),
                Reading.decimal(m, Commission.FIELD),
                Reading.decimal(m, NetMoney.FIELD),
                m.isSetField(SettlDate.FIELD) ? date(m, SettlDate.FIELD) : null);
    }

    private static <T> T required(@Nullable T value, int tag) throws FieldNotFound {
        if (value == null) {
            throw new FieldNotFound(tag);
        }
        return value;
    }

    private static LocalDate date(FieldMap m, int tag) throws FieldNotFound, IncorrectDataFormat {
        try {
            return LocalDate.parse(m.getString(tag), DateTimeFormatter.BASIC_ISO_DATE);
        } catch (DateTimeParseException e) {
            throw new IncorrectDataFormat(tag, m.getString(tag));
        }
    }

    private static @Nullable Quantity quantity(FieldMap m, int tag)
            throws FieldNotFound, IncorrectDataFormat, IncorrectTagValue {
        @Nullable BigDecimal value = Reading.decimal(m, tag);
        if (value != null && value.signum() < 0) {
            throw new IncorrectTagValue(tag, m.getString(tag));
        }
        return value == null ? null : Quantity.of(value);
    }

    private static @Nullable Price price(FieldMap m, int tag) throws FieldNotFound, IncorrectDataFormat {
        @Nullable BigDecimal value = Reading.decimal(m, tag);
        return value == null ? null : Price.of(value);
    }
}
