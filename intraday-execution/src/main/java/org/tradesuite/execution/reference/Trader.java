package org.tradesuite.execution.reference;

/** A person who trades, with the national identifier that transaction reports carry. */
public record Trader(String id, String name, String country, String nationalId) {}
