package org.tradesuite.reporting.archive;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A file a report job has made.
 *
 * @param sha256 hash of the file, 64 lower-case hex digits
 */
public record Report(
        long number,
        Kind kind,
        LocalDate businessDate,
        Format format,
        String fileName,
        String path,
        long bytes,
        String sha256,
        Instant createdAt) {

    /** What a report is about. */
    public enum Kind {
        TCA,
        TRADE_CONFIRMATION,
        TRANSACTION_REPORT,
        AUDIT_EXPORT,
        LIMIT_UTILISATION,
        CONTROL_EVIDENCE,
        BREAK_SHEET,
        SIGN_OFF_SHEET
    }

    /** How a report is written. */
    public enum Format {
        PDF,
        CSV,
        XML,
        JSON,
        ZIP
    }
}
