package org.tradesuite.reconciliation.swift;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import org.tradesuite.reconciliation.statement.Feed;
import org.tradesuite.reconciliation.statement.Line.CashEntry;
import org.tradesuite.reconciliation.statement.Line.EntryStatus;
import org.tradesuite.reconciliation.statement.Page;
import org.tradesuite.reconciliation.statement.PageSink;
import org.tradesuite.reconciliation.statement.Refusal;
import org.tradesuite.reconciliation.statement.StatedNumbers;
import org.tradesuite.reconciliation.statement.UnreadableException;

/** MT942 Interim Transaction Report: entries of a day that goes on, with their number and sum instead of balances. */
final class IntradayCash {

    private static final Pattern FLOOR = Pattern.compile("([A-Z]{3})[CD]?[0-9]{1,15},[0-9]*");
    private static final Pattern SUM = Pattern.compile("([0-9]{1,5})([A-Z]{3})([0-9]{1,15},[0-9]*)");

    private IntradayCash() {}

    static void read(FinMessage message, PageSink sink) throws UnreadableException, IOException {
        var floor = FLOOR.matcher(
                message.body().required("34F", "floor limit and currency").strip());
        if (!floor.matches()) {
            throw new UnreadableException("The floor limit (34F) is not a currency and an amount.");
        }
        var currency = StatedNumbers.currency(floor.group(1));
        var entries = CashEntries.of(message);
        judge(message, "90D", entries, currency, -1);
        judge(message, "90C", entries, currency, 1);
        for (var entry : entries) {
            sink.line(entry);
        }
        var number = message.body().required("28C", "statement number").strip();
        sink.page(new Page(
                new Page.Key(
                        Feed.CUSTODIAN_INTRADAY,
                        message.sender(),
                        CashEntries.account(message),
                        currency,
                        date(message, entries),
                        number),
                "MT942",
                1,
                false,
                message.body().required("20", "reference").strip(),
                null,
                true,
                null,
                false,
                null,
                false,
                List.of(),
                message.span(),
                null));
    }

    /** The time it was made (13D), or without one the last value date. */
    private static LocalDate date(FinMessage message, List<CashEntry> entries) throws UnreadableException {
        var made = message.body().field("13D");
        if (made.isPresent() && made.get().value().length() >= 6) {
            return StatedNumbers.date(made.get().value().substring(0, 6));
        }
        return entries.stream()
                .map(CashEntry::valueDate)
                .max(LocalDate::compareTo)
                .orElseThrow(() -> new UnreadableException("It does not say of which day it is (13D)."));
    }

    private static void judge(FinMessage message, String tag, List<CashEntry> entries, String currency, int sign)
            throws UnreadableException {
        var stated = message.body().field(tag);
        if (stated.isEmpty()) {
            return;
        }
        var parts = SUM.matcher(stated.get().value().strip());
        if (!parts.matches()) {
            throw new UnreadableException("'" + stated.get().value() + "' (" + tag + ") is not a number and a sum.");
        }
        if (!parts.group(2).equals(currency)) {
            throw new UnreadableException(
                    Refusal.MIXED_CURRENCIES,
                    "The floor limit is in " + currency + ", the sum (" + tag + ") in " + parts.group(2) + ".");
        }
        var counted = entries.stream()
                .filter(entry -> entry.amount().signum() == sign && entry.status() == EntryStatus.BOOK)
                .toList();
        var sum = CashEntries.sum(counted, sign);
        // Expected entries may be counted or not; only where there are none is the sum certain.
        if (entries.stream().allMatch(entry -> entry.status() == EntryStatus.BOOK)
                && (counted.size() != Integer.parseInt(parts.group(1))
                        || sum.compareTo(StatedNumbers.decimal(parts.group(3))) != 0)) {
            throw new UnreadableException(
                    Refusal.STATEMENT_NOT_FOOTING,
                    counted.size() + " entries come to " + sum.toPlainString() + ", " + tag + " says "
                            + stated.get().value().strip() + ". Ask the custodian to send it again.");
        }
    }
}
