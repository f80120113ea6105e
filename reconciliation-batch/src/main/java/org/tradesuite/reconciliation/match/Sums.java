package org.tradesuite.reconciliation.match;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What a column of several items comes to, exactly. */
final class Sums {

    private Sums() {}

    /** Whether both sides come to the same; never if one item has no value. */
    static boolean equal(Items ours, Items theirs, int column) {
        if (column < 0) {
            return false;
        }
        var mine = of(ours, column);
        var others = of(theirs, column);
        return mine != null && others != null && mine.compareTo(others) == 0;
    }

    private static @Nullable BigDecimal of(Items items, int column) {
        var sum = BigDecimal.ZERO;
        for (var index = 0; index < items.size(); index++) {
            var value = items.at(index).decimal(column);
            if (value == null) {
                return null;
            }
            sum = sum.add(value);
        }
        return sum;
    }
}
