package org.tradesuite.execution.marketdata;

import java.time.Instant;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;

/** A trade that the market published. */
public record Print(Price price, Quantity quantity, Instant at) {}
