package org.tradesuite.execution.reference;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Currency;

/**
 * Limits as somebody wants them. Limits that it does not mention stay as they are.
 *
 * @param version of the limits that were read before they were edited
 * @param validFrom absent for as soon as it is approved
 * @param validUntil when everything is again as it was before; absent for a change that stays
 */
public record LimitProposal(
        long version,
        String reason,
        @Nullable Instant validFrom,
        @Nullable Instant validUntil,
        List<Wanted> limits) {

    public LimitProposal {
        limits = List.copyOf(limits);
    }

    /**
     * @param amount absent for a limit that is to end
     * @param warnAt absent for 80 percent of the amount
     */
    public record Wanted(
            LimitScope scope,
            String scopeId,
            LimitKind kind,
            @Nullable BigDecimal amount,
            @Nullable BigDecimal warnAt,
            @Nullable Currency currency) {}
}
