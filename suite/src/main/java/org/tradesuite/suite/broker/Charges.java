package org.tradesuite.suite.broker;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import org.tradesuite.suite.market.ReferenceFiles;

/**
 * What the broker charges for a trade: a commission in basis points of the gross amount, at least the minimum, and the
 * market's fee in basis points; each rounded half up to the currency's scale.
 */
final class Charges {

    private static final BigDecimal BASIS_POINTS = BigDecimal.valueOf(10_000);

    private record Rate(BigDecimal commission, BigDecimal minimum, BigDecimal fee) {}

    /** Amounts of one trade in its currency; net is what the account pays or gets. */
    record Money(BigDecimal gross, BigDecimal commission, BigDecimal fees, BigDecimal net) {}

    private final Map<String, Rate> byMarket = new HashMap<>();

    Charges(ReferenceFiles files, String brokerId) {
        for (Map<String, String> row : files.rows("broker_rates")) {
            if (brokerId.equals(row.get("broker_id"))) {
                byMarket.put(
                        String.valueOf(row.get("mic")),
                        new Rate(
                                new BigDecimal(row.getOrDefault("commission_bps", "0")),
                                new BigDecimal(row.getOrDefault("minimum_commission", "0")),
                                new BigDecimal(row.getOrDefault("fee_bps", "0"))));
            }
        }
    }

    Money of(String mic, String currency, boolean buy, BigDecimal notional) {
        Rate rate = byMarket.get(mic);
        if (rate == null) {
            throw new IllegalArgumentException("No rate agreed for " + mic);
        }
        int scale = scale(currency);
        BigDecimal gross = notional.setScale(scale, RoundingMode.HALF_UP);
        BigDecimal commission = gross.multiply(rate.commission())
                .divide(BASIS_POINTS, scale, RoundingMode.HALF_UP)
                .max(rate.minimum().setScale(scale, RoundingMode.HALF_UP));
        BigDecimal fees = gross.multiply(rate.fee()).divide(BASIS_POINTS, scale, RoundingMode.HALF_UP);
        return money(gross, commission, fees, buy);
    }

    static Money money(BigDecimal gross, BigDecimal commission, BigDecimal fees, boolean buy) {
        BigDecimal cost = commission.add(fees);
        return new Money(gross, commission, fees, buy ? gross.add(cost) : gross.subtract(cost));
    }

    static int scale(String currency) {
        return Currency.getInstance(currency).getDefaultFractionDigits();
    }

    /** The part of an amount that belongs to the run from {@code before} to {@code after} of a whole; parts add up. */
    static BigDecimal share(BigDecimal amount, BigDecimal before, BigDecimal after, BigDecimal whole) {
        return upTo(amount, after, whole).subtract(upTo(amount, before, whole));
    }

    private static BigDecimal upTo(BigDecimal amount, BigDecimal part, BigDecimal whole) {
        return amount.multiply(part).divide(whole, amount.scale(), RoundingMode.HALF_UP);
    }
}
