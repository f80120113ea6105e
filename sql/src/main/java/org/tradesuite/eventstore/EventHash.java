package org.tradesuite.eventstore;

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
 * Texts are UTF-8, numbers eight bytes, two's complement, most significant first. One for each thread.
 */
final class EventHash {

    static final byte[] FORM = "tradesuite-event-1".getBytes(StandardCharsets.UTF_8);

    private final MessageDigest digest = digest();

    /** Gathers what is short; what is long is digested from where it stands. */
    private final byte[] gathered = new byte[512];

    private int length;

    /** What stands before the first event of a chain. */
    static byte[] beginning() {
        return new byte[32];
    }

    byte[] of(String chain, long seq, NewEvent event, Instant recordedAt, byte[] prevHash) {
        field(FORM);
        text(chain);
        number(seq);
        text(event.stream());
        number(event.version());
        text(event.type());
        number(event.schemaVersion());
        number(micros(event.eventTime()));
        text(event.actor());
        text(event.reason());
        text(event.causation());
        text(event.correlation());
        number(micros(recordedAt));
        field(event.payload().octets());
        field(prevHash);
        flush();
        return digest.digest();
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private void text(@Nullable String text) {
        if (text == null) {
            integer(-1);
        } else {
            field(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void number(long value) {
        integer(8);
        integer((int) (value >>> 32));
        integer((int) value);
    }

    private void field(byte[] field) {
        integer(field.length);
        if (field.length > gathered.length) {
            flush();
            digest.update(field);
        } else {
            makeRoom(field.length);
            System.arraycopy(field, 0, gathered, length, field.length);
            length += field.length;
        }
    }

    private void integer(int value) {
        makeRoom(4);
        gathered[length++] = (byte) (value >>> 24);
        gathered[length++] = (byte) (value >>> 16);
        gathered[length++] = (byte) (value >>> 8);
        gathered[length++] = (byte) value;
    }

    private void makeRoom(int more) {
        if (length + more > gathered.length) {
            flush();
        }
    }

    private void flush() {
        digest.update(gathered, 0, length);
        length = 0;
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("Every Java platform has SHA-256", absent);
        }
    }
}
