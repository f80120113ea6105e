package org.tradesuite.market;

import java.util.regex.Pattern;

/** A broker we send orders to, by the short name the desk uses. */
public record BrokerId(String value) implements Comparable<BrokerId> {

    private static final Pattern FORM = Pattern.compile("[A-Z][A-Z0-9_-]{0,14}");

    public BrokerId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("Broker '" + value
                    + "' is not 1 to 15 capital letters, digits, hyphens or underscores that begin with a letter.");
        }
    }

    public static BrokerId of(String value) {
        return new BrokerId(value);
    }

    @Override
    public int compareTo(BrokerId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
