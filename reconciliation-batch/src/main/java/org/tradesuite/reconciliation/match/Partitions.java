package org.tradesuite.reconciliation.match;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Octets set aside in numbered parts until each is worked off: the first few in memory, the rest in a file of the part's
 * own. Several threads may append; a part is taken once, by one.
 */
public final class Partitions implements AutoCloseable {

    private static final int FIRST = 512;

    private final Path folder;
    private final String name;
    private final int buffer;
    private final List<Part> parts = new ArrayList<>();

    /** @param buffer octets of a part in memory before they go to its file */
    public Partitions(Path folder, String name, int parts, int buffer) {
        this.folder = folder;
        this.name = name;
        this.buffer = buffer;
        grow(parts);
    }

    private static final class Part {
        private byte[] octets = new byte[0];
        private int size;
        private long written;
        private FileChannel file;
        private Path path;

        private Part(FileChannel none, Path nowhere) {
            file = none;
            path = nowhere;
        }
    }

    @SuppressWarnings("NullAway") // a part has no file until its buffer is full
    private static Part part() {
        return new Part(null, null);
    }

    private void grow(int to) {
        while (parts.size() < to) {
            parts.add(part());
        }
    }

    public synchronized int size() {
        return parts.size();
    }

    private synchronized Part at(int number) {
        grow(number + 1);
        return parts.get(number);
    }

    public void append(int number, byte[] from, int offset, int length) {
        var part = at(number);
        synchronized (part) {
            if (part.size + length > part.octets.length) {
                if (part.size + length > buffer && part.size > 0) {
                    write(part, number);
                }
                if (part.size + length > part.octets.length) {
                    part.octets = Arrays.copyOf(
                            part.octets,
                            Math.max(part.size + length, Math.min(buffer, Math.max(FIRST, part.octets.length * 2))));
                }
            }
            System.arraycopy(from, offset, part.octets, part.size, length);
            part.size += length;
        }
    }

    @SuppressWarnings("NullAway")
    private void write(Part part, int number) {
        try {
            if (part.file == null) {
                part.path = folder.resolve(name + "-" + number);
                part.file = FileChannel.open(
                        part.path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
            }
            var octets = ByteBuffer.wrap(part.octets, 0, part.size);
            while (octets.hasRemaining()) {
                part.file.write(octets);
            }
            part.written += part.size;
            part.size = 0;
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "Items cannot be set aside in " + part.path + ": " + failed.getMessage()
                            + ". Make room there and restart the run.",
                    failed);
        }
    }

    /** How many octets wait in the part. */
    public long size(int number) {
        if (number >= size()) {
            return 0;
        }
        var part = at(number);
        synchronized (part) {
            return part.written + part.size;
        }
    }

    /** Takes all of the part, which is empty then. */
    public void take(int number, Slab into) {
        into.size = 0;
        if (number >= size()) {
            return;
        }
        var part = at(number);
        synchronized (part) {
            var all = part.written + part.size;
            if (all > Integer.MAX_VALUE - 16) {
                throw new IllegalStateException("More than two gigabytes share a key in " + name
                        + ": give the passes keys that tell items apart.");
            }
            into.room((int) all);
            read(part, into.octets, 0, (int) part.written, 0);
            System.arraycopy(part.octets, 0, into.octets, (int) part.written, part.size);
            into.size = (int) all;
            forget(part);
        }
    }

    interface Reader {
        void next(byte[] octets, int at, int length);
    }

    /** Takes the part piece by piece, for one that is too large to be taken whole. */
    void each(int number, Slab slab, int piece, Reader reader) {
        var part = at(number);
        synchronized (part) {
            slab.room(piece);
            var from = 0L;
            while (from < part.written) {
                var size = (int) Math.min(slab.octets.length, part.written - from);
                read(part, slab.octets, 0, size, from);
                var used = whole(slab.octets, size, reader);
                if (used == 0) {
                    slab.room(Octets.getInt(slab.octets, 0));
                }
                from += used;
            }
            whole(part.octets, part.size, reader);
            forget(part);
        }
    }

    private static int whole(byte[] octets, int size, Reader reader) {
        var at = 0;
        while (at + 4 <= size && at + Octets.getInt(octets, at) <= size) {
            var length = Octets.getInt(octets, at);
            reader.next(octets, at, length);
            at += length;
        }
        return at;
    }

    private void read(Part part, byte[] into, int offset, int length, long from) {
        if (length == 0) {
            return;
        }
        try {
            var octets = ByteBuffer.wrap(into, offset, length);
            var at = from;
            while (octets.hasRemaining()) {
                var read = part.file.read(octets, at);
                if (read < 0) {
                    throw new IOException("it ends after " + at + " octets");
                }
                at += read;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "What was set aside in " + part.path + " cannot be read: " + failed.getMessage(), failed);
        }
    }

    @SuppressWarnings("NullAway")
    private static void forget(Part part) {
        part.octets = new byte[0];
        part.size = 0;
        part.written = 0;
        if (part.file != null) {
            try {
                part.file.close();
                Files.delete(part.path);
            } catch (IOException failed) {
                throw new UncheckedIOException("Cannot remove " + part.path, failed);
            }
            part.file = null;
        }
    }

    @Override
    public void close() {
        for (var part : List.copyOf(parts)) {
            synchronized (part) {
                forget(part);
            }
        }
    }
}
