package org.tradesuite.execution.reference;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Price;

/** What an account holds when the day opens: below zero when it is short. */
public record OpeningPosition(
        AccountId account, InstrumentId instrument, LocalDate businessDate, BigDecimal quantity, Price averageCost) {}
