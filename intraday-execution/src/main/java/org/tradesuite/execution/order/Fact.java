package org.tradesuite.execution.order;

/**
 * Something that happened and is in the journal for good. State is nothing but the facts in their order, so what follows
 * from a fact is computed from the fact alone, never from prices, tables or settings of today. A fact's fields are the
 * journal's format: a field may be added, none may change its meaning.
 */
public interface Fact {}
