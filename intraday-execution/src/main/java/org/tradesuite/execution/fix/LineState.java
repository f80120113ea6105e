package org.tradesuite.execution.fix;

/**
 * How a line is.
 *
 * @param line the broker's id or the market data provider's name
 * @param version the FIX version it speaks, such as FIX.4.4
 * @param state in words: logged on, or why not
 */
public record LineState(String line, String version, String host, int port, boolean loggedOn, String state) {}
