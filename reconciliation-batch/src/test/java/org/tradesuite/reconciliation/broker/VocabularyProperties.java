package org.tradesuite.reconciliation.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.Size;

/** Texts are told apart wherever they stand, short ones and long ones, with zeros at their ends too. */
class VocabularyProperties {

    @Property
    void it_knows_what_was_put_and_nothing_else(
            @ForAll @Size(max = 60) List<@Size(max = 19) byte[]> put, @ForAll @Size(max = 60) List<byte[]> asked) {
        holdsAgainstAMap(put, asked);
    }

    @Property
    void among_texts_that_nearly_are_the_same(
            @ForAll @Size(max = 60) List<@Size(max = 10) @ByteRange(min = 0, max = 1) byte[]> put,
            @ForAll @Size(max = 60) List<@Size(max = 10) @ByteRange(min = 0, max = 1) byte[]> asked) {
        holdsAgainstAMap(put, asked);
    }

    private static void holdsAgainstAMap(List<byte[]> put, List<byte[]> asked) {
        var known = new HashMap<String, Integer>();
        var vocabulary = new Vocabulary<Integer>();
        for (var number = 0; number < put.size(); number++) {
            var octets = put.get(number);
            known.put(key(octets), number);
            vocabulary.put(octets, 0, octets.length, number);
        }
        put.forEach(octets -> isTheSame(known, vocabulary, octets));
        asked.forEach(octets -> isTheSame(known, vocabulary, octets));
    }

    /** At the very end of what was read, and with more behind it. */
    private static void isTheSame(Map<String, Integer> known, Vocabulary<Integer> vocabulary, byte[] octets) {
        for (var behind = 0; behind <= Long.BYTES; behind++) {
            var line = new byte[3 + octets.length + behind];
            Arrays.fill(line, (byte) ',');
            System.arraycopy(octets, 0, line, 3, octets.length);
            assertThat(vocabulary.get(line, 3, 3 + octets.length)).isEqualTo(known.get(key(octets)));
        }
    }

    private static String key(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
