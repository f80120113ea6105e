package org.tradesuite.market;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A currency of ISO 4217 with its number of decimals, and the two crypto currencies we hold: BTC with 8 decimals, ETH
 * with 18. Metals and test codes of ISO 4217, which have no minor unit, are refused.
 */
public record Currency(String code, int scale) implements Comparable<Currency> {

    private static final Pattern FORM = Pattern.compile("[A-Z]{3}");
    private static final Map<String, Integer> SCALES = scales();

    public static final Currency EUR = of("EUR");
    public static final Currency GBP = of("GBP");
    public static final Currency JPY = of("JPY");
    public static final Currency USD = of("USD");
    public static final Currency BTC = of("BTC");

    public Currency {
        if (!FORM.matcher(code).matches()) {
            throw new IllegalArgumentException(
                    "Currency '" + code + "' is not three capital letters: send the code of ISO 4217, such as EUR.");
        }
        var known = SCALES.get(code);
        if (known == null) {
            throw new IllegalArgumentException(
                    "Currency '" + code + "' is neither money of ISO 4217 nor BTC or ETH: check the code.");
        }
        if (known != scale) {
            throw new IllegalArgumentException("Currency " + code + " has " + known + " decimals, not " + scale + ".");
        }
    }

    public static Currency of(String code) {
        return new Currency(code, SCALES.getOrDefault(code, 0));
    }

    public boolean isCrypto() {
        return "BTC".equals(code) || "ETH".equals(code);
    }

    private static Map<String, Integer> scales() {
        var scales = new HashMap<String, Integer>();
        for (var currency : java.util.Currency.getAvailableCurrencies()) {
            if (currency.getDefaultFractionDigits() >= 0) {
                scales.put(currency.getCurrencyCode(), currency.getDefaultFractionDigits());
            }
        }
        scales.put("BTC", 8);
        scales.put("ETH", 18);
        return Map.copyOf(scales);
    }

    @Override
    public int compareTo(Currency other) {
        return code.compareTo(other.code);
    }

    @Override
    public String toString() {
        return code;
    }
}
