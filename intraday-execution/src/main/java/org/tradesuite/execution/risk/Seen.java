package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.reference.Limit;

/**
 * What a rule saw: names and values in turn. Put into words only when somebody writes or reads them, because a rule that
 * passes is asked thousands of times for each time that anybody wants to know.
 */
public final class Seen {

    private static final Seen NOTHING = new Seen(null, new Object[0]);

    /** Whose limit it was held to, where it was one. */
    private final @Nullable Limit limit;

    /** Values do not change: what is written later is what was seen. */
    private final @Nullable Object[] namesAndValues;

    private Seen(@Nullable Limit limit, @Nullable Object[] namesAndValues) {
        this.limit = limit;
        this.namesAndValues = namesAndValues;
    }

    static Seen nothing() {
        return NOTHING;
    }

    /** In words, where a name would say less; alone or as the last. */
    public static Seen inWords(String words) {
        return words.isEmpty() ? NOTHING : new Seen(null, new Object[] {words});
    }

    /** @param namesAndValues {@code "price", price, "held", held}; the values unchanging */
    static Seen of(@Nullable Object... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("A name without a value: " + Arrays.toString(namesAndValues));
        }
        return new Seen(null, namesAndValues);
    }

    /** The same, and this behind it. */
    Seen and(String name, Object value) {
        var more = Arrays.copyOf(namesAndValues, namesAndValues.length + 2);
        more[more.length - 2] = name;
        more[more.length - 1] = value;
        return new Seen(limit, more);
    }

    /** The same, and that limit before it. */
    Seen under(Limit asked) {
        return new Seen(asked, namesAndValues);
    }

    /** Whether it says whose limit was asked. */
    boolean namesLimit() {
        return limit != null;
    }

    /** {@code limit=ACCOUNT:GEQ1 price=12.34 held=100}. */
    @Override
    public String toString() {
        var text = new StringBuilder(24 * namesAndValues.length);
        append(text);
        return text.toString();
    }

    private void append(StringBuilder text) {
        if (limit != null) {
            text.append("limit=").append(limit.scope()).append(':').append(limit.scopeId());
        }
        for (var place = 0; place < namesAndValues.length; place += 2) {
            if (!text.isEmpty()) {
                text.append(' ');
            }
            text.append(namesAndValues[place]);
            if (place + 1 == namesAndValues.length) {
                return;
            }
            text.append('=');
            var value = namesAndValues[place + 1];
            switch (value) {
                case BigDecimal number -> text.append(number.toPlainString());
                case null, default -> text.append(value);
            }
        }
    }

    /** Two that say the same are the same. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Seen seen && toString().equals(seen.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }
}
