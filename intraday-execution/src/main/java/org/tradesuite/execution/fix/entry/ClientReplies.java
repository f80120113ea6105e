package org.tradesuite.execution.fix.entry;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.engine.ClientFact;
import org.tradesuite.execution.engine.ClientReport;
import org.tradesuite.execution.engine.Effect;
import org.tradesuite.execution.fix.entry.Client.Version;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.OrderType;
import org.tradesuite.market.Side;
import quickfix.Group;
import quickfix.Message;
import quickfix.field.Account;
import quickfix.field.AvgPx;
import quickfix.field.ClOrdID;
import quickfix.field.ClientID;
import quickfix.field.CopyMsgIndicator;
import quickfix.field.CumQty;
import quickfix.field.Currency;
import quickfix.field.CxlRejReason;
import quickfix.field.CxlRejResponseTo;
import quickfix.field.ExecID;
import quickfix.field.ExecRefID;
import quickfix.field.ExecRestatementReason;
import quickfix.field.ExecTransType;
import quickfix.field.LastMkt;
import quickfix.field.LastPx;
import quickfix.field.LastQty;
import quickfix.field.LastRptRequested;
import quickfix.field.LeavesQty;
import quickfix.field.MassStatusReqID;
import quickfix.field.MsgType;
import quickfix.field.NoPartyIDs;
import quickfix.field.OrdRejReason;
import quickfix.field.OrdStatusReqID;
import quickfix.field.OrdType;
import quickfix.field.OrderID;
import quickfix.field.OrderQty;
import quickfix.field.OrigClOrdID;
import quickfix.field.PartyID;
import quickfix.field.PartyIDSource;
import quickfix.field.PartyRole;
import quickfix.field.Price;
import quickfix.field.SecurityExchange;
import quickfix.field.SecurityID;
import quickfix.field.SecurityIDSource;
import quickfix.field.Symbol;
import quickfix.field.Text;
import quickfix.field.TimeInForce;
import quickfix.field.TotNumReports;
import quickfix.field.TradeDate;
import quickfix.field.TransactTime;

/** What a client is told, in its version of FIX. */
final class ClientReplies {
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyyMMdd-HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
    /** The last OrdRejReason (103) and CxlRejReason (102) that FIX 4.2 knows; what came later is "broker option" there. */
    private static final int LAST_REJECT_REASON_OF_42 = 8;

    private static final int LAST_CANCEL_REASON_OF_42 = 3;
    private static final int CANCEL_OPTION_OF_42 = 2;

    private final Client client;
    private final boolean old;

    ClientReplies(Client client) {
        this.client = client;
        this.old = client.version() == Version.FIX42;
    }

    /** @param asked the question it answers, null if it was not asked for */
    Message report(ClientReport report, Effect.@Nullable Asked asked) {
        var m = new Message();
        m.getHeader().setString(MsgType.FIELD, "8");
        m.setString(OrderID.FIELD, report.orderId());
        m.setString(ClOrdID.FIELD, report.clOrdId());
        set(m, OrigClOrdID.FIELD, report.origClOrdId());
        m.setString(ExecID.FIELD, report.execId());
        set(m, ExecRefID.FIELD, report.execRefId());
        what(m, report);
        m.setChar(quickfix.field.OrdStatus.FIELD, report.status().tag());
        order(m, report);
        if (report.lastQuantity() != null && report.lastPrice() != null) {
            m.setString(LastQty.FIELD, report.lastQuantity().toString());
            m.setString(LastPx.FIELD, report.lastPrice().toString());
            m.setString(TradeDate.FIELD, day(report.businessDate()));
            set(m, LastMkt.FIELD, report.lastMarket());
        }
        m.setString(LeavesQty.FIELD, report.leaves().toString());
        m.setString(CumQty.FIELD, report.cumulative().toString());
        m.setString(
                AvgPx.FIELD, report.average() == null ? "0" : report.average().toString());
        m.setString(TransactTime.FIELD, time(report.transactTime()));
        if (report.reason() != null) {
            m.setInt(OrdRejReason.FIELD, old && report.reason() > LAST_REJECT_REASON_OF_42 ? 0 : report.reason());
        }
        if (report.what() == ExecType.RESTATED) {
            m.setInt(ExecRestatementReason.FIELD, report.terms().limit() == null ? 5 : 3);
        }
        set(m, Text.FIELD, report.text());
        if (asked != null) {
            answers(m, asked);
        }
        if (client.takesCopies()) {
            copy(m, report);
        }
        return m;
    }

    /** FIX 4.2 says in ExecTransType (20) what later versions say in ExecType (150). */
    private void what(Message m, ClientReport report) {
        ExecType what = report.what();
        if (!old) {
            m.setChar(quickfix.field.ExecType.FIELD, what.tag());
            return;
        }
        m.setChar(
                ExecTransType.FIELD,
                switch (what) {
                    case TRADE_CANCEL -> '1';
                    case TRADE_CORRECT -> '2';
                    case ORDER_STATUS -> '3';
                    default -> '0';
                });
        m.setChar(
                quickfix.field.ExecType.FIELD,
                switch (what) {
                    case TRADE -> report.leaves().isZero() ? '2' : '1';
                    case TRADE_CANCEL, TRADE_CORRECT, ORDER_STATUS ->
                        report.status().tag();
                    default -> what.tag();
                });
    }

    private static void order(Message m, ClientReport report) {
        ClientReport.Terms terms = report.terms();
        set(m, Account.FIELD, terms.account());
        m.setString(Symbol.FIELD, terms.symbol());
        set(m, SecurityExchange.FIELD, terms.mic());
        if (terms.isin() != null) {
            m.setString(SecurityID.FIELD, terms.isin());
            m.setString(SecurityIDSource.FIELD, "4");
        }
        m.setString(quickfix.field.Side.FIELD, terms.side() == Side.BUY ? "1" : "2");
        m.setString(OrderQty.FIELD, terms.quantity().toString());
        m.setString(OrdType.FIELD, terms.type() == OrderType.MARKET ? "1" : "2");
        if (terms.limit() != null) {
            m.setString(Price.FIELD, terms.limit().toString());
        }
        m.setString(TimeInForce.FIELD, String.valueOf(terms.timeInForce().tag()));
        set(m, Currency.FIELD, terms.currency());
    }

    private static void answers(Message m, Effect.Asked asked) {
        if (asked.mass()) {
            m.setString(MassStatusReqID.FIELD, asked.questionId());
            m.setInt(TotNumReports.FIELD, asked.total());
            m.setBoolean(LastRptRequested.FIELD, asked.last());
        } else {
            m.setString(OrdStatusReqID.FIELD, asked.questionId());
        }
    }

    /** A drop copy: it is marked as one, and says whose order it is. FIX 4.2 has no mark; there ClientID (109) says it. */
    private void copy(Message m, ClientReport report) {
        if (old) {
            set(m, ClientID.FIELD, report.client());
            return;
        }
        m.setBoolean(CopyMsgIndicator.FIELD, true);
        if (report.client() != null) {
            var party = new Group(
                    NoPartyIDs.FIELD, PartyID.FIELD, new int[] {PartyID.FIELD, PartyIDSource.FIELD, PartyRole.FIELD, 0
                    });
            party.setString(PartyID.FIELD, report.client());
            party.setString(PartyIDSource.FIELD, "D");
            party.setInt(PartyRole.FIELD, PartyRole.CLIENT_ID);
            m.addGroup(party);
        }
    }

    Message refusal(ClientFact.RequestRefused refused) {
        var m = new Message();
        m.getHeader().setString(MsgType.FIELD, "9");
        m.setString(OrderID.FIELD, refused.orderId());
        m.setString(ClOrdID.FIELD, refused.clOrdId());
        m.setString(OrigClOrdID.FIELD, refused.origClOrdId());
        m.setChar(quickfix.field.OrdStatus.FIELD, refused.status().tag());
        m.setString(CxlRejResponseTo.FIELD, refused.toReplace() ? "2" : "1");
        m.setInt(
                CxlRejReason.FIELD,
                old && refused.reason() > LAST_CANCEL_REASON_OF_42 ? CANCEL_OPTION_OF_42 : refused.reason());
        m.setString(Text.FIELD, refused.text());
        if (client.takesCopies()) {
            // No version marks a copy of this message; only FIX 4.2 has a field for whose order it is.
            set(
                    m,
                    Account.FIELD,
                    refused.account() == null ? null : refused.account().toString());
            set(m, ClientID.FIELD, old ? refused.client() : null);
        }
        return m;
    }

    private static void set(Message m, int tag, @Nullable String value) {
        if (value != null) {
            m.setString(tag, value);
        }
    }

    private static String time(Instant instant) {
        return MILLIS.format(instant);
    }

    private static String day(LocalDate date) {
        return DateTimeFormatter.BASIC_ISO_DATE.format(date);
    }
}
