package org.tradesuite.execution.reference;

import org.tradesuite.market.AccountId;
import org.tradesuite.market.Currency;

/** The custodian's number of an account's cash in one currency. */
public record CashAccount(AccountId account, Currency currency, String number) {}
