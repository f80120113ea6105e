package org.tradesuite.execution.engine;

import java.util.List;

/**
 * One committed transaction of the journal: what happened, and what may leave now.
 *
 * @param head sequence of the chain's last event, the same as before if nothing happened
 */
public record Commit(long head, List<Recorded> facts, List<Effect> effects) {}
