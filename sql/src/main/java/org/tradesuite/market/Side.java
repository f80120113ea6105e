package org.tradesuite.market;

import java.math.BigDecimal;

/** Whether we buy or sell. A buy adds to the position and takes from the cash. */
public enum Side {
    BUY(1),
    SELL(-1);

    private final int sign;

    Side(int sign) {
        this.sign = sign;
    }

    public static Side of(String text) {
        return switch (text) {
            case "BUY" -> BUY;
            case "SELL" -> SELL;
            default -> throw new IllegalArgumentException("Side '" + text + "' is neither BUY nor SELL.");
        };
    }

    /** 1 for a buy, -1 for a sell. */
    public int sign() {
        return sign;
    }

    /** The change of position: the quantity for a buy, minus the quantity for a sell. */
    public BigDecimal signed(Quantity quantity) {
        return sign > 0 ? quantity.value() : quantity.value().negate();
    }

    public Side opposite() {
        return this == BUY ? SELL : BUY;
    }
}
