package org.tradesuite.reconciliation.statement;

/** Why a statement is not compared; also the class of the break it becomes. */
public enum Refusal {
    /** Pages, lines or the end are missing. */
    STATEMENT_GAP,
    /** It does not add up: opening and entries to closing, parts to the whole. */
    STATEMENT_NOT_FOOTING,
    /** The same statement came before. */
    DUPLICATE_THEIRS,
    /** It speaks of an account that is not ours, or of another of ours than it says. */
    ACCOUNT,
    /** It is not in the form agreed with the sender, or cannot be read at all. */
    STATEMENT_UNREADABLE,
    /** None came. */
    STALE_STATEMENT;

    /** Whether a good statement for the same account and date clears it; a stray file is left to a person. */
    public boolean clearedByAGoodStatement() {
        return switch (this) {
            case STATEMENT_GAP, STATEMENT_NOT_FOOTING, STATEMENT_UNREADABLE, STALE_STATEMENT -> true;
            case DUPLICATE_THEIRS, ACCOUNT -> false;
        };
    }
}
