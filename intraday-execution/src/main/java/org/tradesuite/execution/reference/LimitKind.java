package org.tradesuite.execution.reference;

import static org.tradesuite.execution.reference.LimitScope.ACCOUNT;
import static org.tradesuite.execution.reference.LimitScope.BROKER;
import static org.tradesuite.execution.reference.LimitScope.CLIENT;
import static org.tradesuite.execution.reference.LimitScope.FIRM;
import static org.tradesuite.execution.reference.LimitScope.MARKET;
import static org.tradesuite.execution.reference.LimitScope.PORTFOLIO;
import static org.tradesuite.execution.reference.LimitScope.STRATEGY;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What a limit limits, in what unit, and for whom it can be measured. */
public enum LimitKind {
    /** Units of one order. */
    MAX_ORDER_QUANTITY(LimitKind.UNITS),
    /** What one order is worth. */
    MAX_ORDER_NOTIONAL(LimitKind.MONEY),
    /** One order as a part of the instrument's average daily volume. */
    MAX_ADV_SHARE_PERCENT(LimitKind.PERCENT),
    /** How far on the wrong side of the market's price an order may be. */
    PRICE_COLLAR_PERCENT(LimitKind.PERCENT),
    /** How far the price of an order may be from the market's price one period ago. */
    PRICE_COLLAR_PERIOD_PERCENT(LimitKind.PERCENT),
    /** How long that period is. */
    PRICE_COLLAR_PERIOD_SECONDS(LimitKind.SECONDS),
    /** How wide bid and ask may lie apart. */
    MAX_SPREAD_BPS(LimitKind.BPS),
    /** By how much an order is expected to move the price. */
    MAX_IMPACT_BPS(LimitKind.BPS),
    /** For how long the same order counts as a repetition. */
    DUPLICATE_WINDOW_SECONDS(LimitKind.SECONDS),
    /** New orders, cancels and replaces together. */
    MAX_MESSAGES_PER_SECOND(LimitKind.PER_SECOND),
    MAX_NEW_ORDERS_PER_SECOND(LimitKind.PER_SECOND),
    MAX_CANCELS_PER_SECOND(LimitKind.PER_SECOND),
    MAX_REPLACES_PER_SECOND(LimitKind.PER_SECOND),
    /** How often a strategy may execute within the window before a person looks at it. */
    MAX_REPEATED_EXECUTIONS(LimitKind.COUNT),
    /** How long that window is. */
    REPEATED_EXECUTION_WINDOW_SECONDS(LimitKind.SECONDS),
    /** How old a quote may be that prices an order. */
    MAX_QUOTE_AGE_SECONDS(LimitKind.SECONDS),
    /** Orders that are neither filled nor cancelled. */
    MAX_OPEN_ORDERS(LimitKind.COUNT),
    /** What those orders are worth. */
    MAX_WORKING_NOTIONAL(LimitKind.MONEY),
    /** What was ordered on one day: the credit or capital threshold of 15c3-5(c)(1)(i). */
    MAX_DAILY_NOTIONAL(LimitKind.MONEY),
    /** Units of one instrument held by one account. */
    MAX_POSITION_QUANTITY(LimitKind.UNITS),
    /** What one instrument held by one account is worth. */
    MAX_POSITION_NOTIONAL(LimitKind.MONEY),
    /** Longs and shorts added up. */
    MAX_GROSS_EXPOSURE(LimitKind.MONEY, FIRM, CLIENT, PORTFOLIO, ACCOUNT),
    /** Longs less shorts. */
    MAX_NET_EXPOSURE(LimitKind.MONEY, FIRM, CLIENT, PORTFOLIO, ACCOUNT),
    /** What is held through one issuer, as a part of everything held. */
    MAX_ISSUER_PERCENT(LimitKind.PERCENT, FIRM, CLIENT, PORTFOLIO, ACCOUNT),
    MAX_SECTOR_PERCENT(LimitKind.PERCENT, FIRM, CLIENT, PORTFOLIO, ACCOUNT),
    MAX_COUNTRY_PERCENT(LimitKind.PERCENT, FIRM, CLIENT, PORTFOLIO, ACCOUNT),
    MAX_CURRENCY_PERCENT(LimitKind.PERCENT, FIRM, CLIENT, PORTFOLIO, ACCOUNT),
    /** Gross exposure as a part of what the account is worth. */
    MAX_LEVERAGE_PERCENT(LimitKind.PERCENT, FIRM, CLIENT, PORTFOLIO, ACCOUNT),
    /** What works with one broker. */
    MAX_BROKER_NOTIONAL(LimitKind.MONEY, FIRM, BROKER),
    /** What works on one market. */
    MAX_VENUE_NOTIONAL(LimitKind.MONEY, FIRM, MARKET),
    /** What a strategy may lose in a day. */
    MAX_STRATEGY_LOSS(LimitKind.MONEY, FIRM, STRATEGY);

    private static final String UNITS = "UNITS";
    private static final String MONEY = "MONEY";
    private static final String PERCENT = "PERCENT";
    private static final String BPS = "BPS";
    private static final String SECONDS = "SECONDS";
    private static final String PER_SECOND = "PER_SECOND";
    private static final String COUNT = "COUNT";

    private final String unit;
    // A copy that nobody can change; its type cannot say so.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<LimitScope> scopes;

    /** @param scopes for which it can be measured; none for all of them */
    LimitKind(String unit, LimitScope... scopes) {
        this.unit = unit;
        this.scopes = Collections.unmodifiableSet(
                scopes.length == 0 ? EnumSet.allOf(LimitScope.class) : EnumSet.copyOf(Arrays.asList(scopes)));
    }

    /** Whether its amount is in a currency that the limit names. */
    public boolean isMoney() {
        return MONEY.equals(unit);
    }

    /** UNITS, PERCENT, BPS, SECONDS, PER_SECOND, COUNT, or MONEY, whose currency the limit names. */
    public String unit() {
        return unit;
    }

    /** Where such a limit can be set: elsewhere nobody could measure it, and it would block every order. */
    public Set<LimitScope> scopes() {
        return scopes;
    }
}
