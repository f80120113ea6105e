package org.tradesuite.execution.engine;

/**
 * Takes what leaves the engine. Called on the journal's thread, in commit order, never at the same time: hand over quickly
 * and do not wait for a network or a disk that may be slow. What it throws stops the engine.
 */
@FunctionalInterface
public interface CommitListener {
    void committed(Commit commit);
}
