package org.tradesuite.reporting.breaks;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Breaks of one kind, counted and added up as they come. Money is in one currency. */
final class Total {

    private long open;
    private long material;
    private long overdue;
    private long unvalued;
    private int oldest;
    private BigDecimal money = BigDecimal.ZERO;
    private final Map<String, Long> openByAge = new TreeMap<>();
    private final Map<String, BigDecimal> moneyByAge = new TreeMap<>();

    /** @param amount null where it is not known */
    void add(OpenBreak each, @Nullable BigDecimal amount) {
        open++;
        material += each.material() ? 1 : 0;
        overdue += each.overdue() ? 1 : 0;
        unvalued += amount == null ? 1 : 0;
        oldest = Math.max(oldest, each.ageDays());
        openByAge.merge(each.ageBucket(), 1L, Long::sum);
        if (amount != null) {
            money = money.add(amount);
            moneyByAge.merge(each.ageBucket(), amount, BigDecimal::add);
        }
    }

    long open() {
        return open;
    }

    long material() {
        return material;
    }

    long overdue() {
        return overdue;
    }

    /** How many are not in the money. */
    long unvalued() {
        return unvalued;
    }

    /** Business days. */
    int oldest() {
        return oldest;
    }

    BigDecimal money() {
        return money;
    }

    long open(String age) {
        return openByAge.getOrDefault(age, 0L);
    }

    BigDecimal money(String age) {
        return moneyByAge.getOrDefault(age, BigDecimal.ZERO);
    }
}
