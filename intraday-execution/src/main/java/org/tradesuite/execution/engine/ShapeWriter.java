package org.tradesuite.execution.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Numbers and texts as bytes, a portion at a time. Belongs to one thread. */
final class ShapeWriter {

    private static final int PORTION = 1 << 16;
    private static final int LONGEST_NUMBER = 10;

    private final OutputStream out;
    private final byte[] portion = new byte[PORTION];
    private final Recent recent = new Recent();
    private int filled;

    ShapeWriter(OutputStream out) {
        this.out = out;
    }

    Recent recent() {
        return recent;
    }

    void octet(int value) throws IOException {
        if (filled == PORTION) {
            flush();
        }
        portion[filled++] = (byte) value;
    }

    /** Seven bits an octet, the lowest first; made for numbers that are small and not below zero. */
    void count(long value) throws IOException {
        if (PORTION - filled < LONGEST_NUMBER) {
            flush();
        }
        var rest = value;
        while ((rest & ~0x7FL) != 0) {
            portion[filled++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        portion[filled++] = (byte) rest;
    }

    /** The sign in the lowest bit, so that small negative numbers are short too. */
    void number(long value) throws IOException {
        count((value << 1) ^ (value >> 63));
    }

    void text(String value) throws IOException {
        bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    void bytes(byte[] value) throws IOException {
        count(value.length);
        if (value.length > PORTION) {
            flush();
            out.write(value);
            return;
        }
        if (PORTION - filled < value.length) {
            flush();
        }
        System.arraycopy(value, 0, portion, filled, value.length);
        filled += value.length;
    }

    void finish() throws IOException {
        flush();
        out.flush();
    }

    private void flush() throws IOException {
        out.write(portion, 0, filled);
        filled = 0;
    }
}
