package org.tradesuite.reconciliation.broker;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tradesuite.reconciliation.fix.FixMessage;

/**
 * What a message has to say, as a person writes it: {@code 22=4}, the tag has that value; {@code 20!=0}, it is there and has
 * another; {@code 150=}, it is not there; {@code 150!=}, it is. Several, parted by blanks, have to hold all.
 */
record FixCondition(List<Part> all) {

    private static final Pattern PART = Pattern.compile("([1-9][0-9]{0,4})(!?=)([^ =]*)");

    /** @param value empty: the tag is not there */
    record Part(int tag, boolean not, String value) {

        private boolean holds(FixMessage message) {
            var said = message.text(tag);
            if (value.isEmpty()) {
                return (said == null) != not;
            }
            return said != null && said.equals(value) != not;
        }

        @Override
        public String toString() {
            return tag + (not ? "!=" : "=") + value;
        }
    }

    FixCondition {
        all = List.copyOf(all);
    }

    /** @throws IllegalArgumentException if it is none */
    @JsonCreator
    static FixCondition of(String text) {
        return new FixCondition(Arrays.stream(text.strip().split(" +", -1))
                .map(part -> {
                    var match = PART.matcher(part);
                    if (!match.matches()) {
                        throw new IllegalArgumentException("'" + part
                                + "' is no condition: write it as in 22=4, 20!=0 (there, with another value) or 150="
                                + " (not there), several parted by a blank.");
                    }
                    return new Part(
                            Integer.parseInt(match.group(1)), match.group(2).equals("!="), match.group(3));
                })
                .toList());
    }

    boolean holds(FixMessage message) {
        return all.stream().allMatch(part -> part.holds(message));
    }

    /** What the message says of it. */
    String told(FixMessage message) {
        return all.stream()
                .map(part -> part.tag() + "=" + message.text(part.tag()))
                .collect(Collectors.joining(" "));
    }

    @Override
    @JsonValue
    public String toString() {
        return all.stream().map(Part::toString).collect(Collectors.joining(" "));
    }
}
