package org.tradesuite.reconciliation.broker;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.broker.BrokerStatement.Refused;

/**
 * Understands the rows behind the heading, on one thread or, in stretches of whole lines, on several. What comes of it is
 * the same.
 */
final class StatementRows {

    /** More rows that cannot be read are no oversight: the file is not in the form agreed. */
    static final int MOST_REFUSED = 100_000;

    /** Stretches that wait for each thread. */
    private static final int AHEAD = 2;

    /** What a stretch of the rows has given, and with it those before it. */
    static final class Read {
        private final List<Refused> refused = new ArrayList<>();
        private long rows;
        private long foreign;
        private @Nullable String count;
        /** What looks like the last line, as if it was not. */
        private @Nullable Refused last;

        long rows() {
            return rows;
        }

        /** How many of those refused are of accounts that are not ours. */
        long foreign() {
            return foreign;
        }

        /** In the order of their lines; where there are too many, not all. */
        List<Refused> refused() {
            return refused;
        }

        /** What the last line counts, or null if there is none. */
        @Nullable
        String count() {
            return count;
        }

        private void goesOn() {
            if (last != null) {
                refused.add(last);
                last = null;
                count = null;
            }
        }

        private void add(Read next) {
            if (next.rows > 0 || !next.refused.isEmpty() || next.last != null) {
                goesOn();
            }
            rows += next.rows;
            foreign += next.foreign;
            refused.addAll(next.refused);
            count = next.count == null ? count : next.count;
            last = next.last == null ? last : next.last;
        }

        private boolean tooMany() {
            return refused.size() > MOST_REFUSED;
        }
    }

    private final BrokerLayout layout;
    private final RowReader reader;
    private final BrokerStatement.Rows sink;

    /** For one thread. */
    StatementRows(BrokerLayout layout, RowReader reader, BrokerStatement.Rows sink) {
        this.layout = layout;
        this.reader = reader;
        this.sink = sink;
    }

    /** @param readers one for each thread */
    static Read read(Records records, int threads, Supplier<StatementRows> readers) throws IOException {
        var here = readers.get();
        return threads == 1 ? here.all(records) : new Several(records, here, threads, readers).read();
    }

    private Read all(Records records) throws IOException {
        var read = new Read();
        while (!read.tooMany() && records.next()) {
            one(records, read);
        }
        return read;
    }

    private void one(Records records, Read into) {
        into.goesOn();
        if (records.fields() == 2 && records.text(0).equals(layout.trailer())) {
            into.count = records.text(1);
            into.last =
                    new Refused(records.line(), records.raw(), "COLUMNS_WRONG", "The last line stands in the middle.");
            return;
        }
        var wrong = reader.read(records);
        if (wrong == null) {
            sink.row(reader.row());
            into.rows++;
        } else {
            into.refused.add(wrong);
            into.foreign += wrong.errorClass().equals("ACCOUNT_UNKNOWN") ? 1 : 0;
        }
    }

    /** Lines that a quote may part are read by whoever takes out the stretches for the others. */
    private static final class Several {
        private final Records records;
        private final StatementRows here;
        private final int most;
        private final BlockingQueue<StatementRows> readers = new LinkedBlockingQueue<>();
        private final ArrayDeque<Future<Read>> waiting = new ArrayDeque<>();
        private final Read read = new Read();

        private Several(Records records, StatementRows here, int threads, Supplier<StatementRows> more) {
            this.records = records;
            this.here = here;
            this.most = threads * AHEAD;
            for (var thread = 0; thread < threads; thread++) {
                readers.add(more.get());
            }
        }

        private Read read() throws IOException {
            var name = Thread.ofPlatform().name("rows-", 1).factory();
            try (var threads = Executors.newFixedThreadPool(readers.size(), name)) {
                for (var more = true; more && !read.tooMany(); ) {
                    var stretch = records.takeOut();
                    if (stretch != null) {
                        waiting.add(threads.submit(() -> stretch(stretch)));
                        settle(most);
                    } else {
                        settle(0);
                        more = records.next();
                        if (more) {
                            here.one(records, read);
                        }
                    }
                }
                settle(0);
            }
            return read;
        }

        private Read stretch(Records of) throws IOException, InterruptedException {
            var reader = readers.take();
            try {
                return reader.all(of);
            } finally {
                readers.add(reader);
            }
        }

        /** Takes what came of the first ones, until no more than so many wait. */
        private void settle(int left) throws IOException {
            while (waiting.size() > left) {
                try {
                    read.add(waiting.remove().get());
                } catch (ExecutionException failed) {
                    throw new IllegalStateException("The rows cannot be read: " + failed.getCause(), failed.getCause());
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    throw new IOException("The reading was stopped.", stopped);
                }
            }
        }
    }
}
