package org.tradesuite.reconciliation.match;

import java.nio.file.Path;
import java.util.Arrays;

/**
 * Octets set aside in numbered parts until each is worked off: the first few in memory, the rest in one file, in blocks that
 * are used again when their part was taken. Several threads may append; a part is taken once, by one.
 */
public final class Partitions implements AutoCloseable {

    private static final int FIRST = 512;

    private final int buffer;
    private final Blocks blocks;
    private volatile Part[] parts = {};
    private volatile int count;

    /** @param buffer octets of a part in memory before they go to the file */
    public Partitions(Path folder, String name, int parts, int buffer) {
        this.buffer = buffer;
        this.blocks = new Blocks(folder.resolve(name), buffer);
        grow(parts);
    }

    private static final class Part {
        private byte[] octets = new byte[0];
        private int size;
        private long written;
        /** Where its octets lie in the file, and how many at each place. */
        private long[] places = new long[0];

        private int[] lengths = new int[0];
        private int count;

        private void wrote(long place, int length) {
            if (count == places.length) {
                places = Arrays.copyOf(places, Math.max(4, count * 2));
                lengths = Arrays.copyOf(lengths, places.length);
            }
            places[count] = place;
            lengths[count++] = length;
            written += length;
        }
    }

    private synchronized void grow(int to) {
        var from = parts.length;
        if (from < to) {
            var more = Arrays.copyOf(parts, Math.max(to, from + from / 2));
            for (var number = from; number < more.length; number++) {
                more[number] = new Part();
            }
            parts = more;
        }
        count = Math.max(count, to);
    }

    public int size() {
        return count;
    }

    private Part at(int number) {
        if (number >= count) {
            grow(number + 1);
        }
        return parts[number];
    }

    public void append(int number, byte[] from, int offset, int length) {
        var part = at(number);
        synchronized (part) {
            if (part.size + length > part.octets.length) {
                if (part.size + length > buffer && part.size > 0) {
                    part.wrote(blocks.write(part.octets, part.size), part.size);
                    part.size = 0;
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
        into.clear();
        takeMore(number, into);
    }

    /** Takes all of the part behind what is there. */
    void takeMore(int number, Slab into) {
        if (number < size()) {
            var part = at(number);
            synchronized (part) {
                copy(part, into);
                forget(part);
            }
        }
    }

    /** Copies all of the part, which stays. */
    void look(int number, Slab into) {
        into.clear();
        if (number < size()) {
            var part = at(number);
            synchronized (part) {
                copy(part, into);
            }
        }
    }

    private void copy(Part part, Slab into) {
        var all = into.size + part.written + part.size;
        if (all > Integer.MAX_VALUE - 16) {
            throw new IllegalStateException("More than two gigabytes share a key in " + blocks
                    + ": give the passes keys that tell items apart.");
        }
        into.room((int) all);
        read(part, into.octets, into.size, (int) part.written, 0);
        System.arraycopy(part.octets, 0, into.octets, (int) all - part.size, part.size);
        into.size = (int) all;
    }

    interface Reader {
        void next(byte[] octets, int at, int length);
    }

    /** Takes the part piece by piece, for one that is too large to be taken whole. */
    void each(int number, Slab slab, int piece, Reader reader) {
        var part = at(number);
        synchronized (part) {
            slab.clear();
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
        var skipped = 0L;
        var at = offset;
        var end = offset + length;
        for (var block = 0; at < end; block++) {
            var within = Math.max(0, from - skipped);
            var size = (int) Math.min(end - at, part.lengths[block] - within);
            if (size > 0) {
                blocks.read(part.places[block] + within, into, at, size);
                at += size;
            }
            skipped += part.lengths[block];
        }
    }

    private void forget(Part part) {
        for (var block = 0; block < part.count; block++) {
            blocks.free(part.places[block], part.lengths[block]);
        }
        part.octets = new byte[0];
        part.size = 0;
        part.written = 0;
        part.places = new long[0];
        part.lengths = new int[0];
        part.count = 0;
    }

    @Override
    public void close() {
        for (var part : parts) {
            synchronized (part) {
                forget(part);
            }
        }
        blocks.close();
    }
}
