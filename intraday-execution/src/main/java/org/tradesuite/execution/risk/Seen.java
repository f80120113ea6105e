package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.reference.Limit;

/**
 * What a rule saw: names and values in turn. Put into words only when somebody writes or reads them, because a rule that
 * passes is asked thousands of times for each time that anybody wants to know.
 */
public final class Seen {

    private static final Seen NOTHING = new Seen(null, new Object[0], 0);

    /** As a value: there is none. */
    private static final String NONE = "none";

    /** Whose limit it was held to, where it was one. */
    private final @Nullable Limit limit;

    /** Values do not change: what is written later is what was seen. */
    private final @Nullable Object[] namesAndValues;

    /** How many of them, from the first on, are the same for a long time. */
    private final int lasting;

    private Seen(@Nullable Limit limit, @Nullable Object[] namesAndValues, int lasting) {
        this.limit = limit;
        this.namesAndValues = namesAndValues;
        this.lasting = lasting;
    }

    static Seen nothing() {
        return NOTHING;
    }

    /** In words, where a name would say less; alone or as the last. The words are always the same. */
    public static Seen inWords(String words) {
        return words.isEmpty() ? NOTHING : new Seen(null, new Object[] {words}, 0);
    }

    /** @param namesAndValues {@code "price", price, "held", held}; the values unchanging */
    static Seen of(@Nullable Object... namesAndValues) {
        requirePairs(namesAndValues);
        return new Seen(null, namesAndValues, 0);
    }

    /**
     * The same of what stays as it is for days, such as a mandate and its rule: those values are told once and for all.
     * Not for what changes by the day, of which there would be ever more to remember.
     */
    static Seen lasting(@Nullable Object... namesAndValues) {
        requirePairs(namesAndValues);
        return new Seen(null, namesAndValues, namesAndValues.length);
    }

    private static void requirePairs(@Nullable Object[] namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("A name without a value: " + Arrays.toString(namesAndValues));
        }
    }

    /**
     * As it was, from its form.
     *
     * @param values one for each gap
     */
    static Seen again(List<AnswerForm.Slot> slots, List<String> values) {
        var words = new StringJoiner(" ");
        var value = values.iterator();
        for (var slot : slots) {
            words.add(slot.gap() ? slot.text() + value.next() : slot.text());
        }
        return inWords(words.toString());
    }

    /** The same, and this behind it. */
    Seen and(String name, Object value) {
        var more = Arrays.copyOf(namesAndValues, namesAndValues.length + 2);
        more[more.length - 2] = name;
        more[more.length - 1] = value;
        return new Seen(limit, more, lasting);
    }

    /** The same, and that limit before it. */
    Seen under(Limit asked) {
        return new Seen(asked, namesAndValues, lasting);
    }

    /** Whether it says whose limit was asked. */
    boolean namesLimit() {
        return limit != null;
    }

    // Its form, and what is not of the form

    /** What of it is always the same: whose limit, names, words, and the values that last or of which there are few. */
    List<AnswerForm.Slot> slots() {
        var slots = new ArrayList<AnswerForm.Slot>();
        if (limit != null) {
            slots.add(new AnswerForm.Slot(limitInWords(limit), false));
        }
        for (var place = 0; place < namesAndValues.length; place += 2) {
            var name = String.valueOf(namesAndValues[place]);
            slots.add(
                    isInWords(place)
                            ? new AnswerForm.Slot(name, false)
                            : isGap(place)
                                    ? new AnswerForm.Slot(name + "=", true)
                                    : new AnswerForm.Slot(name + "=" + inWords(namesAndValues[place + 1]), false));
        }
        return slots;
    }

    /** The same number for two that have the same form, and hardly ever for others. */
    int likeness() {
        var hash = 31 * namesAndValues.length + (limit == null ? 0 : Long.hashCode(limit.id()));
        for (var place = 1; place < lasting; place += 2) {
            hash = 31 * hash + Objects.hashCode(namesAndValues[place]);
        }
        return hash;
    }

    /** Whether a glance tells that the form of both is the same. */
    @SuppressWarnings("ReferenceEquality") // the names are constants, and a limit is one object
    boolean isPlainlyLike(Seen other) {
        var length = namesAndValues.length;
        if (limit != other.limit || length != other.namesAndValues.length || lasting != other.lasting) {
            return false;
        }
        for (var place = 0; place < length; place += 2) {
            if (namesAndValues[place] != other.namesAndValues[place]) {
                return false;
            }
            if (place + 1 < length
                    && !isPlainlyLike(place, namesAndValues[place + 1], other.namesAndValues[place + 1])) {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("ReferenceEquality")
    private boolean isPlainlyLike(int place, @Nullable Object one, @Nullable Object other) {
        return one == other
                || (place < lasting ? Objects.equals(one, other) : oneOfFew(one) == null && oneOfFew(other) == null);
    }

    /** Whether that amount is the one of the limit it was held to, which is told with the limit. */
    @SuppressWarnings("ReferenceEquality")
    boolean tells(@Nullable BigDecimal amount) {
        return limit != null && amount == limit.amount();
    }

    /** Shows what stands in the gaps of its form, in their order. */
    public void eachValue(Consumer<@Nullable Object> reader) {
        for (var place = lasting; place + 1 < namesAndValues.length; place += 2) {
            var value = namesAndValues[place + 1];
            if (oneOfFew(value) == null) {
                reader.accept(value);
            }
        }
    }

    private boolean isGap(int place) {
        return place >= lasting && oneOfFew(namesAndValues[place + 1]) == null;
    }

    private boolean isInWords(int place) {
        return place + 1 == namesAndValues.length;
    }

    /** A value that is always the same or one of a few; null where there is no end of them. */
    private static @Nullable Object oneOfFew(@Nullable Object value) {
        // Nearly all are numbers, and asking this first is cheaper than asking the rest.
        if (value == null || value instanceof BigDecimal) {
            return null;
        }
        return value instanceof Enum<?> || value instanceof Boolean || value.equals(NONE) ? value : null;
    }

    private static String limitInWords(Limit limit) {
        return "limit=" + limit.scope() + ":" + limit.scopeId();
    }

    private static String inWords(@Nullable Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
    }

    // In words

    /** {@code limit=ACCOUNT:GEQ1 price=12.34 held=100}. */
    @Override
    public String toString() {
        var text = new StringBuilder(24 * namesAndValues.length);
        append(text);
        return text.toString();
    }

    private void append(StringBuilder text) {
        if (limit != null) {
            text.append(limitInWords(limit));
        }
        for (var place = 0; place < namesAndValues.length; place += 2) {
            if (!text.isEmpty()) {
                text.append(' ');
            }
            text.append(namesAndValues[place]);
            if (place + 1 == namesAndValues.length) {
                return;
            }
            text.append('=').append(inWords(namesAndValues[place + 1]));
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
