package org.tradesuite.reconciliation.statement;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import org.tradesuite.market.Currency;
import org.tradesuite.market.Isin;

/** Dates, amounts and codes as statements write them; what is not exactly that is refused, never mended. */
public final class StatedNumbers {

    /** What the columns hold, and what ISO 20022 allows. */
    private static final int DIGITS = 18;

    private static final DateTimeFormatter EIGHT =
            DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter SIX =
            DateTimeFormatter.ofPattern("uuMMdd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private StatedNumbers() {}

    /** yyyyMMdd, yyMMdd or yyyy-MM-dd; of a time only its date. */
    public static LocalDate date(String text) throws UnreadableException {
        try {
            if (text.length() > 10 && text.charAt(10) == 'T') {
                return LocalDate.parse(text.substring(0, 10));
            }
            return switch (text.length()) {
                case 6 -> LocalDate.parse(text, SIX);
                case 8 -> LocalDate.parse(text, EIGHT);
                // A time zone may follow the date.
                default -> LocalDate.parse(text.substring(0, Math.min(10, text.length())));
            };
        } catch (DateTimeException wrong) {
            throw new UnreadableException(
                    Refusal.IMPOSSIBLE_DATE,
                    "'" + text + "' is not a date. Ask the custodian to send the statement again.");
        }
    }

    /** With a decimal point or comma; neither blank nor sign. */
    public static BigDecimal decimal(String text) throws UnreadableException {
        var plain = text.replace(',', '.');
        if (plain.isEmpty() || !plain.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'))) {
            throw new UnreadableException("'" + text + "' is not a number.");
        }
        BigDecimal number;
        try {
            number = new BigDecimal(plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain);
        } catch (NumberFormatException wrong) {
            throw new UnreadableException("'" + text + "' is not a number.");
        }
        if (number.signum() != 0 && number.precision() > DIGITS) {
            throw new UnreadableException("'" + text + "' has more than " + DIGITS
                    + " digits, more than ISO 20022 allows: it is not rounded. Ask the custodian.");
        }
        return number;
    }

    public static String currency(String text) throws UnreadableException {
        try {
            return Currency.of(text).code();
        } catch (IllegalArgumentException unknown) {
            throw new UnreadableException(String.valueOf(unknown.getMessage()));
        }
    }

    public static String isin(String text) throws UnreadableException {
        try {
            return Isin.of(text).value();
        } catch (IllegalArgumentException wrong) {
            throw new UnreadableException(String.valueOf(wrong.getMessage()));
        }
    }
}
