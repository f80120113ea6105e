package org.tradesuite.execution.plan;

/** What becomes of the rest when the end time comes: cancelled, or sent at once to be finished. */
public enum EndBehaviour {
    CANCEL,
    FINISH
}
