package org.tradesuite.reconciliation.custodian;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One message of a statement that may go over several. */
sealed interface Page {

    /** What makes pages belong together. */
    record StatementKey(
            String type,
            String sender,
            String account,
            @Nullable String currency,
            LocalDate date) {}

    StatementKey key();

    /** From 1. */
    int number();

    /** Whether another page follows. */
    boolean more();

    String reference();

    /** The same for two pages that say the same: everything but references and headers. */
    String says();

    String text();

    /**
     * Holdings, MT535.
     *
     * @param parts available and not available, where the custodian gives them; they must add up to the aggregate
     */
    record Holding(
            String isin, BigDecimal aggregate, @Nullable BigDecimal parts) {}

    record Holdings(
            StatementKey key,
            int number,
            boolean more,
            String reference,
            String says,
            String text,
            List<Holding> holdings)
            implements Page {}

    /** A cash entry, MT950 field 61; a credit is positive. */
    record Entry(
            LocalDate valueDate,
            BigDecimal amount,
            @Nullable String reference,
            @Nullable String theirReference) {}

    /**
     * Cash, MT950.
     *
     * @param intermediateOpening 60M: the page goes on from another
     * @param intermediateClosing 62M: another goes on from it
     */
    record Cash(
            StatementKey key,
            int number,
            boolean more,
            String reference,
            String says,
            String text,
            BigDecimal opening,
            boolean intermediateOpening,
            List<Entry> entries,
            BigDecimal closing,
            boolean intermediateClosing)
            implements Page {}
}
