package org.tradesuite.execution.reference;

/** An investment strategy, with the identifier of its decision algorithm as the transaction report names it. */
public record Strategy(String id, String name, String algorithmId) {}
