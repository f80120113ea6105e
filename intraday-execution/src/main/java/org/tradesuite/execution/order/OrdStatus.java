package org.tradesuite.execution.order;

/**
 * What a route is: OrdStatus (39), and two of our own. {@link #SENT} has left and was not answered yet;
 * {@link #UNKNOWN} was asked about and still not answered, a person has to look at it.
 */
public enum OrdStatus {
    NEW('0'),
    PARTIALLY_FILLED('1'),
    FILLED('2'),
    DONE_FOR_DAY('3'),
    CANCELED('4'),
    REPLACED('5'),
    PENDING_CANCEL('6'),
    STOPPED('7'),
    REJECTED('8'),
    SUSPENDED('9'),
    PENDING_NEW('A'),
    CALCULATED('B'),
    EXPIRED('C'),
    ACCEPTED_FOR_BIDDING('D'),
    PENDING_REPLACE('E'),
    SENT('-'),
    UNKNOWN('?');

    private static final OrdStatus[] VALUES = values();
    private final char tag;

    OrdStatus(char tag) {
        this.tag = tag;
    }

    public char tag() {
        return tag;
    }

    /** @throws IllegalArgumentException if FIX knows no such value */
    public static OrdStatus of(char tag) {
        for (var status : VALUES) {
            if (status.tag == tag && status != SENT && status != UNKNOWN) {
                return status;
            }
        }
        throw new IllegalArgumentException("OrdStatus (39) '" + tag + "' is not one we know: 0-9, A-E.");
    }
}
