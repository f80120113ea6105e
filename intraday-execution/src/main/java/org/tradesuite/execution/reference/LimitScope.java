package org.tradesuite.execution.reference;

/** Whom or what a limit holds. Limits of every scope that an order falls under apply at once; none relaxes another. */
public enum LimitScope {
    FIRM,
    DESK,
    TRADER,
    CLIENT,
    PORTFOLIO,
    ACCOUNT,
    STRATEGY,
    ASSET_CLASS,
    MARKET,
    INSTRUMENT,
    BROKER
}
