package org.tradesuite.execution.fix;

import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Mic;

/**
 * An instrument that prices are wanted for, as the market data provider names it.
 *
 * @param symbol the market's own symbol, which is not always the first part of our identifier
 */
public record Subscription(InstrumentId instrument, String symbol, Mic mic) {}
