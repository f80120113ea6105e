package org.tradesuite.reconciliation.breaks;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;

/** In which order breaks are listed; those that are alike by their number. Each order has its index. */
public enum BreakSort {
    /** Most money at risk first, in the currency of the firm; what nobody can value comes last. */
    RISK(
            "coalesce(b.firm_money, 0) desc, b.break_id",
            " and coalesce(b.firm_money, 0) <= cast(:key as numeric)"
                    + " and (coalesce(b.firm_money, 0) < cast(:key as numeric) or b.break_id > :after)"),
    /** Oldest first. */
    AGE("b.first_seen, b.break_id", " and (b.first_seen, b.break_id) > (cast(:key as date), :after)"),
    /** Due soonest first; what has no date comes last. */
    DUE(
            "coalesce(b.due_on, '9999-12-31'), b.break_id",
            " and (coalesce(b.due_on, '9999-12-31'), b.break_id) > (cast(:key as date), :after)");

    private static final LocalDate NEVER = LocalDate.of(9999, 12, 31);

    private final String order;
    private final String behind;

    BreakSort(String order, String behind) {
        this.order = order;
        this.behind = behind;
    }

    String order() {
        return order;
    }

    /** What is true of all that come after a place in the list. */
    String behind() {
        return behind;
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
