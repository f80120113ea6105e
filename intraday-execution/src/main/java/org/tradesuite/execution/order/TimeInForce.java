package org.tradesuite.execution.order;

/** How long an order may wait: the day, or not at all. What an order that may not wait leaves is not sent again. */
public enum TimeInForce {
    DAY('0'),
    /** Immediate or cancel: what can be executed at once, in part or whole. */
    IOC('3'),
    /** Fill or kill: all of it at once, or nothing. */
    FOK('4');

    private final char tag;

    TimeInForce(char tag) {
        this.tag = tag;
    }

    /** TimeInForce (59). */
    public char tag() {
        return tag;
    }
}
