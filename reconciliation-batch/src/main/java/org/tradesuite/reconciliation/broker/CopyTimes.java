package org.tradesuite.reconciliation.broker;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.fix.FixLog;
import org.tradesuite.reconciliation.fix.FixMessage;
import org.tradesuite.reconciliation.fix.FixTime;

/**
 * How far a drop copy that still comes has come, and how old what it says is: by TransactTime (60) what was executed, by
 * SendingTime (52), or of what is sent again by OrigSendingTime (122), what was said.
 */
final class CopyTimes {

    private static final int POSS_DUP = 43;
    private static final int SENDING_TIME = 52;
    private static final int TRANSACT_TIME = 60;
    private static final int ORIG_SENDING_TIME = 122;
    private static final int MICROS_OF_MILLI = 1_000;

    /** By the number of the message, in milliseconds since 1970. */
    private long[] executed = new long[1 << 10];

    private final Map<String, Instant> changed = new HashMap<>();
    private @Nullable Instant reached;

    private CopyTimes() {}

    static CopyTimes of(InputStream in, ExecutionFields fields) throws IOException {
        var times = new CopyTimes();
        var log = new FixLog(in);
        while (log.next()) {
            var message = log.message();
            if (message != null) {
                times.take(log.number(), message, fields);
            }
        }
        return times;
    }

    private void take(int number, FixMessage message, ExecutionFields fields) {
        var again = message.says(POSS_DUP, "Y");
        var sent = FixTime.of(message.text(again ? ORIG_SENDING_TIME : SENDING_TIME));
        if (sent != null && (reached == null || sent.isAfter(reached))) {
            reached = sent;
        }
        var said = ExecutionMessage.of(message, fields).said();
        if (said == null) {
            return;
        }
        var heard = sent != null ? sent : reached == null ? Instant.EPOCH : reached;
        var at = heard;
        if (said.about() == null) {
            var transacted = FixTime.of(message.text(TRANSACT_TIME));
            at = transacted == null ? heard : transacted;
        } else {
            changed.merge(said.about(), heard, (one, other) -> one.isAfter(other) ? one : other);
        }
        if (number >= executed.length) {
            executed = Arrays.copyOf(executed, Math.max(number + 1, 2 * executed.length));
        }
        executed[number] = at.toEpochMilli();
    }

    /** The newest of all that was said; null if no message has its time. */
    @Nullable
    Instant reached() {
        return reached;
    }

    /** When what the message with that number reports was executed; of a correction, when it was said. */
    Instant executed(int number) {
        return Instant.ofEpochMilli(executed[number]);
    }

    /** When an execution was last taken back or corrected, null if it was not. */
    @Nullable
    Instant changed(String execution) {
        return changed.get(execution);
    }

    /** As {@link OurTrades#soFar} puts it in the place of an item. */
    static Instant ofMicros(long micros) {
        return Instant.ofEpochMilli(Math.floorDiv(micros, MICROS_OF_MILLI));
    }
}
