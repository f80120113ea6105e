package org.tradesuite.market;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * Classification of financial instruments, ISO 10962: a category, a group of that category and four attributes; X means
 * that an attribute does not apply. Category and group are checked for every code, the attributes for common shares,
 * the ones we trade.
 */
public record Cfi(String value) implements Comparable<Cfi> {

    private static final Pattern FORM = Pattern.compile("[A-Z]{6}");
    private static final Map<Character, String> GROUPS_OF_CATEGORY = Map.ofEntries(
            Map.entry('E', "SPCFLDYM"),
            Map.entry('C', "IHBESFPM"),
            Map.entry('D', "BCWTSEGANDYM"),
            Map.entry('R', "ASPWFDM"),
            Map.entry('O', "CPM"),
            Map.entry('F', "FC"),
            Map.entry('S', "RTECFM"),
            Map.entry('H', "RTECFM"),
            Map.entry('I', "FT"),
            Map.entry('J', "EFCRT"),
            Map.entry('K', "RTECFYM"),
            Map.entry('L', "LRS"),
            Map.entry('T', "CTRIBDM"),
            Map.entry('M', "CM"));
    private static final Pattern COMMON_SHARE = Pattern.compile("ES[VNREX][TUX][FOPX][BRNMX]");

    public Cfi {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "CFI '" + value + "' is not six capital letters: send the code of ISO 10962, such as ESVUFR.");
        }
        var groups = GROUPS_OF_CATEGORY.get(value.charAt(0));
        if (groups == null) {
            throw new IllegalArgumentException(
                    "CFI '" + value + "' has the category " + value.charAt(0) + ", which ISO 10962 does not know.");
        }
        if (groups.indexOf(value.charAt(1)) < 0) {
            throw new IllegalArgumentException("CFI '" + value + "' has the group " + value.charAt(1)
                    + ", but category " + value.charAt(0) + " has only the groups " + groups + ".");
        }
        if (value.startsWith("ES") && !COMMON_SHARE.matcher(value).matches()) {
            throw new IllegalArgumentException("CFI '" + value
                    + "' is a common share with an attribute out of place: voting V N R E, restrictions T U,"
                    + " payment F O P, form B R N M, or X.");
        }
    }

    public static Cfi of(String value) {
        return new Cfi(value);
    }

    public char category() {
        return value.charAt(0);
    }

    public boolean isEquity() {
        return category() == 'E';
    }

    @Override
    public int compareTo(Cfi other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
