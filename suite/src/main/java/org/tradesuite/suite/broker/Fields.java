package org.tradesuite.suite.broker;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One FIX message as tag and text, without session fields. Repeating groups are one value each: the ClOrdIDs of 73 and
 * the ACCOUNT=quantity pairs of 78 separated by blanks. The execution types are those of FIX 4.4 for all brokers; what
 * FIX 4.2 says differently is said on the wire only.
 */
final class Fields {

    private final TreeMap<Integer, String> values = new TreeMap<>();

    Fields(String messageType) {
        values.put(35, messageType);
    }

    static Fields of(Map<Integer, String> values) {
        Fields fields = new Fields(String.valueOf(values.get(35)));
        fields.values.putAll(values);
        return fields;
    }

    String type() {
        return need(35);
    }

    @Nullable
    String get(int tag) {
        return values.get(tag);
    }

    String get(int tag, String otherwise) {
        return values.getOrDefault(tag, otherwise);
    }

    String need(int tag) {
        String value = values.get(tag);
        if (value == null) {
            throw new IllegalArgumentException("Tag " + tag + " is missing in " + this);
        }
        return value;
    }

    BigDecimal decimal(int tag) {
        return new BigDecimal(need(tag));
    }

    boolean is(int tag, String value) {
        return value.equals(values.get(tag));
    }

    /** The values of a repeating group. */
    List<String> list(int tag) {
        String value = values.get(tag);
        return value == null || value.isBlank() ? List.of() : List.of(value.split(" ", -1));
    }

    Fields put(int tag, @Nullable String value) {
        if (value != null) {
            values.put(tag, value);
        }
        return this;
    }

    Fields put(int tag, BigDecimal value) {
        return put(tag, value.toPlainString());
    }

    Fields copy(Fields other, int... tags) {
        for (int tag : tags) {
            put(tag, other.get(tag));
        }
        return this;
    }

    Map<Integer, String> values() {
        return values;
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
