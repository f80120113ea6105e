package org.tradesuite.execution.risk;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * What somebody wants to do: a new order, or an order as an amendment would make it.
 *
 * @param quantity for an amendment what would be left to trade, not what is executed already
 * @param limit absent for a market order
 * @param start when working is to begin; absent for at once
 * @param replaces the order an amendment takes the place of in the book's working orders; absent for a new order
 * @param algorithm that is to work it: IMMEDIATE, TWAP or VWAP
 */
public record Proposal(
        AccountId account,
        String strategy,
        String trader,
        InstrumentId instrument,
        Side side,
        Quantity quantity,
        @Nullable Price limit,
        Instant at,
        @Nullable Instant start,
        @Nullable String replaces,
        @Nullable String algorithm) {

    /** The same of another quantity. */
    public Proposal of(Quantity other) {
        return new Proposal(account, strategy, trader, instrument, side, other, limit, at, start, replaces, algorithm);
    }

    /** By no algorithm in particular. */
    public Proposal(
            AccountId account,
            String strategy,
            String trader,
            InstrumentId instrument,
            Side side,
            Quantity quantity,
            @Nullable Price limit,
            Instant at,
            @Nullable Instant start,
            @Nullable String replaces) {
        this(account, strategy, trader, instrument, side, quantity, limit, at, start, replaces, null);
    }
}
