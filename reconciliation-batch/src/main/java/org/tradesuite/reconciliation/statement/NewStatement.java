package org.tradesuite.reconciliation.statement;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.delivery.Delivery;

/**
 * A statement as it was read, before it is kept.
 *
 * @param accountNumber as the sender numbers it; null where the statement is of all accounts
 * @param content the text as it came; null where the archived file is shown instead
 * @param contentKey the same for two statements that say the same, whatever they are called
 * @param refused null when it may be compared
 * @param part tells statements of one account and day apart where there may be several, else empty
 * @param movementKey the same for two statements with the same balances and movements, whatever their dates
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
        @Nullable String content,
        @Nullable String contentKey,
        @Nullable BigDecimal opening,
        @Nullable BigDecimal closing,
        long rows,
        long refusedRows,
        @Nullable Verdict refused,
        String part,
        @Nullable String movementKey) {

    /** A broker's, of all accounts; its text is its heading, or what was counted in it; the rows stay in the file. */
    public static NewStatement ofBroker(
            Feed feed,
            String broker,
            @Nullable LocalDate date,
            Delivery file,
            String heading,
            String contentKey,
            long rows,
            long refusedRows,
            @Nullable Verdict refused) {
        return new NewStatement(
                feed,
                broker,
                null,
                null,
                null,
                null,
                1,
                date,
                file.name(),
                file.sha256(),
                heading,
                contentKey,
                null,
                null,
                rows,
                refusedRows,
                refused,
                "",
                null);
    }

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
                verdict,
                part,
                movementKey);
    }

    public NewStatement undated() {
        return new NewStatement(
                feed,
                sender,
                accountNumber,
                accountId,
                currency,
                reference,
                pages,
                null,
                fileName,
                sha256,
                content,
                contentKey,
                opening,
                closing,
                rows,
                refusedRows,
                refused,
                part,
                movementKey);
    }
}
