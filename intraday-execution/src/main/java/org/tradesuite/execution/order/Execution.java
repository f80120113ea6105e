package org.tradesuite.execution.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Money;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;

/**
 * One execution of a route, with the ones before it. Newest first, so that adding one costs the same after ten thousand
 * fills as after one.
 *
 * @param root ExecID of the execution that a chain of corrections began with; its own if nothing was corrected
 * @param gap of an inferred execution, which nobody reported: the stretch of CumQty it stands for
 * @param filledAt when it was booked as a fill; null of one that a correction put in the place of another
 * @param live false once it was cancelled or corrected away
 */
public record Execution(
        String fillId,
        String execId,
        String root,
        LocalDate tradeDate,
        Quantity quantity,
        Price price,
        Instant transactTime,
        Money charges,
        Route.@Nullable Gap gap,
        @Nullable Instant filledAt,
        boolean live,
        @Nullable Execution earlier) {

    /**
     * The live execution a cancel or correct means: by its ExecID, else by the ExecID its chain of corrections began
     * with.
     */
    static @Nullable Execution find(@Nullable Execution newest, @Nullable String execId) {
        Execution chained = null;
        for (var each = newest; each != null; each = each.earlier) {
            if (each.live && each.execId.equals(execId)) {
                return each;
            }
            if (each.live && chained == null && each.root.equals(execId)) {
                chained = each;
            }
        }
        return chained;
    }

    /**
     * The execution that was booked as this fill; brokers give an ExecID again on another day, we never a fill's id.
     */
    public static @Nullable Execution ofFill(@Nullable Execution newest, String fillId) {
        for (var each = newest; each != null; each = each.earlier) {
            if (each.fillId.equals(fillId)) {
                return each;
            }
        }
        return null;
    }

    /** The same executions with this one no longer live. */
    static @Nullable Execution without(@Nullable Execution newest, String fillId) {
        if (newest == null) {
            return null;
        }
        if (newest.fillId.equals(fillId)) {
            return newest.with(false, newest.earlier);
        }
        // Rare and short: a broker takes back one of the last few executions.
        var skipped = new java.util.ArrayDeque<Execution>();
        var each = newest;
        while (each != null && !each.fillId.equals(fillId)) {
            skipped.push(each);
            each = each.earlier;
        }
        var rebuilt = each == null ? null : each.with(false, each.earlier);
        for (var above : skipped) {
            rebuilt = above.with(above.live, rebuilt);
        }
        return rebuilt;
    }

    BigDecimal value() {
        return price.value().multiply(quantity.value());
    }

    private Execution with(boolean isLive, @Nullable Execution before) {
        return new Execution(
                fillId, execId, root, tradeDate, quantity, price, transactTime, charges, gap, filledAt, isLive, before);
    }
}
