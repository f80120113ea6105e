package org.tradesuite.execution.reference;

/** What a limit limits, and in what unit. */
public enum LimitKind {
    MAX_ORDER_QUANTITY("UNITS"),
    MAX_ORDER_NOTIONAL(LimitKind.MONEY),
    MAX_ADV_SHARE_PERCENT("PERCENT"),
    PRICE_COLLAR_PERCENT("PERCENT"),
    DUPLICATE_WINDOW_SECONDS("SECONDS"),
    MAX_MESSAGES_PER_SECOND("PER_SECOND"),
    MAX_QUOTE_AGE_SECONDS("SECONDS"),
    MAX_POSITION_NOTIONAL(LimitKind.MONEY),
    MAX_GROSS_EXPOSURE(LimitKind.MONEY);

    private static final String MONEY = "MONEY";

    private final String unit;

    LimitKind(String unit) {
        this.unit = unit;
    }

    /** Whether its amount is in a currency that the limit names. */
    public boolean isMoney() {
        return MONEY.equals(unit);
    }

    /** UNITS, PERCENT, SECONDS, PER_SECOND, or MONEY, whose currency the limit names. */
    public String unit() {
        return unit;
    }
}
