package org.tradesuite.settlement.instruction;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Isin;
import org.tradesuite.market.Money;
import org.tradesuite.market.Quantity;

/** What the custodian told us about one instruction: one message under one reference of theirs. */
public sealed interface Advice {

    /** The sender's own reference (SEME of their message): a message under a known reference is the same message. */
    String senderReference();

    /** When the sender says it wrote the message; order is judged by this and not by arrival. */
    Instant sentAt();

    /**
     * MT548: how the instruction stands.
     *
     * @param code the status as written, qualifier and code: {@code MTCH//NMAT}
     * @param reason the first reason code, such as LACK; null when none was given
     */
    record StatusAdvice(
            String senderReference,
            Instant sentAt,
            Standing standing,
            String code,
            @Nullable String reason,
            @Nullable String narrative)
            implements Advice {}

    /**
     * MT544 to MT547: a slice has settled.
     *
     * @param quantity this slice only
     * @param amount the cash of this slice, not negative
     * @param previouslySettled before this slice, where the sender says so
     * @param remaining after this slice, where the sender says so
     */
    record SettlementAdvice(
            String senderReference,
            Instant sentAt,
            Direction direction,
            Isin isin,
            String safekeepingAccount,
            Quantity quantity,
            Money amount,
            LocalDate settledOn,
            @Nullable Quantity previouslySettled,
            @Nullable Quantity remaining)
            implements Advice {}

    /**
     * MT544 to MT547 with function RVSL: a slice confirmed earlier is taken back.
     *
     * @param reverses the sender's reference of the confirmation taken back
     */
    record ReversalAdvice(String senderReference, Instant sentAt, String reverses) implements Advice {}

    /** What a status says, in the order in which an instruction lives: at equal times the later one holds. */
    enum Standing {
        ACKNOWLEDGED,
        IN_PROCESS,
        IN_REPAIR,
        UNMATCHED,
        MATCHED,
        PENDING,
        ON_HOLD,
        FAILING,
        CANCEL_REQUESTED,
        CANCELLED,
        REJECTED;

        boolean isFinal() {
            return this == CANCELLED || this == REJECTED;
        }
    }
}
