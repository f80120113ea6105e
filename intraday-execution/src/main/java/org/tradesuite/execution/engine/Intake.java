package org.tradesuite.execution.engine;

/** What the engine says at once to somebody who brings an input. */
public enum Intake {
    /** It is in the inbox and will be decided. */
    TAKEN,
    /** The inbox is full: bring it again shortly. */
    BUSY,
    /** The journal cannot be written at the moment: nothing is decided until it can. */
    UNAVAILABLE,
    /** The engine is stopped. */
    STOPPED
}
