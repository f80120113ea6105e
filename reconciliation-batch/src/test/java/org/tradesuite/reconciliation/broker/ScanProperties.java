package org.tradesuite.reconciliation.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Eight octets at a time find what one after the other find. */
class ScanProperties {

    private static final byte SEPARATOR = ';';

    @Property
    void a_mark_in_any_octets(@ForAll @Size(max = 40) byte[] octets, @ForAll @IntRange(max = 9) int from) {
        isFound(octets, Math.min(from, octets.length));
    }

    @Property
    void a_mark_among_letters(
            @ForAll @Size(max = 40) @ByteRange(min = '"', max = '=') byte[] octets,
            @ForAll @IntRange(max = 9) int from) {
        isFound(octets, Math.min(from, octets.length));
    }

    @Property
    void each_octet_that_is_looked_for(
            @ForAll @Size(8) byte[] octets, @ForAll byte wanted, @ForAll @IntRange(max = 255) int there) {
        var expected = 0L;
        for (var place = 0; place < Long.BYTES; place++) {
            if ((there >>> place & 1) == 1) {
                octets[place] = wanted;
            }
            expected |= octets[place] == wanted ? 0x80L << (8 * place) : 0;
        }
        var word = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN).getLong();
        assertThat(Scan.each(word, Scan.eightTimes(wanted))).isEqualTo(expected);
    }

    private static void isFound(byte[] octets, int from) {
        var expected = from;
        while (expected < octets.length && octets[expected] != SEPARATOR && (octets[expected] & 0xFF) > '"') {
            expected++;
        }
        assertThat(Scan.toMark(octets, from, octets.length, Scan.eightTimes(SEPARATOR)))
                .isEqualTo(expected);
    }
}
