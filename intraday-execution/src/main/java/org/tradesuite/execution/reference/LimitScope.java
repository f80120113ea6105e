package org.tradesuite.execution.reference;

/** Whom or what a limit holds. Limits of every scope that an order falls under apply at once; none relaxes another. */
public enum LimitScope {
    FIRM,
    PORTFOLIO,
    ACCOUNT,
    STRATEGY,
    TRADER,
    ASSET_CLASS,
    MARKET,
    INSTRUMENT
}
