package org.tradesuite.settlement.standing;

import java.time.LocalDate;

/** What a trade asks of the standing instructions. */
public record StandingKey(
        String counterpartyBic,
        String placeOfSettlement,
        String accountId,
        String assetClass,
        String currency,
        LocalDate settlementDate) {}
