package org.tradesuite.execution.order;

/** DKReason (127): why we do not accept an execution as ours. */
public enum DontKnowReason {
    UNKNOWN_SYMBOL('A'),
    WRONG_SIDE('B'),
    QUANTITY_EXCEEDS_ORDER('C'),
    NO_MATCHING_ORDER('D'),
    PRICE_EXCEEDS_LIMIT('E'),
    OTHER('Z');

    private final char code;

    DontKnowReason(char code) {
        this.code = code;
    }

    /** As tag 127 has it. */
    public char code() {
        return code;
    }
}
