package org.tradesuite.execution.marketdata;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Price;

/**
 * What the market last said about whether an instrument trades, and within which prices.
 *
 * @param status SecurityTradingStatus (326) that said so
 * @param trades whether orders are executed
 * @param low LowPx (333), the lowest price at which it may trade; null without one
 * @param high HighPx (332)
 */
public record TradingPhase(
        InstrumentId instrument,
        int status,
        boolean trades,
        @Nullable Price low,
        @Nullable Price high,
        Instant since) {

    /** What a status means for whoever wants to trade. */
    public enum Meaning {
        TRADES,
        HALTED,
        /** It says something else, such as an imbalance: what was before still holds. */
        UNCHANGED
    }

    /** FIX 4.4 to 5.0 SP2. What we do not know could be a halt, so it is one. */
    public static Meaning meaning(int status) {
        return switch (status) {
            // Resume, ready to trade, opening rotation, fast market, no cancel
            case 3, 17, 22, 23, 27 -> Meaning.TRADES;
            // Indications and imbalances
            case 5, 6, 7, 8, 9, 10, 12, 13, 15, 16 -> Meaning.UNCHANGED;
            // Opening delay, halt, no open and no resume, not available, not traded, unknown, pre-open, crosses,
            // post-close
            default -> Meaning.HALTED;
        };
    }

    /** The same, whenever it was said. */
    public boolean isLike(@Nullable TradingPhase other) {
        return other != null
                && trades == other.trades
                && Objects.equals(low, other.low)
                && Objects.equals(high, other.high);
    }

    /** Whether a price lies within the band; without one every price does. */
    public boolean allows(Price price) {
        return (low == null || price.compareTo(low) >= 0) && (high == null || price.compareTo(high) <= 0);
    }

    /** The end of the band that a price is beyond; null if it is within. */
    public @Nullable Price edge(Price price) {
        if (low != null && price.compareTo(low) < 0) {
            return low;
        }
        return high != null && price.compareTo(high) > 0 ? high : null;
    }
}
