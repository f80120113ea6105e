package org.tradesuite.reconciliation.breaks;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;

/** In which order breaks are listed; those that are alike by their number. Each order has its index on the cards. */
public enum BreakSort {
    /** Most money at risk first, in the currency of the firm; what nobody can value comes last. */
    RISK("firm_money", " desc", "numeric"),
    /** Oldest first. */
    AGE("first_seen", "", "date"),
    /** Due soonest first; what has no date comes last. */
    DUE("due_on", "", "date");

    private static final LocalDate NEVER = LocalDate.of(9999, 12, 31);

    private final String column;
    private final String direction;
    private final String type;

    BreakSort(String column, String direction, String type) {
        this.column = column;
        this.direction = direction;
        this.type = type;
    }

    /** As the index has it. */
    String order() {
        return "c." + column + direction + ", c.break_id";
    }

    /** The same, but as no index has it: what fits is found first and then sorted. */
    String sorted() {
        return "c." + column + " + 0" + direction + ", c.break_id";
    }

    /** What is true of all that come after a place in the list. */
    String behind() {
        return "c." + column + (direction.isEmpty() ? " >= " : " <= ") + "cast(:key as " + type + ") and (c." + column
                + " <> cast(:key as " + type + ") or c.break_id > :after)";
    }

    /** What a break is ordered by, as text. */
    String keyAsText() {
        return "cast(c." + column + " as text)";
    }

    /** The same for {@link #within}: a text would be made a date again for each card. */
    Object bound(String key) {
        return this == RISK ? new BigDecimal(key) : LocalDate.parse(key);
    }

    /** What is true of all that come no later than those of a key. */
    String within() {
        return "c." + column + (direction.isEmpty() ? " <= " : " >= ") + ":most";
    }

    /** The first key of a break in this order. */
    public String key(ListedBreak of) {
        return switch (this) {
            case RISK -> {
                var money = of.firmMoney();
                yield money == null ? "0" : money.toPlainString();
            }
            case AGE -> of.firstSeen().toString();
            case DUE -> {
                var due = of.dueOn();
                yield (due == null ? NEVER : due).toString();
            }
        };
    }

    /** Whether a key can be one of this order. */
    boolean takes(String key) {
        try {
            return switch (this) {
                case RISK -> new BigDecimal(key).signum() >= 0;
                case AGE, DUE -> LocalDate.parse(key).getYear() > 0;
            };
        } catch (NumberFormatException | DateTimeException other) {
            return false;
        }
    }
}
