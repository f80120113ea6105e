package org.tradesuite.execution.fix;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.engine.Effect;
import org.tradesuite.execution.order.OrderType;
import org.tradesuite.market.Side;
import quickfix.FieldMap;
import quickfix.FieldNotFound;
import quickfix.Group;
import quickfix.Message;
import quickfix.field.Account;
import quickfix.field.AffirmStatus;
import quickfix.field.AllocAccount;
import quickfix.field.AllocAvgPx;
import quickfix.field.AllocCancReplaceReason;
import quickfix.field.AllocID;
import quickfix.field.AllocNetMoney;
import quickfix.field.AllocNoOrdersType;
import quickfix.field.AllocQty;
import quickfix.field.AllocTransType;
import quickfix.field.AllocType;
import quickfix.field.AvgPx;
import quickfix.field.ClOrdID;
import quickfix.field.CommType;
import quickfix.field.Commission;
import quickfix.field.ConfirmID;
import quickfix.field.Currency;
import quickfix.field.DKReason;
import quickfix.field.ExDestination;
import quickfix.field.ExecID;
import quickfix.field.GrossTradeAmt;
import quickfix.field.HandlInst;
import quickfix.field.LastPx;
import quickfix.field.LastQty;
import quickfix.field.MassStatusReqID;
import quickfix.field.MassStatusReqType;
import quickfix.field.MsgType;
import quickfix.field.NetMoney;
import quickfix.field.NoAllocs;
import quickfix.field.NoExecs;
import quickfix.field.NoOrders;
import quickfix.field.OrdType;
import quickfix.field.OrderID;
import quickfix.field.OrderQty;
import quickfix.field.OrigClOrdID;
import quickfix.field.Price;
import quickfix.field.RefAllocID;
import quickfix.field.SecurityExchange;
import quickfix.field.SecurityID;
import quickfix.field.SecurityIDSource;
import quickfix.field.SettlDate;
import quickfix.field.Symbol;
import quickfix.field.Text;
import quickfix.field.TimeInForce;
import quickfix.field.TradeDate;
import quickfix.field.TransactTime;

/** What we say to a broker, as the message that broker wants to read: the standard first, then its dialect. */
final class OrderMessages {
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyyMMdd-HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyyMMdd-HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);
    /** Where a message is to go, on behalf of whom: these belong into the header. */
    private static final Set<Integer> HEADER = Set.of(50, 57, 115, 116, 128, 129, 142, 143, 144, 145);

    private final Dialect dialect;

    OrderMessages(Dialect dialect) {
        this.dialect = dialect;
    }

    /** The message type an effect is sent as. */
    static String type(Effect.Outbound outbound) {
        return switch (outbound) {
            case Effect.SendNewOrder _ -> "D";
            case Effect.SendCancel _ -> "F";
            case Effect.SendReplace _ -> "G";
            case Effect.SendStatusRequest _ -> "H";
            case Effect.SendMassStatusRequest _ -> "AF";
            case Effect.SendAllocation _ -> "J";
            case Effect.SendConfirmationAck _ -> "AU";
            case Effect.SendDontKnow _ -> "Q";
        };
    }

    Message write(Effect.Outbound outbound) {
        var message = new Message();
        String type = type(outbound);
        message.getHeader().setString(MsgType.FIELD, type);
        switch (outbound) {
            case Effect.SendNewOrder order -> newOrder(message, order);
            case Effect.SendCancel cancel -> cancel(message, cancel);
            case Effect.SendReplace replace -> replace(message, replace);
            case Effect.SendStatusRequest request -> statusRequest(message, request);
            case Effect.SendMassStatusRequest request -> massStatusRequest(message, request);
            case Effect.SendAllocation allocation -> allocation(message, allocation);
            case Effect.SendConfirmationAck ack -> confirmationAck(message, ack);
            case Effect.SendDontKnow dontKnow -> dontKnow(message, dontKnow);
        }
        return inDialect(type, message);
    }

    private void newOrder(Message m, Effect.SendNewOrder order) {
        m.setString(ClOrdID.FIELD, order.clOrdId());
        wanted(m, order.terms(), order.transactTime());
    }

    private void cancel(Message m, Effect.SendCancel cancel) {
        m.setString(ClOrdID.FIELD, cancel.clOrdId());
        m.setString(OrigClOrdID.FIELD, cancel.origClOrdId());
        set(m, OrderID.FIELD, cancel.brokerOrderId());
        about(m, cancel.terms());
        m.setString(OrderQty.FIELD, cancel.terms().quantity().toString());
        m.setString(TransactTime.FIELD, time(cancel.transactTime()));
    }

    private void replace(Message m, Effect.SendReplace replace) {
        m.setString(ClOrdID.FIELD, replace.clOrdId());
        m.setString(OrigClOrdID.FIELD, replace.origClOrdId());
        set(m, OrderID.FIELD, replace.brokerOrderId());
        wanted(m, replace.terms(), replace.transactTime());
    }

    private void statusRequest(Message m, Effect.SendStatusRequest request) {
        m.setString(ClOrdID.FIELD, request.clOrdId());
        set(m, OrderID.FIELD, request.brokerOrderId());
        about(m, request.terms());
    }

    private void massStatusRequest(Message m, Effect.SendMassStatusRequest request) {
        m.setString(MassStatusReqID.FIELD, request.requestId());
        m.setInt(MassStatusReqType.FIELD, MassStatusReqType.STATUS_FOR_ALL_ORDERS);
    }

    /** The whole order as it shall be: of a new one and of a replaced one. */
    private void wanted(Message m, Effect.Terms terms, Instant transactTime) {
        about(m, terms);
        m.setString(HandlInst.FIELD, "1");
        if (dialect.destination()) {
            m.setString(ExDestination.FIELD, terms.mic().toString());
        }
        m.setString(TransactTime.FIELD, time(transactTime));
        m.setString(OrderQty.FIELD, terms.quantity().toString());
        m.setString(OrdType.FIELD, terms.type() == OrderType.MARKET ? "1" : "2");
        if (terms.price() != null) {
            m.setString(Price.FIELD, terms.price().toString());
        }
        m.setString(TimeInForce.FIELD, String.valueOf(terms.timeInForce().tag()));
        m.setString(Currency.FIELD, terms.currency().toString());
    }

    private static void about(Message m, Effect.Terms terms) {
        m.setString(Account.FIELD, terms.account().toString());
        instrument(m, terms.symbol(), terms.isin(), terms.mic().toString());
        side(m, terms.side());
    }

    private static void instrument(FieldMap m, String symbol, @Nullable String isin, String mic) {
        m.setString(Symbol.FIELD, symbol);
        m.setString(SecurityExchange.FIELD, mic);
        if (isin != null) {
            m.setString(SecurityID.FIELD, isin);
            m.setString(SecurityIDSource.FIELD, "4");
        }
    }

    private static void side(Message m, Side side) {
        m.setString(quickfix.field.Side.FIELD, side == Side.BUY ? "1" : "2");
    }

    private void allocation(Message m, Effect.SendAllocation a) {
        m.setString(AllocID.FIELD, a.allocationId());
        m.setString(AllocTransType.FIELD, a.replaces() == null ? "0" : "1");
        if (a.replaces() != null) {
            m.setString(RefAllocID.FIELD, a.replaces());
            if (dialect.version() != Dialect.Version.FIX42) {
                // Change in underlying order details
                m.setString(AllocCancReplaceReason.FIELD, "2");
            }
        }
        if (dialect.version() != Dialect.Version.FIX42) {
            m.setString(AllocType.FIELD, "1");
            m.setString(AllocNoOrdersType.FIELD, "1");
        }
        instrument(m, a.symbol(), a.isin(), a.mic().toString());
        side(m, a.side());
        m.setString(quickfix.field.Quantity.FIELD, a.quantity().toString());
        m.setString(AvgPx.FIELD, a.averagePrice().toString());
        m.setString(Currency.FIELD, a.currency().toString());
        m.setString(TradeDate.FIELD, day(a.tradeDate()));
        m.setString(SettlDate.FIELD, day(a.settlementDate()));
        m.setString(TransactTime.FIELD, time(a.transactTime()));
        m.setString(GrossTradeAmt.FIELD, plain(a.grossAmount()));
        m.setString(NetMoney.FIELD, plain(a.netAmount()));
        for (Effect.AllocatedOrder order : a.orders()) {
            var group = new Group(NoOrders.FIELD, ClOrdID.FIELD, new int[] {ClOrdID.FIELD, OrderID.FIELD, 0});
            group.setString(ClOrdID.FIELD, order.clOrdId());
            set(group, OrderID.FIELD, order.brokerOrderId());
            m.addGroup(group);
            for (Effect.AllocatedExecution execution : order.executions()) {
                var executed = new Group(
                        NoExecs.FIELD, LastQty.FIELD, new int[] {LastQty.FIELD, ExecID.FIELD, LastPx.FIELD, 0});
                executed.setString(LastQty.FIELD, execution.quantity().toString());
                executed.setString(ExecID.FIELD, theirs(execution.execId()));
                executed.setString(LastPx.FIELD, execution.price().toString());
                m.addGroup(executed);
            }
        }
        var share = new Group(NoAllocs.FIELD, AllocAccount.FIELD, new int[] {
            AllocAccount.FIELD,
            AllocQty.FIELD,
            Commission.FIELD,
            CommType.FIELD,
            AllocAvgPx.FIELD,
            AllocNetMoney.FIELD,
            0
        });
        share.setString(AllocAccount.FIELD, a.account().toString());
        share.setString(AllocQty.FIELD, a.quantity().toString());
        share.setString(Commission.FIELD, plain(a.commission()));
        share.setString(CommType.FIELD, "3");
        share.setString(AllocAvgPx.FIELD, a.averagePrice().toString());
        share.setString(AllocNetMoney.FIELD, plain(a.netAmount()));
        m.addGroup(share);
    }

    /** The ExecID as the broker wrote it, without the ClOrdID that {@link BrokerReports} may have put before it. */
    private String theirs(String execId) {
        return dialect.execIds() == Dialect.ExecIds.PER_ORDER ? execId.substring(execId.indexOf('/') + 1) : execId;
    }

    private void confirmationAck(Message m, Effect.SendConfirmationAck ack) {
        m.setString(ConfirmID.FIELD, ack.confirmId());
        m.setString(TradeDate.FIELD, day(ack.tradeDate()));
        m.setString(TransactTime.FIELD, time(ack.transactTime()));
        m.setString(AffirmStatus.FIELD, ack.affirmed() ? "3" : "2");
        set(m, Text.FIELD, ack.text());
    }

    /** The standard has no id of ours in it: OrderID (37) and ExecID (17) say which execution we mean. */
    private void dontKnow(Message m, Effect.SendDontKnow d) {
        m.setString(OrderID.FIELD, d.brokerOrderId() == null ? "NONE" : d.brokerOrderId());
        m.setString(ExecID.FIELD, theirs(d.execId()));
        m.setString(DKReason.FIELD, String.valueOf(d.reason().code()));
        set(m, Symbol.FIELD, d.named().symbol() == null ? "[N/A]" : d.named().symbol());
        set(m, SecurityExchange.FIELD, d.named().mic());
        if (d.named().isin() != null) {
            m.setString(SecurityID.FIELD, d.named().isin());
            m.setString(SecurityIDSource.FIELD, "4");
        }
        side(m, d.side());
        m.setString(OrderQty.FIELD, (d.orderQuantity() == null ? d.quantity() : d.orderQuantity()).toString());
        m.setString(LastQty.FIELD, d.quantity().toString());
        m.setString(LastPx.FIELD, d.price().toString());
        m.setString(Text.FIELD, d.text());
    }

    /** Under what a message of ours is found in the session's store. */
    String idInStore(Effect.Outbound outbound) {
        return outbound instanceof Effect.SendDontKnow d
                ? dontKnow(d.brokerOrderId() == null ? "NONE" : d.brokerOrderId(), theirs(d.execId()))
                : outbound.messageId();
    }

    /** A 35=Q in the store. */
    static String dontKnow(@Nullable String brokerOrderId, @Nullable String execId) {
        return "35=Q 37=" + brokerOrderId + " 17=" + execId;
    }

    private Message inDialect(String type, Message message) {
        dialect.mappings().getOrDefault(type, Map.of()).forEach((tag, values) -> {
            try {
                @Nullable String theirs = message.isSetField(tag) ? values.get(message.getString(tag)) : null;
                if (theirs != null) {
                    message.setString(tag, theirs);
                }
            } catch (FieldNotFound e) {
                throw new IllegalStateException("a field that is set was not found", e);
            }
        });
        dialect.removals().getOrDefault(type, List.of()).forEach(message::removeField);
        dialect.additions()
                .getOrDefault(type, Map.of())
                .forEach((tag, value) -> (HEADER.contains(tag) ? message.getHeader() : message).setString(tag, value));
        return message;
    }

    private static void set(FieldMap m, int tag, @Nullable String value) {
        if (value != null) {
            m.setString(tag, value);
        }
    }

    private String time(Instant instant) {
        return (dialect.timestamps() == Dialect.Precision.MICROS ? MICROS : MILLIS).format(instant);
    }

    private static String day(LocalDate date) {
        return DateTimeFormatter.BASIC_ISO_DATE.format(date);
    }

    private static String plain(BigDecimal amount) {
        return amount.toPlainString();
    }
}
