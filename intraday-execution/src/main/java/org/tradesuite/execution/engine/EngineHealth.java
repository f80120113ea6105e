package org.tradesuite.execution.engine;

/**
 * How the engine does.
 *
 * @param committed sequence of the last event in the journal
 * @param waiting inputs in the inbox
 * @param text what is wrong, empty if nothing is
 */
public record EngineHealth(Condition condition, long committed, int waiting, String text) {
    public enum Condition {
        RUNNING,
        /** Inputs are kept and decided again once the journal can be written. */
        JOURNAL_UNAVAILABLE,
        STOPPED
    }
}
