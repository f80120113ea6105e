package org.tradesuite.reconciliation.broker;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/**
 * Matches by bucket, on their way into the database: each thread gathers a few for a bucket, those of all threads lie together
 * until they are worth a row. A bucket may have several rows. For several threads.
 */
final class MatchBuckets {

    /** Octets of all buckets that wait for a row, at most; and of one. */
    private static final int WAITING = 1 << 25;

    private static final int LARGEST_ROW = 1 << 17;
    /** Octets that a thread gathers for a bucket. */
    private static final int TOGETHER = 1 << 8;
    /** Octets of rows that are sent at once. */
    private static final int SENT = 1 << 20;

    private static final byte[] BINARY_COPY = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0};
    private static final int EPOCH_2000 = 10_957;
    private static final String COPY = """
        copy reconciliation.match_bucket (reconciled_on, feed, broker_id, bucket, part, pairs, packed) from stdin with (format binary)
        """;

    private static final class Bucket {
        private byte[] octets = new byte[0];
        private int size;
        private int pairs;
        private int parts;
    }

    /** What one thread has gathered. */
    private static final class Hand {
        private final byte[] octets;
        private final int[] sizes;
        private final int[] pairs;

        private Hand(int buckets) {
            octets = new byte[buckets * TOGETHER];
            sizes = new int[buckets];
            pairs = new int[buckets];
        }
    }

    private final CopyAside to;
    private final int day;
    private final byte[] feed;
    private final byte[] broker;
    private final int most;
    private final Bucket[] buckets;
    private final List<Hand> hands = new CopyOnWriteArrayList<>();
    private final ThreadLocal<Hand> hand = ThreadLocal.withInitial(this::newHand);
    /** In rows, guarded by those. */
    private long inRows;

    private final ByteArrayOutputStream rows = new ByteArrayOutputStream();

    MatchBuckets(CopyAside to, Source source, LocalDate date, int count) {
        this.to = to;
        day = Math.toIntExact(date.toEpochDay()) - EPOCH_2000;
        feed = source.feed().name().getBytes(StandardCharsets.UTF_8);
        broker = source.broker().getBytes(StandardCharsets.UTF_8);
        most = Math.min(WAITING / count, LARGEST_ROW);
        buckets = IntStream.range(0, count).mapToObj(number -> new Bucket()).toArray(Bucket[]::new);
    }

    private Hand newHand() {
        var made = new Hand(buckets.length);
        hands.add(made);
        return made;
    }

    int size() {
        return buckets.length;
    }

    void append(int bucket, byte[] entry, int length) {
        var mine = hand.get();
        if (mine.sizes[bucket] + length > TOGETHER) {
            handOver(mine, bucket);
        }
        if (length > TOGETHER) {
            add(bucket, entry, 0, length, 1);
            return;
        }
        System.arraycopy(entry, 0, mine.octets, bucket * TOGETHER + mine.sizes[bucket], length);
        mine.sizes[bucket] += length;
        mine.pairs[bucket]++;
    }

    private void handOver(Hand from, int bucket) {
        if (from.pairs[bucket] > 0) {
            add(bucket, from.octets, bucket * TOGETHER, from.sizes[bucket], from.pairs[bucket]);
            from.sizes[bucket] = 0;
            from.pairs[bucket] = 0;
        }
    }

    private void add(int number, byte[] from, int offset, int length, int pairs) {
        var bucket = buckets[number];
        synchronized (bucket) {
            if (bucket.size + length > most) {
                row(number, bucket);
            }
            if (bucket.size + length > bucket.octets.length) {
                var wanted = Math.max(bucket.size + length, Math.min(most, 2 * bucket.octets.length));
                bucket.octets = Arrays.copyOf(bucket.octets, wanted);
            }
            System.arraycopy(from, offset, bucket.octets, bucket.size, length);
            bucket.size += length;
            bucket.pairs += pairs;
        }
    }

    private void row(int number, Bucket bucket) {
        if (bucket.pairs == 0) {
            return;
        }
        synchronized (rows) {
            try {
                var out = new DataOutputStream(rows);
                if (rows.size() == 0) {
                    out.write(BINARY_COPY);
                    out.writeLong(0);
                }
                out.writeShort(7);
                value(out, day);
                value(out, feed, feed.length);
                value(out, broker, broker.length);
                value(out, number);
                value(out, bucket.parts++);
                value(out, bucket.pairs);
                value(out, bucket.octets, bucket.size);
                inRows += bucket.pairs;
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            if (rows.size() > SENT) {
                send();
            }
        }
        bucket.size = 0;
        bucket.pairs = 0;
    }

    private static void value(DataOutputStream out, int value) throws IOException {
        out.writeInt(Integer.BYTES);
        out.writeInt(value);
    }

    private static void value(DataOutputStream out, byte[] octets, int size) throws IOException {
        out.writeInt(size);
        out.write(octets, 0, size);
    }

    private void send() {
        rows.write(0xFF);
        rows.write(0xFF);
        to.copy(COPY, rows.toByteArray());
        rows.reset();
    }

    /** Hands on what still waits, and says how many pairs there are; to be called when the threads have ended. */
    long end() {
        for (var number = 0; number < buckets.length; number++) {
            for (var each : hands) {
                handOver(each, number);
            }
            synchronized (buckets[number]) {
                row(number, buckets[number]);
            }
        }
        synchronized (rows) {
            if (rows.size() > 0) {
                send();
            }
            return inRows;
        }
    }
}
