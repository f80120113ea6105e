package org.tradesuite.eventstore;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The canonical bytes of an event and their SHA-256. Every field is written as its length in bytes (four bytes, most
 * significant first) and then its bytes; an absent text has the length -1 and no bytes, so it differs from an empty one,
 * and no two different events share their bytes. In this order:
 *
 * <ol>
 *   <li>the text {@code tradesuite-event-1}
 *   <li>chain (text); seq (number of eight bytes)
 *   <li>stream (text); version (number); type (text); schema version (number)
 *   <li>event time (number: microseconds since 1970-01-01T00:00:00Z)
 *   <li>actor, reason, causation, correlation (texts)
 *   <li>recorded at (number: microseconds)
 *   <li>payload (text, exactly as stored)
 *   <li>hash of the event before it (32 bytes)
 * </ol>
 *
 * Texts are UTF-8, numbers eight bytes, two's complement, most significant first.
 */
final class EventHash {

    static final byte[] FORM = "tradesuite-event-1".getBytes(StandardCharsets.UTF_8);

    private EventHash() {}

    /** What stands before the first event of a chain. */
    static byte[] beginning() {
        return new byte[32];
    }

    static byte[] of(String chain, long seq, NewEvent event, Instant recordedAt, byte[] prevHash) {
        var bytes = new Canonical();
        bytes.write(FORM);
        bytes.text(chain);
        bytes.number(seq);
        bytes.text(event.stream());
        bytes.number(event.version());
        bytes.text(event.type());
        bytes.number(event.schemaVersion());
        bytes.number(micros(event.eventTime()));
        bytes.text(event.actor());
        bytes.text(event.reason());
        bytes.text(event.causation());
        bytes.text(event.correlation());
        bytes.number(micros(recordedAt));
        bytes.text(event.payloadJson());
        bytes.write(prevHash);
        return bytes.sha256();
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private static final class Canonical {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        private final byte[] eight = new byte[8];

        void write(byte[] field) {
            length(field.length);
            out.writeBytes(field);
        }

        void text(@Nullable String text) {
            if (text == null) {
                length(-1);
            } else {
                write(text.getBytes(StandardCharsets.UTF_8));
            }
        }

        void number(long value) {
            length(8);
            ByteBuffer.wrap(eight).putLong(value);
            out.write(eight, 0, 8);
        }

        private void length(int length) {
            ByteBuffer.wrap(eight).putInt(length);
            out.write(eight, 0, 4);
        }

        byte[] sha256() {
            try {
                return MessageDigest.getInstance("SHA-256").digest(out.toByteArray());
            } catch (NoSuchAlgorithmException absent) {
                throw new IllegalStateException("Every Java platform has SHA-256", absent);
            }
        }
    }
}
