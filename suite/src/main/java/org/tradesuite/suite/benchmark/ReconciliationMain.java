package org.tradesuite.suite.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.tradesuite.reconciliation.broker.FileReconciliation;

/**
 * The broker reconciliation alone in a process, so that its memory can be told: {@code <url> <user> <folder>} and for each
 * run {@code <date> <ours> <theirs>}, the password in the environment. Prints a line for each run: seconds, breaks, breaks
 * that changed, and the most memory the process has taken so far in KiB.
 */
final class ReconciliationMain {

    static final String PASSWORD = "RECONCILIATION_PASSWORD";
    static final long MEMORY = 160L << 20;
    private static final int THREADS = 2;

    private ReconciliationMain() {}

    public static void main(String[] args) throws IOException {
        // One connection for all that is asked, as out of the application's pool.
        try (var database = new SingleConnectionDataSource(args[0], args[1], System.getenv(PASSWORD), true)) {
            run(args, database);
        }
    }

    private static void run(String[] args, DataSource database) throws IOException {
        var reconciliation = new FileReconciliation(database, Path.of(args[2]), MEMORY, THREADS, Clock.systemUTC());
        for (var run = 3; run < args.length; run += 3) {
            var day = LocalDate.parse(args[run]);
            var began = System.nanoTime();
            var result = reconciliation.run(TwoBooks.BROKER, day, Path.of(args[run + 1]), Path.of(args[run + 2]));
            var seconds = (System.nanoTime() - began) / 1e9;
            System.out.println("RUN " + seconds + " " + result.breaks() + " " + result.changed() + " " + peak());
        }
    }

    /** Resident memory at its highest, as the kernel counts it. */
    private static String peak() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .findFirst()
                    .orElse("VmHWM: 0 kB")
                    .replaceAll("[^0-9]", "");
        }
    }
}
