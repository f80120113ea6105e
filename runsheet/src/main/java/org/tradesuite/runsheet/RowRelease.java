package org.tradesuite.runsheet;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;
import org.tradesuite.runsheet.intake.Quarantine;
import org.tradesuite.runsheet.intake.QuarantinedRow;

/** Releases a refused row and records in the journal who did it, why, and what the row reads like now. */
final class RowRelease {

    private final Quarantine quarantine;
    private final RunJournal journal;
    private final TransactionTemplate transaction;
    private final String application;
    private final Clock clock;

    RowRelease(
            Quarantine quarantine,
            RunJournal journal,
            TransactionTemplate transaction,
            String application,
            Clock clock) {
        this.quarantine = quarantine;
        this.journal = journal;
        this.transaction = transaction;
        this.application = application;
        this.clock = clock;
    }

    /** False when the row is not held (any more). */
    boolean release(long number, @Nullable String correctedText, String by, String why) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            if (!quarantine.release(number, correctedText, by, why)) {
                return false;
            }
            QuarantinedRow row = quarantine.row(number).orElseThrow();
            Map<String, Object> payload = new LinkedHashMap<>();
            payload.put("row", number);
            payload.put("feed", row.row().feed());
            payload.put("fileSha256", row.row().fileHash());
            payload.put("line", row.row().line());
            payload.put("text", row.row().text());
            payload.put("effectiveText", row.effectiveText());
            // A row is refused, released, perhaps refused again: each release is the next event of its stream.
            journal.append(
                    application + "/quarantine/" + number,
                    journal.nextVersion(application + "/quarantine/" + number),
                    "RowReleased",
                    by,
                    why,
                    clock.instant().truncatedTo(ChronoUnit.MICROS),
                    payload);
            return true;
        }));
    }
}
