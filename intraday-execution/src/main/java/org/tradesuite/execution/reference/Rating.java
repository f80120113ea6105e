package org.tradesuite.execution.reference;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A credit rating on the scale that S&amp;P and Fitch share, the best first. Whoever is rated by Moody's alone is brought
 * to this scale by whoever sends the file.
 */
public enum Rating {
    AAA("AAA"),
    AA_PLUS("AA+"),
    AA("AA"),
    AA_MINUS("AA-"),
    A_PLUS("A+"),
    A("A"),
    A_MINUS("A-"),
    BBB_PLUS("BBB+"),
    BBB("BBB"),
    BBB_MINUS("BBB-"),
    BB_PLUS("BB+"),
    BB("BB"),
    BB_MINUS("BB-"),
    B_PLUS("B+"),
    B("B"),
    B_MINUS("B-"),
    CCC_PLUS("CCC+"),
    CCC("CCC"),
    CCC_MINUS("CCC-"),
    CC("CC"),
    C("C"),
    D("D");

    private static final Map<String, Rating> BY_SYMBOL =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Rating::toString, Function.identity()));

    private final String symbol;

    Rating(String symbol) {
        this.symbol = symbol;
    }

    /** @throws IllegalArgumentException if it is not on the scale */
    public static Rating of(String symbol) {
        var rating = BY_SYMBOL.get(symbol);
        if (rating == null) {
            throw new IllegalArgumentException(
                    "'" + symbol + "' is no rating: send one of the scale from AAA to D, such as BBB+.");
        }
        return rating;
    }

    /** Whether it is as good as that one, or better. */
    public boolean isAtLeast(Rating other) {
        return compareTo(other) <= 0;
    }

    @Override
    public String toString() {
        return symbol;
    }
}
