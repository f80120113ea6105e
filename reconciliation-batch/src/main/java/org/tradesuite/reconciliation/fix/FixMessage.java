package org.tradesuite.reconciliation.fix;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The fields of a FIX message in their order, as texts; of a tag that stands there more than once the first is asked for. */
public final class FixMessage {

    /** Fields that say how many octets the next one has, in which anything may stand. */
    private static final Map<Integer, Integer> DATA_AFTER = Map.ofEntries(
            Map.entry(90, 91),
            Map.entry(93, 89),
            Map.entry(95, 96),
            Map.entry(212, 213),
            Map.entry(348, 349),
            Map.entry(350, 351),
            Map.entry(352, 353),
            Map.entry(354, 355),
            Map.entry(356, 357),
            Map.entry(358, 359),
            Map.entry(360, 361),
            Map.entry(362, 363),
            Map.entry(364, 365),
            Map.entry(445, 446),
            Map.entry(618, 619),
            Map.entry(621, 622));

    private static final int MOST_DIGITS = 9;

    /** One field of it. */
    public record Field(int tag, String value) {}

    private final List<Field> fields;
    private final Map<Integer, String> first = new TreeMap<>();

    private FixMessage(List<Field> fields) {
        this.fields = List.copyOf(fields);
        fields.forEach(field -> first.putIfAbsent(field.tag(), field.value()));
    }

    /**
     * Takes a message apart, from its BeginString (8) on; its length and checksum are not looked at.
     *
     * @param delimiter between fields
     * @throws IllegalArgumentException if something in it is no field
     */
    public static FixMessage of(byte[] octets, int from, int to, byte delimiter) {
        var fields = new ArrayList<Field>();
        var at = from;
        var dataTag = -1;
        var dataLength = 0;
        while (at < to) {
            var tag = 0;
            var begin = at;
            while (at < to && octets[at] >= '0' && octets[at] <= '9' && at - begin < MOST_DIGITS) {
                tag = tag * 10 + octets[at++] - '0';
            }
            if (at == begin || at >= to || octets[at] != '=') {
                throw new IllegalArgumentException("'"
                        + new String(octets, begin, Math.min(30, to - begin), StandardCharsets.UTF_8)
                        + "' is no field: it has to be tag=value");
            }
            var value = ++at;
            if (tag == dataTag && dataLength <= to - value) {
                at = value + dataLength;
            }
            while (at < to && octets[at] != delimiter) {
                at++;
            }
            var text = new String(octets, value, at - value, StandardCharsets.UTF_8);
            fields.add(new Field(tag, text));
            var data = DATA_AFTER.get(tag);
            dataTag = data != null && isLength(text) ? data : -1;
            dataLength = dataTag < 0 ? 0 : Integer.parseInt(text);
            at++;
        }
        return new FixMessage(fields);
    }

    /** A message on its own, as it stands in a log or as a person wrote it; its length and checksum are not looked at. */
    public static FixMessage of(String text) {
        var octets = text.strip().getBytes(StandardCharsets.UTF_8);
        return of(octets, 0, octets.length, FixLog.delimiter(octets, 0, octets.length));
    }

    private static boolean isLength(String text) {
        return !text.isEmpty()
                && text.length() <= MOST_DIGITS
                && text.chars().allMatch(sign -> sign >= '0' && sign <= '9');
    }

    /** In their order. */
    public List<Field> fields() {
        return fields;
    }

    /** The value of a tag, or null if it is not there or empty. */
    public @Nullable String text(int tag) {
        var value = first.get(tag);
        return value == null || value.isEmpty() ? null : value;
    }

    /** Whether the tag has that value. */
    public boolean says(int tag, String value) {
        return value.equals(first.get(tag));
    }

    /** The entries of a group that begin with that tag, each with its fields up to the next; the last has the rest. */
    public List<FixMessage> entries(int beginsWith) {
        var entries = new ArrayList<FixMessage>();
        var entry = new ArrayList<Field>();
        for (var field : fields) {
            if (field.tag() == beginsWith && !entry.isEmpty()) {
                entries.add(new FixMessage(entry));
                entry.clear();
            }
            if (field.tag() == beginsWith || !entry.isEmpty()) {
                entry.add(field);
            }
        }
        if (!entry.isEmpty()) {
            entries.add(new FixMessage(entry));
        }
        return entries;
    }
}
