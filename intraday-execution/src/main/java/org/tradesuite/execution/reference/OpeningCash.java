package org.tradesuite.execution.reference;

import java.time.LocalDate;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.Money;

/** An account's cash in one currency when the day opens: below zero when it is overdrawn. */
public record OpeningCash(AccountId account, LocalDate businessDate, Money balance) {}
