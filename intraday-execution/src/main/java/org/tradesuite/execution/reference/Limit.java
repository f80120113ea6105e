package org.tradesuite.execution.reference;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Currency;

/**
 * One limit in one version. Its life is an interval: a change ends one version and begins the next, and a raise that is
 * meant for an afternoon ends by itself.
 *
 * @param scopeId the account, trader, market ... it holds; {@code *} for the firm
 * @param validUntil the first instant at which it no longer holds; absent if it has no end
 * @throws IllegalArgumentException if the amount is below zero, a money limit has no currency, another has one, the end
 *     is not after the beginning, or a limit of the firm names anything but {@code *}
 */
public record Limit(
        long id,
        LimitScope scope,
        String scopeId,
        LimitKind kind,
        BigDecimal amount,
        @Nullable Currency currency,
        Instant validFrom,
        @Nullable Instant validUntil) {

    public Limit {
        if (amount.signum() < 0) {
            throw new IllegalArgumentException("Limit " + kind + " of " + scope + " " + scopeId + " is "
                    + amount.toPlainString() + ": a limit is zero or above.");
        }
        if (kind.isMoney() && currency == null) {
            throw new IllegalArgumentException(
                    "Limit " + kind + " of " + scope + " " + scopeId + " is an amount of money: name its currency.");
        }
        if (!kind.isMoney() && currency != null) {
            throw new IllegalArgumentException("Limit " + kind + " of " + scope + " " + scopeId
                    + " is not an amount of money: leave its currency empty.");
        }
        if (validUntil != null && !validUntil.isAfter(validFrom)) {
            throw new IllegalArgumentException("Limit " + kind + " of " + scope + " " + scopeId + " ends at "
                    + validUntil + ", which is not after its beginning at " + validFrom + ".");
        }
        if ((scope == LimitScope.FIRM) != "*".equals(scopeId)) {
            throw new IllegalArgumentException("Limit " + kind + " of " + scope + " names '" + scopeId
                    + "': the firm is named *, every other scope by its own identifier.");
        }
    }

    public boolean holdsAt(Instant at) {
        return !at.isBefore(validFrom) && (validUntil == null || at.isBefore(validUntil));
    }
}
