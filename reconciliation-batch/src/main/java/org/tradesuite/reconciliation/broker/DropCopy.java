package org.tradesuite.reconciliation.broker;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.broker.BrokerStatement.Refused;
import org.tradesuite.reconciliation.broker.BrokerStatement.Rows;
import org.tradesuite.reconciliation.fix.FixLog;
import org.tradesuite.reconciliation.fix.FixMessage;
import org.tradesuite.reconciliation.statement.Refusal;
import org.tradesuite.reconciliation.statement.Verdict;

/**
 * A drop copy of a date as a statement: its rows are the executions that count, the line of a row is the number of its
 * message in the log. It is read twice, first to see which executions were sent again, busted or corrected, then for its
 * rows.
 */
final class DropCopy {

    private static final int SENDER = 49;
    private static final int MOST_REFUSED = 100_000;

    private final ExecutionFields fields;
    private final Executions executions = new Executions();
    private final MessageSequences sequences = new MessageSequences();
    private final TreeSet<String> senders = new TreeSet<>();
    private long messages;
    private long garbled;
    private boolean cutOff;
    private boolean tooMany;

    private DropCopy(ExecutionFields fields) {
        this.fields = fields;
    }

    /** Reads all of it for the first time. */
    static DropCopy first(InputStream in, DropCopyLayout layout) throws IOException {
        var copy = new DropCopy(new ExecutionFields(layout));
        var log = new FixLog(in);
        while (!copy.tooMany && log.next()) {
            var message = log.message();
            copy.cutOff = log.isCutOff();
            if (message == null) {
                copy.garbled++;
            } else {
                copy.take(log.number(), message);
            }
        }
        copy.executions.settle();
        return copy;
    }

    private void take(int number, FixMessage message) {
        messages++;
        sequences.heard(message);
        var said = ExecutionMessage.of(message, fields).said();
        if (said != null) {
            senders.add(String.valueOf(message.text(SENDER)));
            tooMany = !executions.add(number, said);
        }
    }

    /**
     * Reads the same again for its rows.
     *
     * @param number stands in the place of every row, beside the octets before it
     */
    BrokerStatement read(InputStream in, KnownHere known, int number, Rows sink) throws IOException {
        var whole = refusal();
        if (whole != null) {
            return new BrokerStatement(told(0, 0), 0, List.of(), whole);
        }
        var reader = new ExecutionReader(fields, known, number);
        var log = new FixLog(in);
        var refused = new ArrayList<Refused>();
        var rows = 0L;
        while (log.next()) {
            var wrong = wrong(log);
            var message = log.message();
            if (wrong == null && message != null && counts(message, log.number())) {
                wrong = reader.read(message, log.number(), log.offset(), log.text());
                if (wrong == null) {
                    sink.row(reader.row());
                    rows++;
                }
            }
            if (wrong != null) {
                refused.add(wrong);
                if (refused.size() > MOST_REFUSED) {
                    return new BrokerStatement(
                            told(0, 0),
                            0,
                            List.of(),
                            new Verdict(
                                    Refusal.STATEMENT_UNREADABLE,
                                    "More than " + MOST_REFUSED + " messages cannot be understood, the first is number "
                                            + refused.getFirst().line() + ": "
                                            + refused.getFirst().reason()));
                }
            }
        }
        return new BrokerStatement(told(rows, refused.size()), rows, refused, foreign(rows, refused));
    }

    private boolean counts(FixMessage message, int number) {
        var said = ExecutionMessage.of(message, fields).said();
        return said != null && executions.of(number, said) instanceof Executions.Verdict.Counts;
    }

    private @Nullable Refused wrong(FixLog log) {
        var message = log.message();
        if (message == null) {
            return new Refused(
                    log.number(),
                    log.text(),
                    "MESSAGE_GARBLED",
                    log.wrong() + ". Nothing of it was compared: ask the broker for it.");
        }
        var reading = ExecutionMessage.of(message, fields);
        if (reading.wrong() != null) {
            return new Refused(
                    log.number(), log.text(), "VALUE_WRONG", reading.wrong() + ". Ask the broker what it is about.");
        }
        var said = reading.said();
        return said != null && executions.of(log.number(), said) instanceof Executions.Verdict.Held held
                ? new Refused(log.number(), log.text(), held.errorClass(), held.reason())
                : null;
    }

    /** Why nothing of it may be compared, or null. */
    private @Nullable Verdict refusal() {
        if (tooMany) {
            return new Verdict(
                    Refusal.STATEMENT_UNREADABLE,
                    "It has more than " + Executions.MOST + " executions, more than are taken for one date.");
        }
        if (messages == 0 && garbled == 0) {
            return new Verdict(Refusal.STATEMENT_GAP, "There is no message in it: ask the broker to send it again.");
        }
        if (garbled > messages) {
            return new Verdict(
                    Refusal.STATEMENT_UNREADABLE,
                    garbled + " of " + (messages + garbled) + " messages are garbled: it is no log of FIX messages, or"
                            + " was written in another character set. Check that it is the right file.");
        }
        if (cutOff) {
            return new Verdict(
                    Refusal.STATEMENT_GAP,
                    "It ends within a message: it was cut off. Ask the broker to send it again.");
        }
        if (senders.size() > 1) {
            return new Verdict(
                    Refusal.SENDER,
                    "Its executions come from several senders, SenderCompID (49) " + String.join(", ", senders)
                            + ": hand in a log for each broker.");
        }
        return sequences
                .gaps()
                .map(gaps -> new Verdict(
                        Refusal.STATEMENT_GAP,
                        "By their sequence numbers (34) it misses " + gaps + ". Ask the broker to send them again."))
                .orElse(null);
    }

    private static @Nullable Verdict foreign(long rows, List<Refused> refused) {
        return rows == 0
                        && !refused.isEmpty()
                        && refused.stream().allMatch(row -> row.errorClass().equals("ACCOUNT_UNKNOWN"))
                ? new Verdict(
                        Refusal.ACCOUNT,
                        "None of the accounts in it is ours: it belongs to somebody else. Tell the broker, and delete"
                                + " our copy.")
                : null;
    }

    /** What was counted, for whoever looks at the statement. */
    private String told(long rows, long refused) {
        return "FIX messages " + messages + ", executions that count " + rows + ", sent again " + executions.repeated()
                + ", busts and corrections " + executions.changes() + ", held " + refused + ", from "
                + String.join(", ", senders);
    }

    /**
     * Reads one message on its own: one of an earlier day, or one that somebody corrected and released, whose length and
     * checksum are not looked at.
     *
     * @return why it is no row, or null
     */
    static @Nullable Refused row(
            String text, long line, long offset, DropCopyLayout layout, KnownHere known, int number, Rows sink) {
        var fields = new ExecutionFields(layout);
        final FixMessage message;
        try {
            message = FixMessage.of(text);
        } catch (IllegalArgumentException noField) {
            return new Refused(line, text, "MESSAGE_GARBLED", String.valueOf(noField.getMessage()));
        }
        var reading = ExecutionMessage.of(message, fields);
        var said = reading.said();
        if (said == null || said.kind() == ExecutionMessage.Kind.BUST) {
            return new Refused(
                    line,
                    text,
                    "NO_EXECUTION",
                    reading.wrong() != null
                            ? reading.wrong()
                            : "It is no execution that can be compared: release the message of the execution that"
                                    + " counts, or ask the broker for the whole drop copy again.");
        }
        var reader = new ExecutionReader(fields, known, number);
        var wrong = reader.read(message, line, offset, text);
        if (wrong == null) {
            sink.row(reader.row());
        }
        return wrong;
    }
}
