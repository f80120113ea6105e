package org.tradesuite.eventstore;

/** An event does not follow from the one before it: the journal was changed outside its rules. */
public final class BrokenChainException extends RuntimeException {

    private final long seq;

    BrokenChainException(String chain, long seq, String what) {
        super("Chain " + chain + " is broken at " + seq + ": " + what
                + ". Stop writing to it and compare it with the last signed checkpoint.");
        this.seq = seq;
    }

    /** The first event that does not fit. */
    public long seq() {
        return seq;
    }
}
