package org.tradesuite.eventstore;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What an event tells, as JSON in UTF-8. Whoever writes and reads many has its octets and no text in between. Does not
 * change.
 */
public final class Payload {

    private final byte[] octets;

    private Payload(byte[] octets) {
        this.octets = octets;
    }

    /** @param octets JSON in UTF-8, which nobody changes any more: they are not copied */
    public static Payload of(byte[] octets) {
        return new Payload(octets);
    }

    public static Payload of(String json) {
        return new Payload(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Those it was made of, to be read only. */
    public byte[] octets() {
        return octets;
    }

    /** The JSON. */
    @Override
    public String toString() {
        return new String(octets, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Payload payload && Arrays.equals(octets, payload.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }
}
