package org.tradesuite.suite.custodian;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What the custodian says of an instruction, as SWIFT wants it said. */
final class CustodianWords {

    private CustodianWords() {}

    /** MT548: how an instruction stands. */
    static FinMessage advice(Trade trade, Instant at, String reference, String status, @Nullable String reason) {
        Order order = trade.order;
        FinMessage message = new FinMessage("548", at)
                .open("GENL")
                .line("20C", ":SEME//" + reference)
                .line("23G", "INST")
                .prepared()
                .open("LINK")
                .line("13A", ":LINK//54" + (order.receive() ? "1" : "3"))
                .line("20C", ":RELA//" + order.reference())
                .close("LINK")
                .open("STAT")
                .line("25D", ":" + status);
        if (reason != null) {
            message.open("REAS")
                    .line("24B", ":" + status.substring(status.length() - 4) + "//" + reason)
                    .close("REAS");
        }
        message.close("STAT").close("GENL").open("SETTRAN").isin(order.isin());
        message.line("36B", ":SETT//" + FinMessage.units(order.quantity()));
        if (order.currency() != null) {
            message.line("19A", ":SETT//" + order.currency() + FinMessage.number(order.amount()));
        }
        return message.line("97A", ":SAFE//" + order.safekeepingAccount())
                .line("22F", ":SETR//TRAD")
                .line("22H", ":REDE//" + (order.receive() ? "RECE" : "DELI"))
                .line("22H", ":PAYM//" + (order.currency() == null ? "FREE" : "APMT"))
                .line("98A", ":SETT//" + FinMessage.date(order.settlementDate()))
                .line("98A", ":TRAD//" + FinMessage.date(order.tradeDate()))
                .close("SETTRAN");
    }

    /** MT544 to MT547, by direction and with or without payment. */
    static String confirmationType(Order order) {
        return order.receive()
                ? (order.currency() == null ? "544" : "545")
                : (order.currency() == null ? "546" : "547");
    }

    /** The confirmation that so much of it settled. */
    static FinMessage confirmation(
            Trade trade,
            Instant at,
            String reference,
            BigDecimal quantity,
            BigDecimal amount,
            LocalDate date,
            @Nullable String partial) {
        Order order = trade.order;
        FinMessage message = new FinMessage(confirmationType(order), at)
                .open("GENL")
                .line("20C", ":SEME//" + reference)
                .line("23G", "NEWM")
                .prepared()
                .open("LINK")
                .line("20C", ":RELA//" + order.reference())
                .close("LINK")
                .close("GENL")
                .open("TRADDET")
                .line("98A", ":ESET//" + FinMessage.date(date))
                .line("98A", ":SETT//" + FinMessage.date(order.settlementDate()))
                .line("98A", ":TRAD//" + FinMessage.date(order.tradeDate()))
                .isin(order.isin());
        if (partial != null) {
            message.line("22F", ":PARS//" + partial);
        }
        message.close("TRADDET").open("FIAC").line("36B", ":ESTT//" + FinMessage.units(quantity));
        if (partial != null) {
            message.line("36B", ":PSTT//" + FinMessage.units(trade.settledQuantity))
                    .line("36B", ":RSTT//" + FinMessage.units(trade.rest().subtract(quantity)));
        }
        message.line("97A", ":SAFE//" + order.safekeepingAccount())
                .close("FIAC")
                .open("SETDET")
                .line("22F", ":SETR//TRAD")
                .open("SETPRTY")
                .line("95P", (order.receive() ? ":DEAG//" : ":REAG//") + order.counterparty())
                .close("SETPRTY")
                .open("SETPRTY")
                .line("95P", ":PSET//" + order.placeOfSettlement())
                .close("SETPRTY");
        if (order.currency() != null) {
            message.open("AMT")
                    .line("19A", ":ESTT//" + order.currency() + FinMessage.number(amount))
                    .close("AMT");
        }
        message.close("SETDET");
        return message;
    }
}
