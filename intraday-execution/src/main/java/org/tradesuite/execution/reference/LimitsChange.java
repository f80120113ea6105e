package org.tradesuite.execution.reference;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Currency;

/**
 * All limits as somebody wants them from now on. A limit that is not among them ends.
 *
 * @param version of the limits that were read before they were edited
 */
public record LimitsChange(long version, String reason, List<Wanted> limits) {

    public LimitsChange {
        limits = List.copyOf(limits);
    }

    /** @param warnAt absent for 80 percent of the amount */
    public record Wanted(
            LimitScope scope,
            String scopeId,
            LimitKind kind,
            BigDecimal amount,
            @Nullable BigDecimal warnAt,
            @Nullable Currency currency) {}
}
