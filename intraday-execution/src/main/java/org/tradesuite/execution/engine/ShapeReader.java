package org.tradesuite.execution.engine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads what {@link ShapeWriter} writes. Belongs to one thread. */
final class ShapeReader {

    private static final int PORTION = 1 << 16;

    /** No text or number of ours is longer; a damaged length must not ask for all the memory there is. */
    private static final int LONGEST = 1 << 24;

    private final InputStream in;
    private final byte[] portion = new byte[PORTION];
    private final Recent recent = new Recent();
    private int next;
    private int filled;

    ShapeReader(InputStream in) {
        this.in = in;
    }

    Recent recent() {
        return recent;
    }

    int octet() throws IOException {
        if (next == filled && !more()) {
            throw new EOFException("The snapshot ends too early.");
        }
        return portion[next++] & 0xFF;
    }

    long count() throws IOException {
        long value = 0;
        for (var shift = 0; shift < Long.SIZE; shift += 7) {
            var octet = octet();
            value |= (long) (octet & 0x7F) << shift;
            if ((octet & 0x80) == 0) {
                return value;
            }
        }
        throw new IOException("A number of the snapshot is too long.");
    }

    long number() throws IOException {
        var value = count();
        return (value >>> 1) ^ -(value & 1);
    }

    String text() throws IOException {
        var length = length();
        if (filled - next >= length) {
            var text = new String(portion, next, length, StandardCharsets.UTF_8);
            next += length;
            return text;
        }
        return new String(bytes(length), StandardCharsets.UTF_8);
    }

    byte[] bytes() throws IOException {
        return bytes(length());
    }

    private int length() throws IOException {
        var length = count();
        if (length < 0 || length > LONGEST) {
            throw new IOException("A text of the snapshot is " + length + " octets long.");
        }
        return (int) length;
    }

    private byte[] bytes(int length) throws IOException {
        var value = new byte[length];
        for (var place = 0; place < length; ) {
            if (next == filled && !more()) {
                throw new EOFException("The snapshot ends too early.");
            }
            var some = Math.min(length - place, filled - next);
            System.arraycopy(portion, next, value, place, some);
            next += some;
            place += some;
        }
        return value;
    }

    boolean atEnd() throws IOException {
        return next == filled && !more();
    }

    private boolean more() throws IOException {
        next = 0;
        filled = Math.max(0, in.read(portion));
        return filled > 0;
    }
}
