package org.tradesuite.reconciliation.broker;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a broker lays out its statement of trades: the heading line as agreed, what each column holds, the separator, the
 * form of dates and numbers, its words for buy and sell, one row a trade or one row a fill, and how its last line begins,
 * which counts the rows. What may be agreed {@link LayoutCheck} says.
 *
 * @param anyOrder whether the headings may stand in any order, with others between them
 */
record BrokerLayout(
        List<Heading> headings,
        boolean anyOrder,
        String separator,
        String dates,
        String decimalMark,
        String buy,
        String sell,
        boolean rowPerFill,
        String trailer)
        implements Layout {

    @Override
    public boolean tellsCharges() {
        return true;
    }

    /** @param column what stands under it; null if we do not need it */
    record Heading(String heading, @Nullable Column column) {}

    /** What a column may hold. Everything but references and what only some trades have must be there. */
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
        /** Stamp duty, financial transaction tax: in the net amount, beside commission and fees. */
        TAX,
        /** Interest that is bought or sold with a bond: in the net amount. */
        ACCRUED,
        /** At which the amounts were converted into their currency. */
        FX_RATE,
        NET,
        TRADE_DATE,
        SETTLE_DATE,
        CURRENCY;

        boolean optional() {
            return switch (this) {
                case REFERENCE, CLIENT_REFERENCES, EXECUTION_REFERENCES, TAX, ACCRUED, FX_RATE -> true;
                case ACCOUNT,
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
                        CURRENCY -> false;
            };
        }
    }

    BrokerLayout {
        headings = List.copyOf(headings);
    }

    char separatorCharacter() {
        return separator.charAt(0);
    }

    /** Where each column stands in a heading line that {@link HeadingDifferences} finds nothing wrong with. */
    Places places(List<String> heading) {
        var places = new EnumMap<Column, Integer>(Column.class);
        for (var each : headings) {
            var column = each.column();
            if (column != null) {
                var at = heading.indexOf(each.heading());
                if (at < 0) {
                    throw new IllegalArgumentException("The heading has no column '" + each.heading() + "'");
                }
                places.put(column, at);
            }
        }
        return new Places(Map.copyOf(places), heading.size());
    }

    record Places(Map<Column, Integer> of, int width) {
        /** Its place, or -1 if the broker does not tell it. */
        int at(Column column) {
            return of.getOrDefault(column, -1);
        }
    }

    /** How dates are read; days that no calendar has are no dates. */
    static DateTimeFormatter dates(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    }

    LocalDate date(String what, String text) {
        try {
            return LocalDate.parse(text, dates(dates));
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException(what + " '" + text + "' is not a date as in " + dates, wrong);
        }
    }
}
