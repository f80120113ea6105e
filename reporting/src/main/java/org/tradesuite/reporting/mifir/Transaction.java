package org.tradesuite.reporting.mifir;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Isin;
import org.tradesuite.market.Lei;
import org.tradesuite.market.Side;

/**
 * One record of the report, its fields judged.
 *
 * @param trn transaction reference number, field 2
 * @param accountOwner our client: buyer of a purchase, seller of a sale
 * @param broker the other side
 * @param decisionAlgorithm field 57, the strategy that decided
 * @param executionAlgorithm field 59 when an algorithm executed, null when a person did
 * @param executor field 59 when a person executed, null when an algorithm did
 * @param price per unit in the major currency
 * @param shortSale field 62; null for a purchase
 */
record Transaction(
        String trn,
        String fillId,
        Side side,
        Lei accountOwner,
        Lei broker,
        Isin isin,
        BigDecimal quantity,
        BigDecimal price,
        String currency,
        Instant executedAt,
        String decisionAlgorithm,
        @Nullable String executionAlgorithm,
        @Nullable Person executor,
        @Nullable Boolean shortSale) {

    /**
     * A natural person as RTS 22 annex II wants them named.
     *
     * @param scheme NIDN for a national number, CCPT for a passport, CONCAT for name and birthday
     */
    record Person(Scheme scheme, String identifier) {}

    /** How a person is identified. */
    enum Scheme {
        NIDN,
        CCPT,
        CONCAT
    }
}
