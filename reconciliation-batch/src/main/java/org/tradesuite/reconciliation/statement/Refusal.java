package org.tradesuite.reconciliation.statement;

import java.util.Arrays;
import java.util.List;

/** Why a statement, or a line of it, is not compared; also the class of the break it becomes. */
public enum Refusal {
    /** Pages, lines or the end are missing. */
    STATEMENT_GAP(true),
    /** It does not add up: opening and entries to closing, parts to the whole. */
    STATEMENT_NOT_FOOTING(true),
    /** The same statement came before. */
    DUPLICATE_THEIRS(false),
    /** It speaks of an account that is not ours, or of another of ours than it says. */
    ACCOUNT(false),
    /** It comes from somebody who does not keep this account. */
    SENDER(false),
    /** It lies in the folder of a broker that nobody knows, or in none. */
    BROKER_UNKNOWN(true),
    /** It is not in the form agreed with the sender, or cannot be read at all. */
    STATEMENT_UNREADABLE(true),
    /** A broker's heading line is not the one agreed: columns are missing, moved or new. */
    LAYOUT_CHANGED(true),
    /** The file cannot be unpacked, or is no file of statements. */
    FILE_UNREADABLE(false),
    /** A date that no calendar has, or one years away. */
    IMPOSSIBLE_DATE(true),
    /** Amounts of more than one currency in a statement of one account. */
    MIXED_CURRENCIES(true),
    /** It is of another day, or counts holdings in another way, than what it is compared with. */
    POSITION_BASIS(true),
    /** None came, or none newer. */
    STALE_STATEMENT(true),
    /** Of a line: the security is not named by an ISIN. The other lines are compared. */
    INSTRUMENT_ID(true),
    /** Of a line: the quantity is not counted as we count, such as an amortised value. The other lines are compared. */
    QUANTITY_TYPE(true),
    /** Of a line: the parts of a batch are not the whole that was booked. The entry counts as a whole. */
    BATCH_NOT_FOOTING(true);

    private final boolean cleared;

    Refusal(boolean clearedByAGoodStatement) {
        this.cleared = clearedByAGoodStatement;
    }

    /** Of all that a good statement clears. */
    public static List<String> namesClearedByAGoodStatement() {
        return Arrays.stream(values())
                .filter(Refusal::clearedByAGoodStatement)
                .map(Refusal::name)
                .toList();
    }

    /** Whether a good statement for the same account and date clears it; a stray file is left to a person. */
    public boolean clearedByAGoodStatement() {
        return cleared;
    }
}
