package org.tradesuite.web;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/**
 * Reads a time of the contract: RFC 3339 with an offset and at most microseconds. A number, which Jackson would take for
 * seconds or milliseconds since 1970, is refused, and so are digits that we would have to drop.
 */
public final class UtcTime extends ValueDeserializer<Instant> {

    @Override
    public Instant deserialize(JsonParser body, DeserializationContext context) {
        if (!body.hasToken(JsonToken.VALUE_STRING)) {
            return (Instant) context.handleUnexpectedToken(Instant.class, body);
        }
        String text = body.getString();
        try {
            return of(text);
        } catch (IllegalArgumentException notATime) {
            return (Instant) context.handleWeirdStringValue(Instant.class, text, String.valueOf(notATime.getMessage()));
        }
    }

    /** @throws IllegalArgumentException if it is no time of the contract */
    public static Instant of(String text) {
        try {
            Instant time = OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                    .toInstant();
            if (time.equals(time.truncatedTo(ChronoUnit.MICROS))) {
                return time;
            }
        } catch (DateTimeParseException notATime) {
            throw new IllegalArgumentException("not an RFC 3339 time with at most microseconds", notATime);
        }
        throw new IllegalArgumentException("not an RFC 3339 time with at most microseconds");
    }
}
