package org.tradesuite.execution.reference;

/** What a limit limits. Where {@link #isMoney()}, its amount is in the limit's own currency; otherwise it has none. */
public enum LimitKind {
    MAX_ORDER_QUANTITY(false),
    MAX_ORDER_NOTIONAL(true),
    MAX_ADV_SHARE_PERCENT(false),
    PRICE_COLLAR_PERCENT(false),
    DUPLICATE_WINDOW_SECONDS(false),
    MAX_MESSAGES_PER_SECOND(false),
    MAX_QUOTE_AGE_SECONDS(false),
    MAX_POSITION_NOTIONAL(true),
    MAX_GROSS_EXPOSURE(true);

    private final boolean money;

    LimitKind(boolean money) {
        this.money = money;
    }

    public boolean isMoney() {
        return money;
    }
}
