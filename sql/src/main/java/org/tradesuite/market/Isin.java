package org.tradesuite.market;

import java.util.regex.Pattern;

/**
 * International securities identification number, ISO 6166: two letters, nine letters or digits, one check digit by the
 * Luhn rule over the letters written as 10 to 35.
 */
public record Isin(String value) implements Comparable<Isin> {

    private static final Pattern FORM = Pattern.compile("[A-Z]{2}[A-Z0-9]{9}[0-9]");

    public Isin {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("ISIN '" + value
                    + "' is not two capital letters, nine letters or digits and a check digit: send the 12"
                    + " characters of ISO 6166.");
        }
        var expected = checkDigit(value.substring(0, 11));
        if (value.charAt(11) - '0' != expected) {
            throw new IllegalArgumentException("ISIN '" + value + "' has the check digit " + value.charAt(11)
                    + " where " + expected + " is due: a character is wrong or two are swapped, look it up again.");
        }
    }

    public static Isin of(String value) {
        return new Isin(value);
    }

    /** The check digit that completes the first eleven characters. */
    public static int checkDigit(String elevenCharacters) {
        var digits = new StringBuilder(22);
        for (var i = 0; i < elevenCharacters.length(); i++) {
            digits.append(Character.digit(elevenCharacters.charAt(i), 36));
        }
        var sum = 0;
        var doubled = true;
        for (var i = digits.length() - 1; i >= 0; i--) {
            var digit = digits.charAt(i) - '0';
            if (doubled) {
                digit *= 2;
            }
            sum += digit / 10 + digit % 10;
            doubled = !doubled;
        }
        return (10 - sum % 10) % 10;
    }

    @Override
    public int compareTo(Isin other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
