package org.tradesuite.execution.order;

/**
 * What happened to an order at the broker: ExecType (150). Reports of FIX 4.2 carry part of it in ExecTransType (20):
 * there 20=1 is {@link #TRADE_CANCEL}, 20=2 {@link #TRADE_CORRECT} and 20=3 {@link #ORDER_STATUS}, whatever 150 says.
 */
public enum ExecType {
    NEW('0'),
    PARTIAL_FILL('1'),
    FILL('2'),
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
    RESTATED('D'),
    PENDING_REPLACE('E'),
    TRADE('F'),
    TRADE_CORRECT('G'),
    TRADE_CANCEL('H'),
    ORDER_STATUS('I');

    private static final ExecType[] VALUES = values();
    private final char tag;

    ExecType(char tag) {
        this.tag = tag;
    }

    public char tag() {
        return tag;
    }

    /** @throws IllegalArgumentException if FIX knows no such value, or one that is not about a single order */
    public static ExecType of(char tag) {
        for (var type : VALUES) {
            if (type.tag == tag) {
                return type;
            }
        }
        throw new IllegalArgumentException("ExecType (150) '" + tag + "' is not one we know: 0-9, A-I.");
    }
}
