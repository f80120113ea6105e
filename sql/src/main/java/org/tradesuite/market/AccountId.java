package org.tradesuite.market;

import java.util.regex.Pattern;

/** An account of the firm, the unit that holds positions and cash. */
public record AccountId(String value) implements Comparable<AccountId> {

    private static final Pattern FORM = Pattern.compile("[A-Z0-9][A-Z0-9_-]{0,29}");

    public AccountId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "Account '" + value + "' is not 1 to 30 capital letters, digits, hyphens or underscores.");
        }
    }

    public static AccountId of(String value) {
        return new AccountId(value);
    }

    @Override
    public int compareTo(AccountId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
