package org.tradesuite.suite.day;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One decision of the desk's day.
 *
 * @param key idempotency key, the same in every run of the day
 * @param at when the desk sends it
 * @param quantity as text, since some are meant to be wrong
 * @param limitPrice none for a market order
 * @param window the algorithm's duration from when it is sent; none for an immediate order
 * @param wrong what is wrong with it, none for a decision in good order
 * @param change what the desk does to it later, none for most
 */
record Decision(
        String key,
        Instant at,
        String accountId,
        String strategyId,
        String traderId,
        Instrument instrument,
        boolean buy,
        String quantity,
        @Nullable BigDecimal limitPrice,
        Algo algo,
        @Nullable Duration window,
        @Nullable Wrong wrong,
        @Nullable Change change) {

    enum Algo {
        IMMEDIATE,
        TWAP,
        VWAP
    }

    /** The wrong forms that a decision can have; each gets a clear answer. */
    enum Wrong {
        ISIN_CHECK_DIGIT,
        ISIN_UNKNOWN,
        ACCOUNT_UNKNOWN,
        QUANTITY_ZERO,
        QUANTITY_NEGATIVE,
        QUANTITY_TOO_PRECISE,
        PRICE_OFF_TICK,
        FIELD_UNKNOWN,
        CONTENT_TYPE,
        BODY_TOO_LARGE,
        KEY_AGAIN_SAME_BODY,
        KEY_AGAIN_OTHER_BODY,
        MARKET_CLOSED,
        /** In good order, but refused by risk: too large for the firm's limit on one order. */
        NOTIONAL_TOO_LARGE,
        /** Refused by risk: more than the permitted share of a day's volume. */
        SHARE_OF_ADV,
        /** Refused by risk: the limit price is outside the collar. */
        PRICE_COLLAR,
        /** Refused by risk: sells what the account does not hold. */
        SHORT_SALE
    }

    /**
     * A later change by the desk. It comes when the order has got somewhere, not at a time of day: how far an order is at
     * a given time depends on how fast the machine is, and on whether it was away.
     */
    enum Change {
        /** Cancel what is left when half is executed. */
        CANCEL,
        /** Ask for a quarter less as soon as something is executed. */
        REDUCE
    }

    /** A quarter less. */
    BigDecimal reduced() {
        return instrument.wholeLots(new BigDecimal(quantity).multiply(new BigDecimal("0.75")));
    }
}
