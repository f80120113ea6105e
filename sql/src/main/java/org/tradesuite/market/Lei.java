package org.tradesuite.market;

import java.util.regex.Pattern;

/**
 * Legal entity identifier, ISO 17442: eighteen letters or digits and two check digits, remainder 1 by ISO 7064 mod
 * 97-10.
 *
 * <p>The two check digits lie between 02 and 98. 00, 01 and 99 pass the remainder test for some numbers too, but the
 * rule that makes check digits (98 minus a remainder) can never yield them, so they are refused.
 */
public record Lei(String value) implements Comparable<Lei> {

    private static final Pattern FORM = Pattern.compile("[A-Z0-9]{18}[0-9]{2}");

    public Lei {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("LEI '" + value
                    + "' is not eighteen capital letters or digits and two check digits: send the 20"
                    + " characters of ISO 17442.");
        }
        var check = Integer.parseInt(value.substring(18));
        if (check < 2 || check > 98) {
            throw new IllegalArgumentException(
                    "LEI '" + value + "' ends in " + value.substring(18) + ", but check digits run from 02 to 98.");
        }
        if (remainder(value) != 1) {
            throw new IllegalArgumentException("LEI '" + value + "' ends in " + value.substring(18) + " where "
                    + checkDigits(value.substring(0, 18)) + " is due: look the entity up in the GLEIF register.");
        }
    }

    public static Lei of(String value) {
        return new Lei(value);
    }

    /** The two check digits that complete the first eighteen characters. */
    public static String checkDigits(String eighteenCharacters) {
        var check = 98 - remainder(eighteenCharacters + "00");
        return check < 10 ? "0" + check : Integer.toString(check);
    }

    private static int remainder(String characters) {
        var rest = 0;
        for (var i = 0; i < characters.length(); i++) {
            var number = Character.digit(characters.charAt(i), 36);
            rest = (number < 10 ? rest * 10 + number : rest * 100 + number) % 97;
        }
        return rest;
    }

    @Override
    public int compareTo(Lei other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
