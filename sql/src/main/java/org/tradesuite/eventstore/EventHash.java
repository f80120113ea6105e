package org.tradesuite.eventstore;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
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
        var bytes = new Canonical(event.payloadJson().length() + 512);
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

        private byte[] bytes;
        private int length;

        Canonical(int expected) {
            bytes = new byte[expected];
        }

        void write(byte[] field) {
            var at = room(4 + field.length);
            putInt(at, field.length);
            System.arraycopy(field, 0, bytes, at + 4, field.length);
        }

        void text(@Nullable String text) {
            if (text == null) {
                putInt(room(4), -1);
            } else {
                write(text.getBytes(StandardCharsets.UTF_8));
            }
        }

        void number(long value) {
            var at = room(12);
            putInt(at, 8);
            putInt(at + 4, (int) (value >>> 32));
            putInt(at + 8, (int) value);
        }

        private int room(int more) {
            var at = length;
            length += more;
            if (length > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(length, bytes.length * 2));
            }
            return at;
        }

        private void putInt(int at, int value) {
            bytes[at] = (byte) (value >>> 24);
            bytes[at + 1] = (byte) (value >>> 16);
            bytes[at + 2] = (byte) (value >>> 8);
            bytes[at + 3] = (byte) value;
        }

        byte[] sha256() {
            try {
                var digest = MessageDigest.getInstance("SHA-256");
                digest.update(bytes, 0, length);
                return digest.digest();
            } catch (NoSuchAlgorithmException absent) {
                throw new IllegalStateException("Every Java platform has SHA-256", absent);
            }
        }
    }
}
