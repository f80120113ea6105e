package org.tradesuite.market;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Decimal numbers as the contract writes them: digits with a point, no exponent, no grouping. Numbers are kept without
 * trailing zeros so that 10, 10.0 and 1E+1 are the same value.
 */
final class Decimal {

    private static final Pattern FORM = Pattern.compile("-?[0-9]{1,20}(\\.[0-9]{1,18})?");

    private Decimal() {}

    static BigDecimal parse(String what, String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(what + " '" + text
                    + "' is not a decimal number: send digits with a point, up to 20 before it and 18 after it.");
        }
        return new BigDecimal(text);
    }

    static BigDecimal normal(BigDecimal value) {
        var stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
