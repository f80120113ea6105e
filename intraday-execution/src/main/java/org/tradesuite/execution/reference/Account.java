package org.tradesuite.execution.reference;

import org.jspecify.annotations.Nullable;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.Bic;
import org.tradesuite.market.Currency;
import org.tradesuite.market.Lei;

/**
 * An account we trade for, whose it is and where its securities are kept. Exposure is measured in its base currency.
 *
 * @param client on whose behalf it is; several accounts may be of one client
 * @param mandate the investment mandate its holdings have to keep to; absent if there is none
 */
public record Account(
        AccountId id,
        String name,
        String portfolio,
        Lei ownerLei,
        Currency baseCurrency,
        Bic custodian,
        String safekeepingAccount,
        Standing status,
        String client,
        MarginType marginType,
        @Nullable String mandate) {}
