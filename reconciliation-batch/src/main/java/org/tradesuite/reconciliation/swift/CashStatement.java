package org.tradesuite.reconciliation.swift;

import java.io.IOException;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.tradesuite.reconciliation.statement.Balance;
import org.tradesuite.reconciliation.statement.Feed;
import org.tradesuite.reconciliation.statement.Page;
import org.tradesuite.reconciliation.statement.PageSink;
import org.tradesuite.reconciliation.statement.UnreadableException;

/** MT940 Customer Statement and MT950 Statement: the same, but for the narrative (86) that only the first has. */
final class CashStatement {

    private static final Pattern NUMBER = Pattern.compile("0*([0-9]{1,5})(?:/0*([0-9]{1,5}))?");

    private CashStatement() {}

    static void read(FinMessage message, PageSink sink) throws UnreadableException, IOException {
        var number = NUMBER.matcher(
                message.body().required("28C", "statement and page number").strip());
        if (!number.matches()) {
            throw new UnreadableException("Statement and page number (28C) are not numbers.");
        }
        var carriedIn = message.body().field("60M").isPresent();
        var carriedOut = message.body().field("62M").isPresent();
        var opening = CashEntries.balance(
                "OPBD", message.body().required(carriedIn ? "60M" : "60F", "opening balance, 60F or 60M"));
        var closing = CashEntries.balance(
                "CLBD", message.body().required(carriedOut ? "62M" : "62F", "closing balance, 62F or 62M"));
        var balances = new ArrayList<Balance>();
        balances.add(opening);
        balances.add(closing);
        for (var field : message.body().fields()) {
            if (field.tag().equals("64")) {
                balances.add(CashEntries.balance("CLAV", field.value()));
            } else if (field.tag().equals("65")) {
                balances.add(CashEntries.balance("FWAV", field.value()));
            }
        }
        CashEntries.oneCurrency(balances);
        for (var entry : CashEntries.of(message)) {
            sink.line(entry);
        }
        sink.page(new Page(
                new Page.Key(
                        Feed.CUSTODIAN_CASH,
                        message.sender(),
                        CashEntries.account(message),
                        closing.currency(),
                        closing.date(),
                        ""),
                "MT" + message.type(),
                number.group(2) == null ? 1 : Integer.parseInt(number.group(2)),
                carriedOut,
                message.body().required("20", "reference").strip(),
                null,
                true,
                opening,
                carriedIn,
                closing,
                carriedOut,
                balances,
                message.span(),
                null));
    }
}
