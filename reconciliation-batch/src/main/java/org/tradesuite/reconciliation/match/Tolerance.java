package org.tradesuite.reconciliation.match;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.BusinessCalendar;

/**
 * How far two values of a column may be apart and still be the same item's.
 *
 * @param calendar for BUSINESS_DAYS: whose days are counted, a Strata id such as GBLO or several with +
 */
public record Tolerance(
        String column, Unit unit, BigDecimal most, @Nullable String calendar) {

    public enum Unit {
        /** In the unit of the column. */
        ABSOLUTE,
        /** Hundredths of a percent of what we say. */
        BASIS_POINTS,
        CALENDAR_DAYS,
        BUSINESS_DAYS;

        private boolean ofDates() {
            return this == CALENDAR_DAYS || this == BUSINESS_DAYS;
        }
    }

    private static final BigDecimal BASIS_POINTS_IN_ONE = BigDecimal.valueOf(10_000);

    public Tolerance {
        if (most.signum() < 0) {
            throw new IllegalArgumentException("The tolerance of " + column + " is negative: give zero or more.");
        }
        if ((unit == Unit.BUSINESS_DAYS) != (calendar != null)) {
            throw new IllegalArgumentException(
                    "The tolerance of " + column + " needs a calendar if it is in business days, and only then.");
        }
        if (calendar != null) {
            BusinessCalendar.of(calendar);
        }
    }

    void check(Shape shape) {
        var wanted = unit.ofDates() ? Column.Kind.DATE : Column.Kind.DECIMAL;
        if (shape.kind(shape.at(column)) != wanted) {
            throw new IllegalArgumentException("A tolerance in " + unit + " is for a " + wanted + ", and "
                    + shape.column(shape.at(column)) + " is none.");
        }
    }

    /** Whether what they say is near enough to what we say; what only one says never is. */
    boolean allows(Item ours, Item theirs, int at) {
        if (!ours.has(at) || !theirs.has(at)) {
            return ours.has(at) == theirs.has(at);
        }
        if (ours.same(theirs, at)) {
            return true;
        }
        return switch (unit) {
            case ABSOLUTE -> distance(ours, theirs, at).compareTo(most) <= 0;
            case BASIS_POINTS ->
                distance(ours, theirs, at)
                                .multiply(BASIS_POINTS_IN_ONE)
                                .compareTo(Digits.big(ours.unscaled(at), ours.scale(at))
                                        .abs()
                                        .multiply(most))
                        <= 0;
            case CALENDAR_DAYS ->
                most.compareTo(BigDecimal.valueOf(Math.abs((long) ours.epochDay(at) - theirs.epochDay(at)))) >= 0;
            case BUSINESS_DAYS ->
                most.compareTo(BigDecimal.valueOf(businessDays(ours.epochDay(at), theirs.epochDay(at)))) >= 0;
        };
    }

    private static BigDecimal distance(Item ours, Item theirs, int at) {
        return Digits.big(ours.unscaled(at), ours.scale(at))
                .subtract(Digits.big(theirs.unscaled(at), theirs.scale(at)))
                .abs();
    }

    private int businessDays(int one, int other) {
        var days = BusinessCalendar.of(String.valueOf(calendar));
        return Math.abs(days.businessDaysBetween(
                LocalDate.ofEpochDay(Math.min(one, other)), LocalDate.ofEpochDay(Math.max(one, other))));
    }
}
