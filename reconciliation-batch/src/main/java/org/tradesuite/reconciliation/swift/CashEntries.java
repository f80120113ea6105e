package org.tradesuite.reconciliation.swift;

import com.prowidesoftware.swift.model.field.Field61;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.statement.Balance;
import org.tradesuite.reconciliation.statement.Line.CashEntry;
import org.tradesuite.reconciliation.statement.Line.EntryStatus;
import org.tradesuite.reconciliation.statement.Refusal;
import org.tradesuite.reconciliation.statement.StatedNumbers;
import org.tradesuite.reconciliation.statement.UnreadableException;
import org.tradesuite.reconciliation.swift.FinMessage.Field;

/** What the cash statements have in common: entries (61 with its 86) and balances. */
final class CashEntries {

    private static final Pattern BALANCE = Pattern.compile("([CD])([0-9]{6})([A-Z]{3})([0-9]{1,15},[0-9]*)");
    private static final int BACK_AND_FORTH = 6;

    private CashEntries() {}

    /** The entries in order; an 86 that follows a 61 says more of it, one elsewhere is of the statement. */
    static List<CashEntry> of(FinMessage message) throws UnreadableException {
        var entries = new ArrayList<CashEntry>();
        Field entry = null;
        for (var field : message.body().fields()) {
            if (entry != null) {
                entries.add(entry(entry, field.tag().equals("86") ? field : null));
            }
            entry = field.tag().equals("61") ? field : null;
        }
        if (entry != null) {
            entries.add(entry(entry, null));
        }
        return entries;
    }

    private static CashEntry entry(Field field, @Nullable Field narrative) throws UnreadableException {
        var text = field.value();
        var parsed = new Field61(text);
        if (parsed.getValueDate() == null
                || parsed.getDebitCreditMark() == null
                || parsed.getAmount() == null
                || !parsed.getAmount().contains(",")
                || !squeezed(parsed.getValue()).equals(squeezed(text))) {
            throw new UnreadableException("Line " + field.span().line() + ": entry '" + text.strip()
                    + "' is not a value date, a mark, an amount, a type and references.");
        }
        var amount = StatedNumbers.decimal(parsed.getAmount());
        var mark = parsed.getDebitCreditMark();
        var signed = switch (mark) {
            case "C", "RD", "EC" -> amount;
            case "D", "RC", "ED" -> amount.negate();
            default ->
                throw new UnreadableException(
                        "Line " + field.span().line() + ": the mark '" + mark + "' is neither a credit nor a debit.");
        };
        var valueDate = StatedNumbers.date(parsed.getValueDate());
        return new CashEntry(
                field.span(),
                mark.startsWith("E") ? EntryStatus.PDNG : EntryStatus.BOOK,
                valueDate,
                parsed.getEntryDate() == null ? null : entryDate(parsed.getEntryDate(), valueDate),
                signed,
                mark.startsWith("R"),
                blankToNull((parsed.getTransactionType() == null ? "" : parsed.getTransactionType())
                        + (parsed.getIdentificationCode() == null ? "" : parsed.getIdentificationCode())),
                Fields.reference(parsed.getReferenceForTheAccountOwner()),
                Fields.reference(parsed.getReferenceOfTheAccountServicingInstitution()),
                text(parsed.getSupplementaryDetails(), narrative),
                null);
    }

    /** Month and day only: the year is the one that brings it nearest to the value date. */
    private static LocalDate entryDate(String monthAndDay, LocalDate valueDate) throws UnreadableException {
        UnreadableException wrong = null;
        LocalDate nearest = null;
        for (var year = valueDate.getYear() - 1; year <= valueDate.getYear() + 1; year++) {
            try {
                var date = StatedNumbers.date(year + monthAndDay);
                if (nearest == null || distance(date, valueDate) < distance(nearest, valueDate)) {
                    nearest = date;
                }
            } catch (UnreadableException noSuchDay) {
                wrong = noSuchDay;
            }
        }
        if (nearest == null || distance(nearest, valueDate) > BACK_AND_FORTH * 31L) {
            throw wrong == null
                    ? new UnreadableException(
                            Refusal.IMPOSSIBLE_DATE, "Entry date '" + monthAndDay + "' is far from " + valueDate + ".")
                    : wrong;
        }
        return nearest;
    }

    private static long distance(LocalDate one, LocalDate other) {
        return Math.abs(one.toEpochDay() - other.toEpochDay());
    }

    private static String squeezed(@Nullable String text) {
        return text == null ? "" : text.replaceAll("\\s+", "");
    }

    private static @Nullable String text(@Nullable String details, @Nullable Field narrative) {
        var both = (details == null ? "" : details.strip() + "\n")
                + (narrative == null ? "" : narrative.value().strip());
        return blankToNull(both.strip());
    }

    private static @Nullable String blankToNull(String text) {
        return text.isBlank() ? null : text;
    }

    static Balance balance(String code, String text) throws UnreadableException {
        var parts = BALANCE.matcher(text.strip());
        if (!parts.matches()) {
            throw new UnreadableException("Balance '" + text + "' is not a mark, a date, a currency and an amount.");
        }
        var amount = StatedNumbers.decimal(parts.group(4));
        return new Balance(
                code,
                parts.group(1).equals("D") ? amount.negate() : amount,
                StatedNumbers.currency(parts.group(3)),
                StatedNumbers.date(parts.group(2)));
    }

    static void oneCurrency(List<Balance> balances) throws UnreadableException {
        for (var balance : balances) {
            if (!balance.currency().equals(balances.getFirst().currency())) {
                throw new UnreadableException(
                        Refusal.MIXED_CURRENCIES,
                        "One balance is in " + balances.getFirst().currency() + ", another in " + balance.currency()
                                + ". Ask the custodian for a statement of each currency.");
            }
        }
    }

    /** Field 25, or 25P whose second line is a BIC. */
    static String account(FinMessage message) throws UnreadableException {
        var field = message.body().field("25").or(() -> message.body().field("25P"));
        if (field.isEmpty()) {
            throw new UnreadableException("The account (25) is missing: ask the custodian.");
        }
        return field.get().value().lines().findFirst().orElse("").strip();
    }

    static BigDecimal sum(List<CashEntry> entries, int sign) {
        return entries.stream()
                .map(CashEntry::amount)
                .filter(amount -> amount.signum() == sign)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .abs();
    }
}
