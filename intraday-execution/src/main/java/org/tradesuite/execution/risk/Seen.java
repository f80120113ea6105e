package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.reference.Limit;

/**
 * What a rule saw: names and values in turn. Put into words only when somebody writes or reads them, because a rule that
 * passes is asked thousands of times for each time that anybody wants to know.
 */
public final class Seen {

    private static final Seen NOTHING = new Seen(null, new Object[0]);

    /** Of the limits of such a scope there is only the one. */
    private static final String ALL = "*";

    /** As a value: there is none. */
    private static final String NONE = "none";

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

    /** In words, where a name would say less; alone or as the last. The words are always the same. */
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

    // Its form, and what is not of the form

    /** What of it is always the same: its names, words, and the values of which there are few. */
    List<AnswerForm.Slot> slots() {
        var slots = new ArrayList<AnswerForm.Slot>();
        if (limit != null) {
            var scope = "limit=" + limit.scope() + ":";
            slots.add(isForAll(limit) ? new AnswerForm.Slot(scope + ALL, false) : new AnswerForm.Slot(scope, true));
        }
        for (var place = 0; place < namesAndValues.length; place += 2) {
            var name = String.valueOf(namesAndValues[place]);
            if (isInWords(place)) {
                slots.add(new AnswerForm.Slot(name, false));
            } else {
                var few = oneOfFew(namesAndValues[place + 1]);
                slots.add(
                        few == null
                                ? new AnswerForm.Slot(name + "=", true)
                                : new AnswerForm.Slot(name + "=" + few, false));
            }
        }
        return slots;
    }

    /** Whether {@link #slots} would be these. */
    boolean fits(List<AnswerForm.Slot> slots) {
        var at = 0;
        if (limit != null) {
            if (slots.isEmpty() || !fits(slots.getFirst(), limit)) {
                return false;
            }
            at = 1;
        }
        if (slots.size() != at + (namesAndValues.length + 1) / 2) {
            return false;
        }
        for (var place = 0; place < namesAndValues.length; place += 2, at++) {
            var slot = slots.get(at);
            var name = String.valueOf(namesAndValues[place]);
            if (isInWords(place)
                    ? slot.gap() || !slot.text().equals(name)
                    : !fits(slot, name, oneOfFew(namesAndValues[place + 1]))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a glance tells that the form of both is the same. */
    @SuppressWarnings("ReferenceEquality") // the names are constants
    boolean isPlainlyLike(Seen other) {
        var length = namesAndValues.length;
        if (length != other.namesAndValues.length || !isPlainlyLike(limit, other.limit)) {
            return false;
        }
        for (var place = 0; place < length; place++) {
            var one = namesAndValues[place];
            var another = other.namesAndValues[place];
            if (one != another && (place % 2 == 0 || oneOfFew(one) != null || oneOfFew(another) != null)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlainlyLike(@Nullable Limit one, @Nullable Limit other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return one.scope() == other.scope() && isForAll(one) == isForAll(other);
    }

    private static boolean fits(AnswerForm.Slot slot, Limit limit) {
        var scope = limit.scope().name();
        return slot.gap() != isForAll(limit)
                && slot.text().startsWith("limit=")
                && slot.text().startsWith(scope, 6)
                && slot.text().length() == 6 + scope.length() + (slot.gap() ? 1 : 2);
    }

    private static boolean fits(AnswerForm.Slot slot, String name, @Nullable String few) {
        var text = slot.text();
        return slot.gap() == (few == null)
                && text.length() == name.length() + 1 + (few == null ? 0 : few.length())
                && text.startsWith(name)
                && text.charAt(name.length()) == '='
                && (few == null || text.endsWith(few));
    }

    /** Shows what stands in the gaps of its form, in their order. */
    public void eachValue(Consumer<@Nullable Object> reader) {
        if (limit != null && !isForAll(limit)) {
            reader.accept(limit.scopeId());
        }
        for (var place = 0; place + 1 < namesAndValues.length; place += 2) {
            var value = namesAndValues[place + 1];
            if (oneOfFew(value) == null) {
                reader.accept(value);
            }
        }
    }

    private static boolean isForAll(Limit limit) {
        return limit.scopeId().equals(ALL);
    }

    private boolean isInWords(int place) {
        return place + 1 == namesAndValues.length;
    }

    /** A value that is always the same or one of a few; null where there is no end of them. */
    private static @Nullable String oneOfFew(@Nullable Object value) {
        // Nearly all are numbers, and asking this first is cheaper than asking the rest.
        if (value == null || value instanceof BigDecimal) {
            return null;
        }
        return value instanceof Enum<?> || value instanceof Boolean || value.equals(NONE) ? value.toString() : null;
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
