package org.tradesuite.market;

import java.util.regex.Pattern;

/**
 * Market identifier code, ISO 10383: four capital letters or digits, such as XLON. Whether it is in use is reference
 * data.
 */
public record Mic(String value) implements Comparable<Mic> {

    private static final Pattern FORM = Pattern.compile("[A-Z0-9]{4}");

    public Mic {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("MIC '" + value
                    + "' is not four capital letters or digits: send the code of ISO 10383, such as XLON.");
        }
    }

    public static Mic of(String value) {
        return new Mic(value);
    }

    @Override
    public int compareTo(Mic other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
