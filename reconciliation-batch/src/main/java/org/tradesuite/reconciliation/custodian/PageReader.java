package org.tradesuite.reconciliation.custodian;

import com.prowidesoftware.swift.model.field.Field61;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Currency;
import org.tradesuite.market.Isin;
import org.tradesuite.reconciliation.custodian.FinMessage.Unreadable;
import org.tradesuite.reconciliation.custodian.Page.Cash;
import org.tradesuite.reconciliation.custodian.Page.Entry;
import org.tradesuite.reconciliation.custodian.Page.Holding;
import org.tradesuite.reconciliation.custodian.Page.Holdings;
import org.tradesuite.reconciliation.custodian.Page.StatementKey;

/** Reads one page of an MT535 or MT950. Anything in it that is not understood refuses the page. */
final class PageReader {

    private static final DateTimeFormatter EIGHT =
            DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter SIX =
            DateTimeFormatter.ofPattern("uuMMdd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final Pattern PAGE_535 = Pattern.compile("0*([0-9]{1,5})/(MORE|LAST|ONLY)");
    private static final Pattern PAGE_950 = Pattern.compile("0*([0-9]{1,5})(?:/0*([0-9]{1,5}))?");
    private static final Pattern BALANCE_60 = Pattern.compile("([CD])([0-9]{6})([A-Z]{3})([0-9]{1,15},[0-9]*)");
    private static final Pattern QUANTITY = Pattern.compile("(?:[A-Z0-9]*/)?(UNIT|FAMT|AMOR)/(N?)([0-9]{1,15},[0-9]*)");
    private static final Pattern ISIN = Pattern.compile("ISIN ([A-Z0-9]{12})(?:\\s.*)?", Pattern.DOTALL);

    /** Fields that name the message, not what it says. */
    private static final Set<String> NAMES = Set.of("20C", "20", "98C", "13A");

    private PageReader() {}

    static Page read(FinMessage message) throws Unreadable {
        return switch (message.type()) {
            case "535" -> holdings(message);
            case "950" -> cash(message);
            default ->
                throw new Unreadable("MT" + message.type() + " is no statement: MT535 and MT950 are read here.", false);
        };
    }

    private static Holdings holdings(FinMessage message) throws Unreadable {
        var page = PAGE_535.matcher(required(message.plain("28E"), "page (28E)"));
        if (!page.matches()) {
            throw new Unreadable("Page (28E) is not a number and MORE, LAST or ONLY.", false);
        }
        var account = required(message.generic("GENL", "97A", "SAFE"), "safekeeping account (97A SAFE)");
        var date = date(required(message.generic("GENL", "98A", "STAT"), "statement date (98A STAT)"), EIGHT);
        return new Holdings(
                new StatementKey("535", message.sender(), account, null, date),
                Integer.parseInt(page.group(1)),
                page.group(2).equals("MORE"),
                message.generic("GENL", "20C", "SEME").orElse(""),
                says(message),
                message.text(),
                holdings(message.fields()));
    }

    /** Each FIN sequence is a holding; it begins with its 35B. */
    private static List<Holding> holdings(List<FinMessage.Field> fields) throws Unreadable {
        var holdings = new ArrayList<Holding>();
        String isin = null;
        BigDecimal aggregate = null;
        BigDecimal parts = null;
        for (var field : fields) {
            if (!field.path().endsWith("FIN")) {
                continue;
            }
            if (field.tag().equals("35B")) {
                close(holdings, isin, aggregate, parts);
                isin = isin(field.value());
                aggregate = null;
                parts = null;
            } else if (field.tag().equals("93B")) {
                var whole = field.after("AGGR");
                if (whole.isPresent()) {
                    aggregate = quantity(whole.get());
                }
                for (var qualifier : List.of("AVAI", "NAVL")) {
                    var part = field.after(qualifier);
                    if (part.isPresent()) {
                        parts = (parts == null ? BigDecimal.ZERO : parts).add(quantity(part.get()));
                    }
                }
            }
        }
        close(holdings, isin, aggregate, parts);
        return holdings;
    }

    private static void close(
            List<Holding> holdings, @Nullable String isin, @Nullable BigDecimal aggregate, @Nullable BigDecimal parts)
            throws Unreadable {
        if (isin == null) {
            return;
        }
        if (aggregate == null) {
            throw new Unreadable("Holding " + isin + " has no aggregate balance (93B AGGR).", false);
        }
        holdings.add(new Holding(isin, aggregate, parts));
    }

    private static Cash cash(FinMessage message) throws Unreadable {
        var page = PAGE_950.matcher(required(message.plain("28C"), "statement and page number (28C)"));
        if (!page.matches()) {
            throw new Unreadable("Statement and page number (28C) are not numbers.", false);
        }
        var intermediateOpening = message.plain("60M").isPresent();
        var intermediateClosing = message.plain("62M").isPresent();
        var opening =
                balance(required(message.plain(intermediateOpening ? "60M" : "60F"), "opening balance (60F or 60M)"));
        var closing =
                balance(required(message.plain(intermediateClosing ? "62M" : "62F"), "closing balance (62F or 62M)"));
        if (!opening.currency().equals(closing.currency())) {
            throw new Unreadable(
                    "The opening balance is in " + opening.currency() + ", the closing one in " + closing.currency()
                            + ".",
                    false);
        }
        var entries = new ArrayList<Entry>();
        for (var field : message.fields()) {
            if (field.tag().equals("61")) {
                entries.add(entry(field.value()));
            }
        }
        return new Cash(
                new StatementKey(
                        "950",
                        message.sender(),
                        required(message.plain("25"), "account (25)"),
                        closing.currency(),
                        closing.date()),
                page.group(2) == null ? 1 : Integer.parseInt(page.group(2)),
                intermediateClosing,
                message.plain("20").orElse(""),
                says(message),
                message.text(),
                opening.amount(),
                intermediateOpening,
                List.copyOf(entries),
                closing.amount(),
                intermediateClosing);
    }

    private record Balance(BigDecimal amount, String currency, LocalDate date) {}

    private static Balance balance(String text) throws Unreadable {
        var parts = BALANCE_60.matcher(text);
        if (!parts.matches()) {
            throw new Unreadable("Balance '" + text + "' is not a mark, a date, a currency and an amount.", false);
        }
        var amount = decimal(parts.group(4));
        try {
            return new Balance(
                    parts.group(1).equals("D") ? amount.negate() : amount,
                    Currency.of(parts.group(3)).code(),
                    date(parts.group(2), SIX));
        } catch (IllegalArgumentException unknown) {
            throw new Unreadable(String.valueOf(unknown.getMessage()), false);
        }
    }

    private static Entry entry(String text) throws Unreadable {
        var field = new Field61(text);
        var mark = field.getDebitCreditMark();
        if (field.getValueDate() == null || mark == null || field.getAmount() == null) {
            throw new Unreadable("Entry '" + text + "' has no value date, mark or amount.", false);
        }
        var amount = decimal(field.getAmount());
        var signed = switch (mark) {
            case "C", "RD" -> amount;
            case "D", "RC" -> amount.negate();
            default -> throw new Unreadable("Entry '" + text + "' is neither a credit nor a debit.", false);
        };
        return new Entry(
                date(field.getValueDate(), SIX),
                signed,
                reference(field.getReferenceForTheAccountOwner()),
                reference(field.getReferenceOfTheAccountServicingInstitution()));
    }

    private static @Nullable String reference(@Nullable String text) {
        return text == null || text.isBlank() || text.equals("NONREF") ? null : text.strip();
    }

    private static String isin(String value) throws Unreadable {
        var parts = ISIN.matcher(value);
        if (!parts.matches()) {
            throw new Unreadable("Field 35B '" + value + "' names no ISIN.", false);
        }
        try {
            return Isin.of(parts.group(1)).value();
        } catch (IllegalArgumentException wrong) {
            throw new Unreadable(String.valueOf(wrong.getMessage()), false);
        }
    }

    private static BigDecimal quantity(String text) throws Unreadable {
        var parts = QUANTITY.matcher(text);
        if (!parts.matches()) {
            throw new Unreadable("Balance '" + text + "' is not a type and a quantity.", false);
        }
        var quantity = decimal(parts.group(3));
        return parts.group(2).isEmpty() ? quantity : quantity.negate();
    }

    private static BigDecimal decimal(String text) throws Unreadable {
        var plain = text.replace(',', '.');
        try {
            return new BigDecimal(plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain);
        } catch (NumberFormatException wrong) {
            throw new Unreadable("'" + text + "' is not a number.", false);
        }
    }

    private static LocalDate date(String text, DateTimeFormatter form) throws Unreadable {
        try {
            return LocalDate.parse(text, form);
        } catch (DateTimeException wrong) {
            throw new Unreadable("'" + text + "' is not a date.", false);
        }
    }

    private static String required(Optional<String> field, String what) throws Unreadable {
        return field.orElseThrow(() -> new Unreadable("The " + what + " is missing.", false));
    }

    private static String says(FinMessage message) {
        return message.fields().stream()
                .filter(field -> !NAMES.contains(field.tag()))
                .map(field -> field.path() + ":" + field.tag() + ":" + field.value())
                .collect(Collectors.joining("\n"));
    }
}
