package org.tradesuite.execution.reference;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of limits from its proposal to its end. One person proposes it, and another one approves or rejects it or the same
 * one withdraws it.
 *
 * @param madeFor the version of the register that the proposer had read
 * @param decidedBy who approved, rejected or withdrew it; absent as long as nobody did
 * @param registerVersion the version of the register that it made; absent unless it was approved
 */
public record LimitChange(
        long id,
        Status status,
        long madeFor,
        List<Item> items,
        @Nullable Instant validFrom,
        @Nullable Instant validUntil,
        String reason,
        String proposedBy,
        Instant proposedAt,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String decisionReason,
        @Nullable Long registerVersion) {

    public LimitChange {
        items = List.copyOf(items);
    }

    public enum Status {
        PROPOSED,
        APPROVED,
        REJECTED,
        WITHDRAWN
    }

    /** @param before the amount that held when it was proposed; absent if there was no such limit */
    public record Item(
            LimitProposal.Wanted wanted, @Nullable BigDecimal before) {}
}
