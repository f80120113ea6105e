package org.tradesuite.market;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Business identifier code, ISO 9362: four characters for the party, two letters for its country, two for its place and
 * an optional branch of three. Eight characters and the same eight with branch XXX name the same head office.
 */
public record Bic(String value) implements Comparable<Bic> {

    private static final Pattern FORM = Pattern.compile("[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?");
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    public Bic {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("BIC '" + value
                    + "' is not 8 or 11 capital letters or digits with the country in place 5 and 6: send the"
                    + " code of ISO 9362.");
        }
        var country = value.substring(4, 6);
        // Kosovo's XK is in use by SWIFT but not assigned by ISO 3166.
        if (!COUNTRIES.contains(country) && !"XK".equals(country)) {
            throw new IllegalArgumentException("BIC '" + value + "' names the country " + country
                    + ", which ISO 3166 does not know: look the party up again.");
        }
    }

    public static Bic of(String value) {
        return new Bic(value);
    }

    public String country() {
        return value.substring(4, 6);
    }

    /** The party without its branch, 8 characters. */
    public String party() {
        return value.substring(0, 8);
    }

    /** With the branch written out, 11 characters. */
    public String withBranch() {
        return value.length() == 8 ? value + "XXX" : value;
    }

    /** Whether both name the same office, however the head office is written. */
    public boolean sameOffice(Bic other) {
        return withBranch().equals(other.withBranch());
    }

    @Override
    public int compareTo(Bic other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
