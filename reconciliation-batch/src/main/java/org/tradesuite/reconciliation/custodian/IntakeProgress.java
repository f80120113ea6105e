package org.tradesuite.reconciliation.custodian;

import org.tradesuite.reconciliation.statement.Span;

/** How far the reading of the files has come: rows so far, and, by the share of the files that is read, rows in all. */
final class IntakeProgress {

    /** Is told rows so far and rows in all, 0 while that cannot be told. */
    interface Meter {
        void done(long rows, long total);
    }

    private static final int ROWS_BETWEEN = 256;

    private final Meter meter;
    private final long octets;
    private long before;
    private long size;
    private long rows;

    /** @param octets of all files together */
    IntakeProgress(Meter meter, long octets) {
        this.meter = meter;
        this.octets = octets;
    }

    /** The next file begins; the one before it is read. */
    void begins(long sizeOfFile) {
        before += size;
        size = sizeOfFile;
    }

    /** A row was read that ends there; in a packed file that may be beyond its size. */
    void row(Span span) {
        rows++;
        if (rows % ROWS_BETWEEN == 0) {
            var read = before + Math.min(size, span.from() + span.length());
            meter.done(rows, read == 0 ? 0 : Math.round((double) rows * octets / read));
        }
    }
}
