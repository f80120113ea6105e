package org.tradesuite.reconciliation.match;

/** Whose item it is. */
public enum Book {
    OURS,
    THEIRS
}
