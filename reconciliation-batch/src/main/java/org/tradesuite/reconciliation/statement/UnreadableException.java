package org.tradesuite.reconciliation.statement;

/** A message that cannot be taken; says the class of what is wrong, and in words what to do. */
public final class UnreadableException extends Exception {

    private final transient Verdict verdict;

    public UnreadableException(Refusal refusal, String reason) {
        super(reason);
        this.verdict = new Verdict(refusal, reason);
    }

    public UnreadableException(String reason) {
        this(Refusal.STATEMENT_UNREADABLE, reason);
    }

    public Verdict verdict() {
        return verdict;
    }
}
