package org.tradesuite.market;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount in a currency, at exactly the scale of that currency. It never rounds by itself: an amount with more
 * decimals than its currency is refused, and {@link #round} says how it rounds. The sign is the holder's: positive is
 * owned or received.
 */
public record Money(BigDecimal amount, Currency currency) {

    public Money {
        if (amount.stripTrailingZeros().scale() > currency.scale()) {
            throw new IllegalArgumentException(amount.toPlainString() + " has more decimals than the "
                    + currency.scale() + " of " + currency + ": round it with a stated rule first.");
        }
        amount = amount.setScale(currency.scale(), RoundingMode.UNNECESSARY);
    }

    public static Money of(BigDecimal amount, Currency currency) {
        return new Money(amount, currency);
    }

    /** Reads what {@link #toString()} writes: {@code USD -1234.56}. */
    public static Money of(String text) {
        var space = text.indexOf(' ');
        if (space != 3) {
            throw new IllegalArgumentException(
                    "Money '" + text + "' is not a currency, a space and an amount: send it as in USD 1234.56.");
        }
        return new Money(Decimal.parse("Money", text.substring(4)), Currency.of(text.substring(0, 3)));
    }

    public static Money zero(Currency currency) {
        return new Money(BigDecimal.ZERO, currency);
    }

    public static Money round(BigDecimal amount, Currency currency, RoundingMode rounding) {
        return new Money(amount.setScale(currency.scale(), rounding), currency);
    }

    /** @throws IllegalArgumentException if the other is in another currency */
    public Money plus(Money other) {
        return new Money(amount.add(inSameCurrency(other)), currency);
    }

    /** @throws IllegalArgumentException if the other is in another currency */
    public Money minus(Money other) {
        return new Money(amount.subtract(inSameCurrency(other)), currency);
    }

    public Money negated() {
        return new Money(amount.negate(), currency);
    }

    public boolean isZero() {
        return amount.signum() == 0;
    }

    private BigDecimal inSameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(
                    other + " cannot be added to or taken from " + this + ": convert it to " + currency + " first.");
        }
        return other.amount;
    }

    @Override
    public String toString() {
        return currency + " " + amount.toPlainString();
    }
}
