package org.tradesuite.suite.market;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is listed where, as a broker or a vendor sees it. {@code isin} is null for crypto pairs; {@code spreadBps} is the
 * full quoted spread, {@code volatilityDaily} the standard deviation of one day's log return, {@code adv} units a day.
 */
public record Listing(
        String instrumentId,
        @Nullable String isin,
        String symbol,
        String mic,
        String currency,
        boolean crypto,
        BigDecimal lotSize,
        BigDecimal tickSize,
        BigDecimal adv,
        BigDecimal spreadBps,
        double volatilityDaily,
        String calendar,
        BigDecimal referencePrice) {

    public static List<Listing> read(ReferenceFiles files) {
        return files.rows("instruments").stream().map(Listing::of).toList();
    }

    private static Listing of(Map<String, String> row) {
        String isin = row.getOrDefault("isin", "");
        return new Listing(
                field(row, "instrument_id"),
                isin.isBlank() ? null : isin,
                field(row, "symbol"),
                field(row, "mic"),
                field(row, "currency"),
                "CRYPTO".equals(row.get("asset_class")),
                new BigDecimal(field(row, "lot_size")),
                new BigDecimal(field(row, "tick_size")),
                new BigDecimal(field(row, "adv")),
                new BigDecimal(field(row, "spread_bps")),
                Double.parseDouble(field(row, "volatility_daily")),
                field(row, "calendar"),
                new BigDecimal(field(row, "reference_price")));
    }

    private static String field(Map<String, String> row, String column) {
        String value = row.get(column);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("Instrument row without " + column + ": " + row);
        }
        return value;
    }

    /** Symbols are unique within a market only. */
    public String key() {
        return key(symbol, mic);
    }

    public static String key(String symbol, String mic) {
        return symbol + "@" + mic;
    }
}
