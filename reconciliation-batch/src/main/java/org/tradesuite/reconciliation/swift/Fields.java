package org.tradesuite.reconciliation.swift;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.statement.Line.QuantityType;
import org.tradesuite.reconciliation.statement.StatedNumbers;
import org.tradesuite.reconciliation.statement.UnreadableException;
import org.tradesuite.reconciliation.swift.FinMessage.Sequence;

/** Fields that several securities messages have in common. */
final class Fields {

    private static final Pattern ISIN = Pattern.compile("(?s)ISIN ([A-Z0-9]{12})(?:\\s+(.*))?");
    private static final Pattern QUANTITY = Pattern.compile("(UNIT|FAMT|AMOR)/(N?)([0-9]{1,15},[0-9]*)");
    private static final Pattern AMOUNT = Pattern.compile("(N?)([A-Z]{3})([0-9]{1,15},[0-9]*)");
    private static final Pattern PAGE = Pattern.compile("0*([0-9]{1,5})/(MORE|LAST|ONLY)");

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** A quantity, negative where the sender marks it N. */
    record Quantity(QuantityType type, BigDecimal amount) {

        Quantity negate() {
            return new Quantity(type, amount.negate());
        }
    }

    record Amount(String currency, BigDecimal amount) {}

    record PageNumber(int number, boolean more) {}

    /** A security by its ISIN, or by what else names it. */
    record Security(@Nullable String isin, String otherId) {}

    private Fields() {}

    static PageNumber page(Sequence general) throws UnreadableException {
        var text = general.required("28E", "page");
        var page = PAGE.matcher(text);
        if (!page.matches()) {
            throw new UnreadableException("Page (28E) '" + text + "' is not a number and MORE, LAST or ONLY.");
        }
        return new PageNumber(Integer.parseInt(page.group(1)), page.group(2).equals("MORE"));
    }

    /** Field 35B. Without an ISIN the security is named by whatever stands there. */
    static Security security(String value) throws UnreadableException {
        var parts = ISIN.matcher(value.strip());
        if (!parts.matches()) {
            return new Security(null, BLANKS.matcher(value.strip()).replaceAll(" "));
        }
        var text = parts.group(2);
        return new Security(
                StatedNumbers.isin(parts.group(1)),
                text == null ? "" : BLANKS.matcher(text.strip()).replaceAll(" "));
    }

    static Quantity quantity(String text) throws UnreadableException {
        var parts = QUANTITY.matcher(text.strip());
        if (!parts.matches()) {
            throw new UnreadableException("'" + text + "' is not a type and a quantity.");
        }
        var amount = StatedNumbers.decimal(parts.group(3));
        return new Quantity(QuantityType.valueOf(parts.group(1)), parts.group(2).isEmpty() ? amount : amount.negate());
    }

    /** The first quantity (36B) of the sequence, whatever its qualifier. */
    static Quantity quantity(Sequence sequence) throws UnreadableException {
        var field = sequence.required("36B", "quantity");
        return quantity(field.substring(field.indexOf("//") + 2));
    }

    /** The first amount (19A) with one of these qualifiers. */
    static Optional<Amount> amount(Sequence sequence, String... qualifiers) throws UnreadableException {
        for (var qualifier : qualifiers) {
            var text = sequence.generic("19A", qualifier);
            if (text.isPresent()) {
                var parts = AMOUNT.matcher(text.get().strip());
                if (!parts.matches()) {
                    throw new UnreadableException("Amount '" + text.get() + "' is not a currency and a number.");
                }
                var amount = StatedNumbers.decimal(parts.group(3));
                return Optional.of(new Amount(
                        StatedNumbers.currency(parts.group(2)), parts.group(1).isEmpty() ? amount : amount.negate()));
            }
        }
        return Optional.empty();
    }

    static Optional<LocalDate> date(Sequence sequence, String qualifier) throws UnreadableException {
        var text = sequence.generic("98", qualifier);
        return text.isEmpty() ? Optional.empty() : Optional.of(date(text.get()));
    }

    /** 98A is a date, 98C begins with one. */
    static LocalDate date(String text) throws UnreadableException {
        return StatedNumbers.date(text.length() > 8 ? text.substring(0, 8) : text);
    }

    /** Whether securities come in (22H REDE). */
    static boolean receives(Sequence sequence) throws UnreadableException {
        var direction = sequence.required("22H", "REDE", "direction");
        return switch (direction.strip().toUpperCase(Locale.ROOT)) {
            case "RECE" -> true;
            case "DELI" -> false;
            default -> throw new UnreadableException("Direction '" + direction + "' is neither RECE nor DELI.");
        };
    }

    /** A reference (20C) in one of the LINK sequences below. */
    static @Nullable String linked(Sequence sequence, String... qualifiers) {
        for (var qualifier : qualifiers) {
            for (var link : sequence.everywhere("LINK")) {
                var found = link.generic("20C", qualifier);
                if (found.isPresent()) {
                    return reference(found.get());
                }
            }
        }
        return null;
    }

    static @Nullable String reference(@Nullable String text) {
        return text == null || text.isBlank() || text.strip().equals("NONREF") ? null : text.strip();
    }
}
