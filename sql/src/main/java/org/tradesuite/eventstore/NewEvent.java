package org.tradesuite.eventstore;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, before it is recorded.
 *
 * @param stream what changed, such as order/01J2
 * @param version place in the stream, from 1 without a gap
 * @param schemaVersion version of the payload's shape, from 1
 * @param eventTime whole microseconds
 * @param payload kept byte for byte
 */
public record NewEvent(
        String stream,
        int version,
        String type,
        int schemaVersion,
        Instant eventTime,
        String actor,
        @Nullable String reason,
        @Nullable String causation,
        @Nullable String correlation,
        Payload payload) {

    public NewEvent(
            String stream,
            int version,
            String type,
            int schemaVersion,
            Instant eventTime,
            String actor,
            @Nullable String reason,
            @Nullable String causation,
            @Nullable String correlation,
            String payloadJson) {
        this(
                stream,
                version,
                type,
                schemaVersion,
                eventTime,
                actor,
                reason,
                causation,
                correlation,
                Payload.of(payloadJson));
    }

    public NewEvent {
        requireText("stream", stream);
        requireText("type", type);
        requireText("actor", actor);
        if (version < 1 || schemaVersion < 1) {
            throw new IllegalArgumentException(
                    "Event " + type + " of " + stream + ": version and schema version count from 1.");
        }
        requireMicroseconds(eventTime);
    }

    public String payloadJson() {
        return payload.toString();
    }

    private static void requireText(String what, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("An event needs a " + what + ".");
        }
    }

    /** PostgreSQL rounds to microseconds; a finer time would not hash the same when read back. */
    static void requireMicroseconds(Instant time) {
        if (!time.equals(time.truncatedTo(ChronoUnit.MICROS))) {
            throw new IllegalArgumentException(
                    "Time " + time + " is finer than a microsecond: truncate it where the clock is read.");
        }
    }
}
