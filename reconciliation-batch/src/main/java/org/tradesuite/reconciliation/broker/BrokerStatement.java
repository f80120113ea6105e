package org.tradesuite.reconciliation.broker;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.match.ItemWriter;
import org.tradesuite.reconciliation.statement.Refusal;
import org.tradesuite.reconciliation.statement.Verdict;

/**
 * A broker's statement file, read from its beginning to its end: how many rows could be understood, those that could not,
 * and whether the file as a whole may be compared. No more of it is held than one record.
 *
 * @param heading the first line, by which a single row of it can be read again
 * @param rows how many could be understood
 * @param refused those that could not
 * @param verdict null when it may be compared
 */
record BrokerStatement(
        String heading,
        long rows,
        List<Refused> refused,
        @Nullable Verdict verdict) {

    /** A row that cannot be read: one with an error of its own, which says nothing about the rest of the file. */
    record Refused(long line, String text, String errorClass, String reason) {}

    /** Takes the rows as they are understood. */
    interface Rows {
        void row(ItemWriter row);
    }

    BrokerStatement {
        refused = List.copyOf(refused);
    }

    /**
     * Reads a whole file.
     *
     * @param number stands in the place of every row, beside the octets before it
     */
    static BrokerStatement read(InputStream in, BrokerLayout layout, KnownHere known, int number, Rows sink)
            throws IOException {
        return read(in, layout, known, number, 1, () -> sink);
    }

    /**
     * Reads a whole file on several threads.
     *
     * @param sinks one for each thread; the rows come in any order
     */
    static BrokerStatement read(
            InputStream in, BrokerLayout layout, KnownHere known, int number, int threads, Supplier<Rows> sinks)
            throws IOException {
        try {
            var records = new Records(in, layout.separatorCharacter());
            if (!records.next()) {
                return refused("", Refusal.STATEMENT_GAP, "The file is empty: ask the broker to send it again.");
            }
            var heading = records.raw();
            var headings = records.texts();
            var differences = HeadingDifferences.of(layout, headings);
            if (!differences.none()) {
                return refused(heading, differences, layout);
            }
            Supplier<StatementRows> readers = () -> new StatementRows(
                    layout, new RowReader(layout, layout.places(headings), known, number), sinks.get());
            return judged(heading, StatementRows.read(records, threads, readers), layout);
        } catch (Records.TooLongException rubbish) {
            return refused(
                    "",
                    Refusal.STATEMENT_UNREADABLE,
                    rubbish.getMessage() + ": the file is no table of values separated by '" + layout.separator()
                            + "'. Check that it is the right file.");
        }
    }

    private static BrokerStatement judged(String heading, StatementRows.Read read, BrokerLayout layout) {
        var refused = read.refused();
        if (refused.size() > StatementRows.MOST_REFUSED) {
            return refused(
                    heading,
                    Refusal.STATEMENT_UNREADABLE,
                    "More than " + StatementRows.MOST_REFUSED + " rows cannot be read, the first in line "
                            + refused.getFirst().line() + ": "
                            + refused.getFirst().reason());
        }
        var said = read.rows() + refused.size();
        var cut = cutOff(read.count(), said, layout);
        if (cut.isPresent()) {
            return refused(heading, Refusal.STATEMENT_GAP, cut.get());
        }
        if (read.foreign() > 0 && read.foreign() == said) {
            return refused(
                    heading,
                    Refusal.ACCOUNT,
                    "None of the accounts in the file is ours: it belongs to somebody else. Tell the broker, and"
                            + " delete our copy.");
        }
        return new BrokerStatement(heading, read.rows(), refused, null);
    }

    /** The last line counts the rows, so that a file that was cut off anywhere shows. */
    private static Optional<String> cutOff(@Nullable String count, long rows, BrokerLayout layout) {
        if (count == null) {
            return Optional.of("The file ends without its last line '" + layout.trailer() + layout.separator()
                    + "<rows>': it was cut off. Ask the broker to send it again.");
        }
        return count.equals(Long.toString(rows))
                ? Optional.empty()
                : Optional.of("The file says " + count + " rows and has " + rows
                        + ": lines are missing. Ask the broker to send it again.");
    }

    /**
     * Reads one line on its own: a row that somebody corrected and released, or one of an earlier day.
     *
     * @return why it cannot be read, or null
     */
    static @Nullable Refused row(
            String text,
            long line,
            long offset,
            String heading,
            BrokerLayout layout,
            KnownHere known,
            int number,
            Rows sink)
            throws IOException {
        var headings = one(heading, layout);
        if (!headings.next()) {
            throw new IllegalArgumentException("The statement has no heading.");
        }
        var reader = new RowReader(layout, layout.places(headings.texts()), known, number);
        var records = one(text, layout);
        if (!records.next()) {
            return new Refused(line, text, "COLUMNS_WRONG", "The row is empty.");
        }
        var wrong = reader.read(records, line, offset);
        if (wrong == null) {
            sink.row(reader.row());
        }
        return wrong;
    }

    /** The headings in a heading line. */
    static List<String> headings(String heading, BrokerLayout layout) throws IOException {
        var records = one(heading, layout);
        return records.next() ? records.texts() : List.of();
    }

    private static Records one(String text, BrokerLayout layout) throws IOException {
        return new Records(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), layout.separatorCharacter());
    }

    private static BrokerStatement refused(String heading, HeadingDifferences differences, BrokerLayout layout) {
        return differences.missing().size() >= layout.headings().size()
                ? refused(
                        heading,
                        Refusal.STATEMENT_UNREADABLE,
                        "Its first line has none of the headings of the layout that is agreed: it is not this broker's"
                                + " statement of trades. Check that it is the right file.")
                : refused(
                        heading,
                        Refusal.LAYOUT_CHANGED,
                        "The heading line is not the one agreed: " + differences.told()
                                + ". Nothing of it was compared. Ask the broker whether it has changed its layout; if"
                                + " so, enter a version of it, dry-run it against this file, have it approved by a"
                                + " second person (GET /rules), and hand the file in again.");
    }

    private static BrokerStatement refused(String heading, Refusal refusal, String reason) {
        return new BrokerStatement(heading, 0, List.of(), new Verdict(refusal, reason));
    }
}
