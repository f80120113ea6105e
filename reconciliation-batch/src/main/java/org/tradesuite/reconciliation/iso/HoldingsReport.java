package org.tradesuite.reconciliation.iso;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.statement.Feed;
import org.tradesuite.reconciliation.statement.Line.Holding;
import org.tradesuite.reconciliation.statement.Line.QuantityType;
import org.tradesuite.reconciliation.statement.Line.SubBalance;
import org.tradesuite.reconciliation.statement.PageSink;
import org.tradesuite.reconciliation.statement.UnreadableException;

/** semt.002 Securities Balance Custody Report and semt.003 Accounting Report: each BalForAcct is a holding. */
final class HoldingsReport extends SecuritiesReport {

    private final String subAccounts;

    HoldingsReport(String message, String sender, String root) {
        super(message, sender, Feed.CUSTODIAN_POSITION, root);
        this.subAccounts = root + "/SubAcctDtls";
    }

    @Override
    public boolean isWalked(String path) {
        return path.equals(root()) || path.equals(subAccounts);
    }

    @Override
    int line(String parent, Element element, PageSink sink) throws UnreadableException, IOException {
        if (!element.name().equals("BalForAcct") && !element.name().equals("BalForSubAcct")) {
            return 0;
        }
        var security = Securities.security(element);
        var aggregate = Securities.quantity(required(element, "AggtBal"));
        sink.line(new Holding(
                element.span(),
                security.isin(),
                security.otherId(),
                aggregate.type(),
                aggregate.amount(),
                part(element, "AvlblBal", aggregate.type()),
                part(element, "NotAvlblBal", aggregate.type()),
                aggregate.amortised(),
                subBalances(element)));
        return 1;
    }

    private static Element required(Element element, String name) throws UnreadableException {
        return element.at(name)
                .orElseThrow(() -> new UnreadableException(
                        "Line " + element.span().line() + ": a holding has no " + name + ". Ask the custodian."));
    }

    private static @Nullable BigDecimal part(Element holding, String name, QuantityType type)
            throws UnreadableException {
        var part = holding.at(name);
        if (part.isEmpty()) {
            return null;
        }
        var quantity = Securities.quantity(part.get());
        return quantity.type() == type ? quantity.amount() : null;
    }

    private static List<SubBalance> subBalances(Element holding) throws UnreadableException {
        var found = new ArrayList<SubBalance>(0);
        for (var sub : holding.all("BalBrkdwn")) {
            var code = sub.text("SubBalTp", "Cd")
                    .or(() -> sub.text("SubBalTp", "Prtry", "Id"))
                    .orElse("?");
            var quantity = Securities.quantity(required(sub, "Qty"));
            var available = sub.text("Qty", "Qty", "QtyAndAvlbty", "AvlbtyInd")
                    .map(indicator -> yes(indicator) ? "AVAI" : "NAVL")
                    .orElse(null);
            found.add(new SubBalance(code, available, quantity.type(), quantity.amount()));
        }
        return found;
    }

    @Override
    LocalDate date(Element general) throws UnreadableException {
        return Securities.date(general, "StmtDtTm")
                .orElseThrow(() -> new UnreadableException("The report does not say of which day it is (StmtDtTm)."));
    }
}
