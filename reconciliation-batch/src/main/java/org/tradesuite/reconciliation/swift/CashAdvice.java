package org.tradesuite.reconciliation.swift;

import java.io.IOException;
import java.util.regex.Pattern;
import org.tradesuite.reconciliation.statement.Feed;
import org.tradesuite.reconciliation.statement.Line.CashEntry;
import org.tradesuite.reconciliation.statement.Line.EntryStatus;
import org.tradesuite.reconciliation.statement.Page;
import org.tradesuite.reconciliation.statement.PageSink;
import org.tradesuite.reconciliation.statement.StatedNumbers;
import org.tradesuite.reconciliation.statement.UnreadableException;

/** MT900 Confirmation of Debit and MT910 Confirmation of Credit: one entry, told before the statement. */
final class CashAdvice {

    private static final Pattern AMOUNT = Pattern.compile("([0-9]{6})([A-Z]{3})([0-9]{1,15},[0-9]*)");

    private CashAdvice() {}

    static void read(FinMessage message, PageSink sink) throws UnreadableException, IOException {
        var field = message.body().field("32A");
        var parts = AMOUNT.matcher(message.body()
                .required("32A", "value date, currency and amount")
                .strip());
        if (field.isEmpty() || !parts.matches()) {
            throw new UnreadableException("Field 32A is not a value date, a currency and an amount.");
        }
        var amount = StatedNumbers.decimal(parts.group(3));
        var date = StatedNumbers.date(parts.group(1));
        var reference = message.body().required("20", "reference").strip();
        sink.line(new CashEntry(
                field.get().span(),
                EntryStatus.BOOK,
                date,
                null,
                message.type().equals("900") ? amount.negate() : amount,
                false,
                "MT" + message.type(),
                Fields.reference(message.body().required("21", "related reference")),
                reference,
                message.body().field("72").map(FinMessage.Field::value).orElse(null),
                null));
        sink.page(Page.ofAdvice(
                new Page.Key(
                        Feed.CUSTODIAN_ADVICE,
                        message.sender(),
                        CashEntries.account(message),
                        StatedNumbers.currency(parts.group(2)),
                        date,
                        reference),
                "MT" + message.type(),
                message.span()));
    }
}
