package org.tradesuite.execution.reference;

/**
 * A person who trades, with the national identifier that transaction reports carry.
 *
 * @param desk at which the person sits
 */
public record Trader(String id, String name, String country, String nationalId, String desk) {}
