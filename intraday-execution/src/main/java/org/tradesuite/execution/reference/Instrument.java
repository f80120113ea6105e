package org.tradesuite.execution.reference;

import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.BasisPoints;
import org.tradesuite.market.Bic;
import org.tradesuite.market.Cfi;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Isin;
import org.tradesuite.market.Lei;
import org.tradesuite.market.Mic;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;

/**
 * An instrument on one market.
 *
 * @param isin absent for a crypto pair, as are issuer, country and place of settlement
 * @param lotSize the smallest quantity that trades, and the step between quantities
 * @param tickSize the step between prices, in the currency
 * @param quantityScale decimals a quantity may have
 * @param adv average daily volume in units; absent means that no share of it can be computed and orders are refused
 * @param dailyVolatility standard deviation of a day's return, as a fraction
 * @param calendar settlement days of the place, by OpenGamma Strata's name
 * @param referencePrice the last official close
 * @param rating of the issuer; absent if nobody rates it
 * @param esg what a mandate may have excluded it for
 */
public record Instrument(
        InstrumentId id,
        @Nullable Isin isin,
        String symbol,
        Mic mic,
        Cfi cfi,
        String name,
        @Nullable String issuer,
        @Nullable Lei issuerLei,
        Currency currency,
        AssetClass assetClass,
        Quantity lotSize,
        BigDecimal tickSize,
        int quantityScale,
        @Nullable Quantity adv,
        BasisPoints spread,
        BigDecimal dailyVolatility,
        String sector,
        @Nullable String country,
        @Nullable Bic placeOfSettlement,
        String calendar,
        @Nullable Price referencePrice,
        TradingStatus status,
        @Nullable Rating rating,
        Set<EsgCategory> esg) {

    public Instrument {
        esg = Set.copyOf(esg);
    }
}
