package org.tradesuite.execution.reference;

import java.time.LocalDate;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Quantity;

/**
 * A lender's word that it will lend: what is sold short on that day can be delivered (Regulation SHO, rule 203(b)(1)).
 *
 * @param reference by which the lender knows it
 */
public record Locate(
        AccountId account,
        InstrumentId instrument,
        LocalDate businessDate,
        Quantity quantity,
        String lender,
        String reference) {}
