package org.tradesuite.reporting.tca;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Rates as published for a date, directly, turned round, or across one third currency (the first in the alphabet that
 * links the two).
 */
final class ExchangeRates {

    /** A published pair: one unit of base is worth so many of quote. */
    record Pair(String base, String quote) {}

    private static final int DIGITS = 12;

    private final Map<String, Map<String, BigDecimal>> rates = new TreeMap<>();

    ExchangeRates(Map<Pair, BigDecimal> published) {
        published.forEach((pair, rate) -> {
            put(pair.base(), pair.quote(), rate);
            put(pair.quote(), pair.base(), BigDecimal.ONE.divide(rate, DIGITS, RoundingMode.HALF_EVEN));
        });
    }

    private void put(String from, String to, BigDecimal rate) {
        rates.computeIfAbsent(from, currency -> new TreeMap<>()).putIfAbsent(to, rate);
    }

    /** Units of one currency for a unit of another; empty when no published rate links them. */
    Optional<BigDecimal> rate(String from, String to) {
        if (from.equals(to)) {
            return Optional.of(BigDecimal.ONE);
        }
        Map<String, BigDecimal> direct = rates.getOrDefault(from, Map.of());
        BigDecimal rate = direct.get(to);
        if (rate != null) {
            return Optional.of(rate);
        }
        for (Map.Entry<String, BigDecimal> third : direct.entrySet()) {
            BigDecimal second = rates.getOrDefault(third.getKey(), Map.of()).get(to);
            if (second != null) {
                return Optional.of(third.getValue().multiply(second).setScale(DIGITS, RoundingMode.HALF_EVEN));
            }
        }
        return Optional.empty();
    }
}
