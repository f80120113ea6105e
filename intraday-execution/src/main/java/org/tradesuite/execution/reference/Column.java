package org.tradesuite.execution.reference;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.Bic;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.BusinessCalendar;
import org.tradesuite.market.Cfi;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Isin;
import org.tradesuite.market.Lei;
import org.tradesuite.market.Mic;

/**
 * One column of a reference file: its name, which is the table's too, and how its text becomes the value that goes into
 * the database. A text it cannot read throws {@link IllegalArgumentException} with a message for the person who sent it.
 *
 * @param required whether an empty field is refused; otherwise it is stored as unknown, or as what the import fills in
 */
record Column(String name, boolean required, Function<String, Object> read) {

    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,20}(\\.[0-9]{1,18})?");
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    static Column of(String name, Function<String, Object> read) {
        return new Column(name, true, read);
    }

    Column optional() {
        return new Column(name, false, read);
    }

    @Nullable
    Object value(String text) {
        if (text.isEmpty()) {
            if (required) {
                throw new IllegalArgumentException("Column " + name + " is empty: it needs a value.");
            }
            return null;
        }
        try {
            return read.apply(text);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("Column " + name + ": " + wrong.getMessage(), wrong);
        }
    }

    static Column text(String name) {
        return of(name, Column::plain);
    }

    private static Object plain(String text) {
        if (!text.equals(text.strip()) || text.length() > 200 || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "'" + text + "' has spaces around it, control characters, or more than 200 characters.");
        }
        return text;
    }

    static Column decimal(String name) {
        return of(name, text -> {
            if (!DECIMAL.matcher(text).matches()) {
                throw new IllegalArgumentException("'" + text
                        + "' is not a decimal number: send digits with a point, without grouping or exponent.");
            }
            return new BigDecimal(text);
        });
    }

    static Column whole(String name) {
        return of(name, text -> {
            try {
                return Integer.valueOf(text);
            } catch (NumberFormatException wrong) {
                throw new IllegalArgumentException("'" + text + "' is not a whole number.", wrong);
            }
        });
    }

    static Column yesOrNo(String name) {
        return of(name, text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false.");
        });
    }

    static Column date(String name) {
        return of(name, text -> parsed(text, LocalDate::parse, "a date such as 2026-03-31"));
    }

    static Column time(String name) {
        return of(name, text -> parsed(text, LocalTime::parse, "a time of day such as 09:30"));
    }

    /** An instant in UTC, or a date for its first instant in UTC. */
    static Column instant(String name) {
        return of(
                name,
                text -> text.length() == 10
                        ? parsed(text, LocalDate::parse, "a date such as 2026-03-31")
                                .atStartOfDay()
                                .atOffset(ZoneOffset.UTC)
                        : parsed(text, Instant::parse, "an instant such as 2026-03-31T12:00:00Z")
                                .atOffset(ZoneOffset.UTC));
    }

    private static <T> T parsed(String text, Function<String, T> parse, String wanted) {
        try {
            return parse.apply(text);
        } catch (DateTimeParseException wrong) {
            throw new IllegalArgumentException("'" + text + "' is not " + wanted + ".", wrong);
        }
    }

    static Column zone(String name) {
        return of(name, text -> {
            if (!ZoneId.getAvailableZoneIds().contains(text)) {
                throw new IllegalArgumentException(
                        "'" + text + "' is not a time zone: send one such as Europe/London.");
            }
            return text;
        });
    }

    static Column country(String name) {
        return of(name, text -> {
            if (!COUNTRIES.contains(text)) {
                throw new IllegalArgumentException("'" + text + "' is not a country code of ISO 3166, such as GB.");
            }
            return text;
        });
    }

    static <E extends Enum<E>> Column oneOf(String name, Class<E> allowed) {
        return of(name, text -> {
            if (Arrays.stream(allowed.getEnumConstants())
                    .noneMatch(each -> each.name().equals(text))) {
                throw new IllegalArgumentException(
                        "'" + text + "' is none of " + Arrays.toString(allowed.getEnumConstants()) + ".");
            }
            return text;
        });
    }

    /** What the column takes, or {@code *} for all of them. */
    Column orAny() {
        return new Column(name, required, text -> text.equals(Permission.ANY) ? text : read.apply(text));
    }

    static Column rating(String name) {
        return of(name, text -> Rating.of(text).toString());
    }

    /** Categories with a bar between them, stored in the order of their list. */
    static Column esg(String name) {
        return of(name, text -> EsgCategory.text(EsgCategory.several(text)));
    }

    static Column calendar(String name) {
        return of(name, text -> BusinessCalendar.of(text).toString());
    }

    static Column isin(String name) {
        return of(name, text -> Isin.of(text).toString());
    }

    static Column lei(String name) {
        return of(name, text -> Lei.of(text).toString());
    }

    static Column bic(String name) {
        return of(name, text -> Bic.of(text).toString());
    }

    static Column mic(String name) {
        return of(name, text -> Mic.of(text).toString());
    }

    static Column cfi(String name) {
        return of(name, text -> Cfi.of(text).toString());
    }

    static Column currency(String name) {
        return of(name, text -> Currency.of(text).toString());
    }

    static Column instrument(String name) {
        return of(name, text -> InstrumentId.of(text).toString());
    }

    static Column account(String name) {
        return of(name, text -> AccountId.of(text).toString());
    }

    static Column broker(String name) {
        return of(name, text -> BrokerId.of(text).toString());
    }
}
