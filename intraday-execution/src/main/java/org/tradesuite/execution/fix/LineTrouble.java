package org.tradesuite.execution.fix;

import java.time.Instant;

/**
 * Something about a line that a person should see: a refused logon, a message of the wrong version or with a tag
 * missing, an order that was not sent any more.
 *
 * @param line the broker's id or the market data provider's name
 */
public record LineTrouble(Instant at, String line, String text) {}
