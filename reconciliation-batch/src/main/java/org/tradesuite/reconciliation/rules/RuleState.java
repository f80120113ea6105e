package org.tradesuite.reconciliation.rules;

/** Where a version stands. */
public enum RuleState {
    /** Being written; nobody has been asked. */
    DRAFT,
    /** Waits for a second person; cannot be changed. */
    PROPOSED,
    /** Used for the business dates of its validity. */
    APPROVED,
    REFUSED,
    /** By who made it, or because a later version took its place from its first day on. */
    WITHDRAWN
}
