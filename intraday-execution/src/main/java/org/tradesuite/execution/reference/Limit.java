package org.tradesuite.execution.reference;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Currency;

/**
 * One limit in one version. Its life is an interval: a change ends one version and begins the next, and a raise that is
 * meant for an afternoon ends by itself.
 *
 * @param warnAt from where on the desk is told; absent for 80 percent of the amount
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
        @Nullable BigDecimal warnAt,
        @Nullable Currency currency,
        Instant validFrom,
        @Nullable Instant validUntil) {

    /** How a limit names the firm. */
    public static final String THE_FIRM = "*";

    private static final BigDecimal USUAL_WARNING = new BigDecimal("0.8");

    /** Below that part of the amount no limit warns that does not say where. */
    private static final double FAR = 0.79;

    public Limit {
        if (amount.signum() < 0) {
            throw new IllegalArgumentException("Limit " + kind + " of " + scope + " " + scopeId + " is "
                    + amount.toPlainString() + ": a limit is zero or above.");
        }
        if (warnAt != null && (warnAt.signum() < 0 || warnAt.compareTo(amount) > 0)) {
            throw new IllegalArgumentException("Limit " + kind + " of " + scope + " " + scopeId + " warns at "
                    + warnAt.toPlainString() + ": warn between zero and the limit itself.");
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
        if ((scope == LimitScope.FIRM) != THE_FIRM.equals(scopeId)) {
            throw new IllegalArgumentException("Limit " + kind + " of " + scope + " names '" + scopeId
                    + "': the firm is named *, every other scope by its own identifier.");
        }
    }

    /** The currency's code, or the unit of its kind. */
    public String unit() {
        return currency == null ? kind.unit() : currency.code();
    }

    /** From where on the desk is told that the limit is near. */
    public BigDecimal warning() {
        return warnAt != null ? warnAt : amount.multiply(USUAL_WARNING);
    }

    /** Whether so much of it is used that the desk is told. */
    public boolean warns(BigDecimal used) {
        return used.signum() > 0 && !isFar(used) && used.compareTo(warning()) > 0;
    }

    /** Nearly everything that is measured is far from its limit, and that is seen without exact figures. */
    private boolean isFar(BigDecimal used) {
        return warnAt == null && used.doubleValue() < FAR * amount.doubleValue();
    }

    public boolean holdsAt(Instant at) {
        return !at.isBefore(validFrom) && (validUntil == null || at.isBefore(validUntil));
    }
}
