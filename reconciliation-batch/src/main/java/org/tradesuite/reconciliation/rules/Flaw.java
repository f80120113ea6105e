package org.tradesuite.reconciliation.rules;

/**
 * One thing that is wrong with rules that somebody entered.
 *
 * @param field where it is, as a JSON path
 * @param detail what is wrong and what to do
 */
public record Flaw(String field, Kind kind, String detail) {

    public enum Kind {
        COLUMN_UNKNOWN,
        COLUMN_MISSING,
        COLUMN_TWICE,
        OPERATOR_UNKNOWN,
        TOLERANCE_NEGATIVE,
        PASSES_OUT_OF_ORDER,
        VALIDITY_OVERLAPS,
        INVALID_VALUE
    }
}
