package org.tradesuite.reconciliation.match;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A file of blocks of one size, there from the first that is written until it is closed. Blocks that are free are used
 * again; when all are, the file is empty. For several threads.
 */
final class Blocks implements AutoCloseable {

    private final Path path;
    private final int size;
    private @Nullable FileChannel file;
    private long end;
    private long[] free = new long[16];
    private int freed;

    Blocks(Path path, int size) {
        this.path = path;
        this.size = size;
    }

    /** Writes octets, more than a block too; returns where they are. */
    long write(byte[] octets, int length) {
        try {
            var to = open();
            var place = take(length);
            var left = ByteBuffer.wrap(octets, 0, length);
            while (left.hasRemaining()) {
                to.write(left, place + left.position());
            }
            return place;
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "Items cannot be set aside in " + path + ": " + failed.getMessage()
                            + ". Make room there and restart the run.",
                    failed);
        }
    }

    private synchronized FileChannel open() throws IOException {
        var opened = file;
        if (opened == null) {
            opened = FileChannel.open(
                    path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
            file = opened;
        }
        return opened;
    }

    private long blocks(int length) {
        return (length + size - 1L) / size;
    }

    private synchronized long take(int length) {
        if (length <= size && freed > 0) {
            return free[--freed];
        }
        var place = end;
        end += blocks(length) * size;
        return place;
    }

    void read(long place, byte[] into, int offset, int length) {
        try {
            var from = open();
            var octets = ByteBuffer.wrap(into, offset, length);
            while (octets.hasRemaining()) {
                if (from.read(octets, place + octets.position() - offset) < 0) {
                    throw new IOException("it ends before " + (place + length));
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "What was set aside in " + path + " cannot be read: " + failed.getMessage(), failed);
        }
    }

    /** What stood there is not needed any more. */
    synchronized void free(long place, int length) {
        for (var block = 0L; block < blocks(length); block++) {
            if (freed == free.length) {
                free = Arrays.copyOf(free, freed * 2);
            }
            free[freed++] = place + block * size;
        }
        var opened = file;
        if ((long) freed * size == end && opened != null) {
            try {
                opened.truncate(0);
            } catch (IOException failed) {
                throw new UncheckedIOException("Cannot empty " + path, failed);
            }
            end = 0;
            freed = 0;
        }
    }

    @Override
    public synchronized void close() {
        var opened = file;
        if (opened != null) {
            try {
                opened.close();
                Files.delete(path);
            } catch (IOException failed) {
                throw new UncheckedIOException("Cannot remove " + path, failed);
            }
            file = null;
        }
    }

    @Override
    public String toString() {
        return path.getFileName().toString();
    }
}
