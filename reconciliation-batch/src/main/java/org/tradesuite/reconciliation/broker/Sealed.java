package org.tradesuite.reconciliation.broker;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A file that is hashed while it is read, ahead of whoever reads it and on a thread of its own, which does not outlive it.
 * What it reads from stays open.
 */
final class Sealed extends InputStream {

    private static final int PIECE = 1 << 18;
    private static final int AHEAD = 4;

    /** Some octets; fewer than none at the end. */
    private static final class Piece {
        private final byte[] octets;
        private final int size;
        private final @Nullable Exception failure;

        private Piece(byte[] octets, int size, @Nullable Exception failure) {
            this.octets = octets;
            this.size = size;
            this.failure = failure;
        }
    }

    private final InputStream in;
    private final MessageDigest digest;
    private final BlockingQueue<Piece> read = new ArrayBlockingQueue<>(AHEAD);
    private final BlockingQueue<byte[]> used = new ArrayBlockingQueue<>(AHEAD + 2);
    private final Thread reader;
    private Piece piece = new Piece(new byte[0], 0, null);
    private int at;

    Sealed(InputStream in) {
        this.in = in;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("Every Java platform has SHA-256", absent);
        }
        reader = Thread.ofPlatform().name("read-ahead").daemon().start(this::readAhead);
    }

    private void readAhead() {
        try {
            try {
                for (var size = 0; size >= 0; ) {
                    var room = used.poll();
                    var octets = room == null ? new byte[PIECE] : room;
                    size = in.read(octets, 0, octets.length);
                    if (size > 0) {
                        digest.update(octets, 0, size);
                        read.put(new Piece(octets, size, null));
                    }
                }
                read.put(new Piece(new byte[0], -1, null));
            } catch (IOException | RuntimeException failure) {
                read.put(new Piece(new byte[0], -1, failure));
            }
        } catch (InterruptedException nobodyReadsOn) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there is an octet. */
    private boolean more() throws IOException {
        if (at == piece.size) {
            if (piece.size > 0) {
                used.offer(piece.octets);
            }
            try {
                piece = read.take();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IOException("The reading was stopped.", stopped);
            }
            at = 0;
        }
        switch (piece.failure) {
            case null -> {}
            case IOException failure -> throw failure;
            case RuntimeException failure -> throw failure;
            case Exception other -> throw new IllegalStateException(other);
        }
        return piece.size > 0;
    }

    @Override
    public int read() throws IOException {
        return more() ? piece.octets[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (!more()) {
            return -1;
        }
        var size = Math.min(length, piece.size - at);
        System.arraycopy(piece.octets, at, into, offset, size);
        at += size;
        return size;
    }

    /** Reads what nobody wanted to read. */
    void toEnd() throws IOException {
        while (more()) {
            at = piece.size;
        }
    }

    /** Of all that was read, to its end; to be asked for once. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Ends when nothing is read any more. */
    @Override
    public void close() {
        Threads.end(reader);
    }
}
