package org.tradesuite.reconciliation.statement;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of a statement as the sender says it, in whatever language; a receipt or a credit is positive. */
public sealed interface Line {

    Span span();

    /** How a quantity is counted. */
    enum QuantityType {
        UNIT,
        /** Face amount. */
        FAMT,
        /** Amortised value. */
        AMOR
    }

    /**
     * A holding.
     *
     * @param otherId what names the security beside or instead of an ISIN
     * @param available of the quantity, where the sender says
     * @param amortised the amortised value beside the face amount, where the sender gives both
     */
    record Holding(
            Span span,
            @Nullable String isin,
            String otherId,
            QuantityType type,
            BigDecimal quantity,
            @Nullable BigDecimal available,
            @Nullable BigDecimal notAvailable,
            @Nullable BigDecimal amortised,
            List<SubBalance> subBalances)
            implements Line {

        public Holding {
            subBalances = List.copyOf(subBalances);
        }
    }

    /**
     * Why part of a holding is as it is, such as BLOK or LOAN.
     *
     * @param available AVAI, NAVL, or null where the sender does not say
     */
    record SubBalance(String code, @Nullable String available, QuantityType type, BigDecimal quantity) {}

    /** Whether an entry counts: booked, expected, or for information only. */
    enum EntryStatus {
        BOOK,
        PDNG,
        INFO
    }

    /**
     * A cash entry.
     *
     * @param reversal it takes back an earlier one; the amount has the sign of what it does now
     * @param kind the sender's code, such as NSEC
     * @param batch number of the booking this is a part of, null if it is all of it
     */
    record CashEntry(
            Span span,
            EntryStatus status,
            LocalDate valueDate,
            @Nullable LocalDate bookingDate,
            BigDecimal amount,
            boolean reversal,
            @Nullable String kind,
            @Nullable String reference,
            @Nullable String theirReference,
            @Nullable String text,
            @Nullable Integer batch)
            implements Line {}

    /**
     * Securities that moved, or were confirmed to have moved.
     *
     * @param amount what was paid; null when free
     * @param reversal it takes back an earlier one
     * @param corporateAction the event it belongs to, such as SPLF, or CORP where the sender says no more; null if it is none
     */
    record Movement(
            Span span,
            @Nullable String isin,
            String otherId,
            QuantityType type,
            BigDecimal quantity,
            @Nullable BigDecimal amount,
            @Nullable String currency,
            @Nullable String reference,
            @Nullable String theirReference,
            @Nullable LocalDate tradeDate,
            LocalDate settledOn,
            boolean reversal,
            @Nullable String corporateAction)
            implements Line {}

    /**
     * An instruction that has not settled.
     *
     * @param status MATCHING, SETTLEMENT or PROCESSING code as the sender gives it, such as {@code SETT//PENF}
     * @param reasons codes such as LACK
     */
    record Pending(
            Span span,
            @Nullable String isin,
            String otherId,
            QuantityType type,
            BigDecimal quantity,
            @Nullable BigDecimal amount,
            @Nullable String currency,
            @Nullable String reference,
            @Nullable String theirReference,
            @Nullable LocalDate tradeDate,
            LocalDate settlementDate,
            String status,
            List<String> reasons)
            implements Line {

        public Pending {
            reasons = List.copyOf(reasons);
        }
    }
}
