package org.tradesuite.execution.position;

import org.tradesuite.market.AccountId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Quantity;

/** One line of the book: what is held, and what is working on either side. */
public record Holding(
        AccountId account,
        InstrumentId instrument,
        Currency currency,
        Position position,
        Quantity workingBuys,
        Quantity workingSells) {}
