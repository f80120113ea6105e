package org.tradesuite.reconciliation.broker;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How far a step has come, told twice a second while several threads work on it: rows so far and, as far as that can be told
 * by now, rows in all. What is told is told by a thread of its own, which does not outlive the block it is begun in.
 */
final class RowsTold implements AutoCloseable {

    /** Is told rows so far and rows in all, 0 while that cannot be told. For one thread. */
    interface Meter {
        void done(long rows, long total);

        /** Nobody wants to know. */
        static Meter none() {
            return (rows, total) -> {};
        }
    }

    private static final int MILLIS_BETWEEN = 500;

    /** What one thread has told; only that thread writes it, so that no other is held up. */
    static final class Count {
        private final AtomicLong rows = new AtomicLong();

        private Count() {}

        void add(long more) {
            rows.setOpaque(rows.getPlain() + more);
        }
    }

    private final Meter meter;
    private final List<Count> counts = new CopyOnWriteArrayList<>();
    private final AtomicLong expected = new AtomicLong();
    private final AtomicLong octets = new AtomicLong();
    private final AtomicLong ofOctets = new AtomicLong();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread teller;
    private volatile @Nullable RuntimeException failure;

    RowsTold(Meter meter) {
        this.meter = meter;
        teller = Thread.ofPlatform().name("rows-told").daemon().start(this::tell);
    }

    private void tell() {
        try {
            while (!ended.await(MILLIS_BETWEEN, TimeUnit.MILLISECONDS)) {
                meter.done(rows(), total());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException notTold) {
            failure = notTold;
        }
    }

    /** What is expected, or what the share of the octets that was read comes to. */
    private long total() {
        var known = expected.get();
        var read = octets.get();
        return known > 0 ? known : read == 0 ? 0 : Math.round((double) rows() * ofOctets.get() / read);
    }

    private long rows() {
        return counts.stream().mapToLong(count -> count.rows.getOpaque()).sum();
    }

    /** Counts the rows of one thread. */
    Count count() {
        var count = new Count();
        counts.add(count);
        return count;
    }

    /** So many more rows are expected; fewer, if below zero. */
    void expect(long more) {
        expected.addAndGet(more);
    }

    /** So many octets are to be read, where nobody knows how many rows that is. */
    void expectOctets(long size) {
        ofOctets.addAndGet(size);
    }

    /** The same octets, counted while they are read; of a packed file no more than its size counts. */
    InputStream counted(InputStream in, long size) {
        return new FilterInputStream(in) {
            private long left = size;

            @Override
            public int read() throws IOException {
                var octet = super.read();
                count(octet < 0 ? 0 : 1);
                return octet;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                var some = super.read(into, offset, length);
                count(Math.max(some, 0));
                return some;
            }

            private void count(int some) {
                var counts = Math.min(left, some);
                left -= counts;
                octets.addAndGet(counts);
            }
        };
    }

    /** @throws RuntimeException if it could not be told */
    @Override
    public void close() {
        ended.countDown();
        // Not interrupted: it may be in the midst of writing.
        Threads.await(teller);
        if (failure != null) {
            throw failure;
        }
    }
}
