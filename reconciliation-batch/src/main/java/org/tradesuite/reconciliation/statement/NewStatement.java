package org.tradesuite.reconciliation.statement;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A statement as it was read, before it is kept.
 *
 * @param accountNumber as the sender numbers it; null where the statement is of all accounts
 * @param content the text as it came, all pages
 * @param contentKey the same for two statements that say the same, whatever they are called
 * @param refused null when it may be compared
 */
public record NewStatement(
        Feed feed,
        String sender,
        @Nullable String accountNumber,
        @Nullable String accountId,
        @Nullable String currency,
        @Nullable String reference,
        int pages,
        @Nullable LocalDate statementDate,
        String fileName,
        String sha256,
        String content,
        @Nullable String contentKey,
        @Nullable BigDecimal opening,
        @Nullable BigDecimal closing,
        long rows,
        long refusedRows,
        @Nullable Verdict refused) {

    public NewStatement refused(Verdict verdict) {
        return new NewStatement(
                feed,
                sender,
                accountNumber,
                accountId,
                currency,
                reference,
                pages,
                statementDate,
                fileName,
                sha256,
                content,
                contentKey,
                opening,
                closing,
                rows,
                refusedRows,
                verdict);
    }

    public NewStatement rows(long read, long quarantined) {
        return new NewStatement(
                feed,
                sender,
                accountNumber,
                accountId,
                currency,
                reference,
                pages,
                statementDate,
                fileName,
                sha256,
                content,
                contentKey,
                opening,
                closing,
                read,
                quarantined,
                refused);
    }
}
