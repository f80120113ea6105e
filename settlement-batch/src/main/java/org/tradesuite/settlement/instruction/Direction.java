package org.tradesuite.settlement.instruction;

import java.math.BigDecimal;
import org.tradesuite.market.Side;

/** Which way the securities move, seen from our account; the cash moves the other way. */
public enum Direction {
    RECE,
    DELI;

    public static Direction of(Side side) {
        return side == Side.BUY ? RECE : DELI;
    }

    /** The change of our holding: positive when we receive. */
    public BigDecimal signedSecurities(BigDecimal quantity) {
        return this == RECE ? quantity : quantity.negate();
    }

    /** The change of our cash: negative when we receive securities and pay for them. */
    public BigDecimal signedCash(BigDecimal amount) {
        return this == RECE ? amount.negate() : amount;
    }
}
