package org.tradesuite.execution.marketdata;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;

/**
 * What the market last said about one instrument.
 *
 * @param dayVolume units printed since the day began
 * @param dayTurnover sum of price times quantity of the same prints, so that turnover / volume is the day's VWAP
 */
public record MarketState(
        @Nullable Quote quote, @Nullable Print lastTrade, Quantity dayVolume, BigDecimal dayTurnover) {

    static final MarketState SILENT = new MarketState(null, null, Quantity.ZERO, BigDecimal.ZERO);

    /** The mid of the quote, or the last trade, whichever is younger, if it is not older than the age. */
    public Optional<Price> freshPrice(Instant now, Duration maximumAge) {
        var quoteAt = quote == null ? Instant.MIN : quote.at();
        var tradeAt = lastTrade == null ? Instant.MIN : lastTrade.at();
        if (quote != null && !quoteAt.isBefore(tradeAt)) {
            return quote.isOlderThan(maximumAge, now) ? Optional.empty() : Optional.of(quote.mid());
        }
        if (lastTrade != null && !tradeAt.plus(maximumAge).isBefore(now)) {
            return Optional.of(lastTrade.price());
        }
        return Optional.empty();
    }

    /** The mid of the quote, or the last trade, whichever is younger, however old. */
    public @Nullable Price lastPrice() {
        if (quote == null) {
            return lastTrade == null ? null : lastTrade.price();
        }
        return lastTrade != null && lastTrade.at().isAfter(quote.at()) ? lastTrade.price() : quote.mid();
    }

    /** The instant of the younger of quote and trade. */
    public Optional<Instant> lastHeard() {
        if (quote == null) {
            return Optional.ofNullable(lastTrade).map(Print::at);
        }
        return Optional.of(lastTrade != null && lastTrade.at().isAfter(quote.at()) ? lastTrade.at() : quote.at());
    }
}
