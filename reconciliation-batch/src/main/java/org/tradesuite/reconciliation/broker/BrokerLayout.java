package org.tradesuite.reconciliation.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a broker lays out its statement of trades: what each column holds, the separator, the form of dates and numbers,
 * its words for buy and sell, one row a trade or one row a fill, and how its last line begins, which counts the rows.
 * Layouts are data: {@code layouts.json} beside this class.
 */
record BrokerLayout(
        Map<Column, String> columns,
        String separator,
        String dates,
        String decimalMark,
        String buy,
        String sell,
        boolean rowPerFill,
        String trailer) {

    /** What a column may hold. Everything but REFERENCE and the other references must be there. */
    enum Column {
        REFERENCE,
        CLIENT_REFERENCES,
        EXECUTION_REFERENCES,
        ACCOUNT,
        SYMBOL,
        MIC,
        ISIN,
        SIDE,
        QUANTITY,
        PRICE,
        GROSS,
        COMMISSION,
        FEES,
        NET,
        TRADE_DATE,
        SETTLE_DATE,
        CURRENCY;

        boolean optional() {
            return this == REFERENCE || this == CLIENT_REFERENCES || this == EXECUTION_REFERENCES;
        }
    }

    private static final int ASCII = 128;

    BrokerLayout {
        for (var column : Column.values()) {
            if (!column.optional() && !columns.containsKey(column)) {
                throw new IllegalArgumentException("The layout names no column for " + column + ".");
            }
        }
        if (separator.length() != 1
                || decimalMark.length() != 1
                || separator.charAt(0) >= ASCII
                || decimalMark.charAt(0) >= ASCII) {
            throw new IllegalArgumentException("Separator and decimal mark are one character of ASCII each.");
        }
        columns = Map.copyOf(columns);
    }

    /** The layouts we ship, by broker. */
    static Map<String, BrokerLayout> shipped() {
        try (InputStream in = BrokerLayout.class.getResourceAsStream("layouts.json")) {
            if (in == null) {
                throw new IllegalStateException("layouts.json is not on the class path");
            }
            return new TreeMap<>(
                    JsonMapper.builder().build().readValue(in, new TypeReference<Map<String, BrokerLayout>>() {}));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    char separatorCharacter() {
        return separator.charAt(0);
    }

    /** Where each column stands in the heading line, or what is wrong with the heading. */
    Places places(List<String> heading) {
        var places = new EnumMap<Column, Integer>(Column.class);
        for (var column : columns.entrySet()) {
            var at = heading.indexOf(column.getValue());
            if (at < 0) {
                throw new IllegalArgumentException("The heading has no column '" + column.getValue() + "' ("
                        + column.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")");
            }
            places.put(column.getKey(), at);
        }
        return new Places(Map.copyOf(places), heading.size());
    }

    record Places(Map<Column, Integer> of, int width) {
        /** Its place, or -1 if the broker does not tell it. */
        int at(Column column) {
            return of.getOrDefault(column, -1);
        }
    }

    LocalDate date(String what, String text) {
        try {
            return LocalDate.parse(
                    text, DateTimeFormatter.ofPattern(dates, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT));
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException(what + " '" + text + "' is not a date as in " + dates, wrong);
        }
    }
}
