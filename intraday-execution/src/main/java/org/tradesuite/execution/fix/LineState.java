package org.tradesuite.execution.fix;

import java.time.Instant;

/**
 * How a line is.
 *
 * @param line the broker's id or the market data provider's name
 * @param version the FIX version it speaks, such as FIX.4.4
 * @param state in words: logged on, or why not
 * @param since when it last came up or went down, by the wall clock
 */
public record LineState(
        String line, String version, String host, int port, boolean loggedOn, String state, Instant since) {}
