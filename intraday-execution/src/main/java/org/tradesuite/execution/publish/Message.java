package org.tradesuite.execution.publish;

/**
 * What a listener hears.
 *
 * @param seq the journal's sequence it was committed under; 0 for what is not in the journal
 * @param kind as the contract's StreamKind has it
 * @param json the same body that the contract's GET operations answer with
 */
public record Message(long seq, String kind, String json) {}
