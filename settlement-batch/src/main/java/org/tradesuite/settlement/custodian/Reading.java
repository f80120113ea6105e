package org.tradesuite.settlement.custodian;

import org.tradesuite.settlement.instruction.Advice;

/** One message of the custodian: read in full, or refused with what was wrong and what to do. */
public sealed interface Reading {

    /** @param reference our reference the message is about (RELA) */
    record Read(String messageType, String reference, Advice advice) implements Reading {}

    record Unreadable(Problem problem, String detail) implements Reading {}

    enum Problem {
        NOT_A_MESSAGE,
        CUT_OFF,
        UNKNOWN_TYPE,
        WRONG_SENDER,
        NOT_FOR_US,
        NOT_A_FIELD,
        SEQUENCE_OPEN,
        FIELD_MISSING,
        FIELD_TWICE,
        FIELD_WRONG,
        STATUS_UNKNOWN,
        FREE_OF_PAYMENT
    }
}
