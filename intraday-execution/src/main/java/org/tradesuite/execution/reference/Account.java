package org.tradesuite.execution.reference;

import org.tradesuite.market.AccountId;
import org.tradesuite.market.Bic;
import org.tradesuite.market.Currency;
import org.tradesuite.market.Lei;

/** An account we trade for, whose it is and where its securities are kept. Exposure is measured in its base currency. */
public record Account(
        AccountId id,
        String name,
        String portfolio,
        Lei ownerLei,
        Currency baseCurrency,
        Bic custodian,
        String safekeepingAccount,
        Standing status) {}
