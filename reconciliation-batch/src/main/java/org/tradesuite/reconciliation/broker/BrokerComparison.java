package org.tradesuite.reconciliation.broker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.delivery.Container;
import org.tradesuite.reconciliation.delivery.UnpackingLimits;
import org.tradesuite.reconciliation.match.Book;
import org.tradesuite.reconciliation.match.Matching;
import org.tradesuite.reconciliation.match.Settings;

/**
 * One broker's statements of a date, or its drop copies, against what we booked with it: both sides are read at the same time, matched, and what
 * differs is written into the database while it is found.
 */
final class BrokerComparison {

    /** Octets of an item for one of its line in a file, about. */
    private static final double SIZE_OF_ITEM = 1.5;

    /**
     * How a comparison is done.
     *
     * @param memory octets that items may take while they are worked on
     * @param folder where they wait that do not fit
     */
    record Means(Path folder, long memory, int threads, UnpackingLimits limits) {

        /** The same for a comparison beside another, in a folder of its own. */
        Means beside(String name) {
            return new Means(folder.resolve(name), memory, threads, limits);
        }
    }

    /**
     * What came of it.
     *
     * @param ourRows what all of ours say, to see whether they have changed
     */
    record Compared(long ours, long theirs, long pairs, long breaks, String ourRows) {}

    private final AgreedRules.Passes passes;
    private final Means means;

    BrokerComparison(AgreedRules.Passes passes, Means means) {
        this.passes = passes;
        this.means = means;
    }

    Compared compare(
            Connection connection,
            LocalDate date,
            Source source,
            int layoutVersion,
            KnownHere known,
            Set<String> busted,
            Decisions decisions,
            InputStream trades,
            Statements statements,
            RowsTold told)
            throws SQLException, IOException {
        var folder = means.folder().resolve(source.toString());
        clear(folder);
        var expected = 0L;
        for (var statement : statements.of()) {
            expected += statement.whole() ? statement.bytes() : 0;
        }
        var settings = new Settings(folder, means.memory(), means.threads(), (long) (2 * SIZE_OF_ITEM * expected));
        try (var written = new CopyAside(connection);
                var charges = new FillCharges(folder)) {
            var found = new FoundBreaks(written, BrokerIntake.JOB, source, date, true);
            var matches = new MatchStore(passes.rules(), layoutVersion);
            var run = new BrokerOutcome.Run(
                    source, passes.tolerances(), known, statements, busted, found, decisions, matches, charges, told);
            try (var matching = new Matching(
                    TradeColumns.SHAPE,
                    passes.rules(),
                    TradeColumns.KNOWN_BY,
                    settings,
                    () -> new BrokerOutcome(run))) {
                var ourIntake = matching.intake(Book.OURS);
                var ourRows = new RowsSum();
                var ourRead = told.count();
                final long ours;
                final long rows;
                try (var theirs = new Aside(() -> theirs(
                        () -> {
                            var intake = matching.intake(Book.THEIRS);
                            var read = told.count();
                            return row -> {
                                read.add(1);
                                if (!decisions.holdTheirs(row)) {
                                    intake.add(row);
                                }
                            };
                        },
                        known,
                        statements))) {
                    ours = OurTrades.read(
                            trades,
                            row -> {
                                ourRead.add(1);
                                if (!decisions.holdOurs(row)) {
                                    ourIntake.add(row);
                                }
                            },
                            ourRows);
                    rows = theirs.end();
                }
                matches.expect(ours, written, source, date);
                decisions.tell(statements, new BrokerOutcome(run), ourIntake::add, matching.intake(Book.THEIRS)::add);
                matching.run();
                matches.end();
                charges.compare(source, passes.tolerances(), known, found);
                var breaks = found.end();
                written.end();
                decisions.keep(connection);
                var pairs = matches.keep(connection, source, date, statements, ours, rows);
                return new Compared(ours, rows, pairs, breaks, ourRows.toString());
            }
        }
    }

    /** Work on a thread of its own, which does not outlive the block it is begun in. */
    private static final class Aside implements AutoCloseable {
        private final FutureTask<Long> task;
        private final Thread thread;

        private Aside(Callable<Long> work) {
            task = new FutureTask<>(work);
            thread = Thread.ofPlatform().name("broker-rows").start(task);
        }

        private long end() {
            try {
                return task.get();
            } catch (ExecutionException failed) {
                throw new IllegalStateException(
                        "The statements cannot be read: " + failed.getCause(), failed.getCause());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("The comparison was stopped.", stopped);
            }
        }

        @Override
        public void close() {
            Threads.end(thread);
        }
    }

    /** What a run that was killed has left there is of no use to anybody. */
    static void clear(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var left = Files.walk(folder)) {
            for (var file : left.sorted(Comparator.reverseOrder())
                    .filter(file -> !file.equals(folder))
                    .toList()) {
                Files.delete(file);
            }
        }
    }

    private static Path present(Statements.One statement) {
        if (!Files.isRegularFile(statement.file())) {
            throw new IllegalStateException("The file of statement " + statement.id() + " is not at " + statement.file()
                    + " any more: put it back from the backup, then restart the run.");
        }
        return statement.file();
    }

    private long theirs(Supplier<BrokerStatement.Rows> sinks, KnownHere known, Statements statements)
            throws IOException {
        var count = 0L;
        for (var number = 0; number < statements.of().size(); number++) {
            count += read(statements.of().get(number), number, known, sinks);
        }
        return count;
    }

    private long read(Statements.One statement, int number, KnownHere known, Supplier<BrokerStatement.Rows> sinks)
            throws IOException {
        var count = (long) statement.rows().size();
        if (statement.whole()) {
            var dropCopy = statement.layout() instanceof DropCopyLayout layout ? dropCopy(statement, layout) : null;
            var found = new ArrayList<BrokerStatement>();
            Container.read(
                    present(statement),
                    means.limits(),
                    statement.member()::equals,
                    (member, in) -> found.add(whole(statement, dropCopy, in, number, known, sinks)));
            if (found.isEmpty()) {
                throw changed(statement);
            }
            count += found.getFirst().rows();
        }
        var rows = sinks.get();
        for (var row : statement.rows()) {
            var text = row.text() == null
                    ? RowText.at(present(statement), statement.member(), means.limits(), row.offset())
                    : row.text();
            var wrong = switch (statement.layout()) {
                case DropCopyLayout layout -> DropCopy.row(text, row.line(), row.offset(), layout, known, number, rows);
                case BrokerLayout layout ->
                    BrokerStatement.row(
                            text, row.line(), row.offset(), statement.heading(), layout, known, number, rows);
            };
            if (wrong != null) {
                throw new IllegalStateException("Line " + row.line() + " of statement " + statement.id()
                        + " cannot be read any more: " + wrong.reason());
            }
        }
        return count;
    }

    private DropCopy dropCopy(Statements.One statement, DropCopyLayout layout) throws IOException {
        var seen = new DropCopy[1];
        Container.read(present(statement), means.limits(), statement.member()::equals, (member, in) -> {
            seen[0] = DropCopy.first(in, layout);
        });
        if (seen[0] == null) {
            throw changed(statement);
        }
        return seen[0];
    }

    private BrokerStatement whole(
            Statements.One statement,
            @Nullable DropCopy dropCopy,
            InputStream content,
            int number,
            KnownHere known,
            Supplier<BrokerStatement.Rows> sinks)
            throws IOException {
        try (var in = new Sealed(content)) {
            var read = dropCopy != null
                    ? dropCopy.read(in, known, number, sinks.get())
                    : BrokerStatement.read(
                            in, (BrokerLayout) statement.layout(), known, number, means.threads(), sinks);
            in.toEnd();
            if (!in.sha256().equals(statement.sha256())) {
                throw changed(statement);
            }
            return read;
        }
    }

    private static IllegalStateException changed(Statements.One statement) {
        return new IllegalStateException("The file of statement " + statement.id() + ", " + statement.file()
                + ", is not what it was when it was taken: put the right one back from the backup, then restart the"
                + " run.");
    }
}
