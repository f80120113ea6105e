package org.tradesuite.reconciliation.broker;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What came of a look at a live drop copy while the day is open.
 *
 * @param state whether it could be compared, and what may be concluded
 * @param says for a person: what is compared and what is not, and what to do
 * @param reached the newest of all that the broker has said by then
 * @param ours executions in our books
 * @param theirs executions in the drop copy that count
 * @param differences that were found
 * @param waiting executions that are alone on one side and not told, because the other side may still bring them
 */
public record DropCopyLook(
        LocalDate date,
        String broker,
        Instant at,
        State state,
        String says,
        @Nullable Instant reached,
        long ours,
        long theirs,
        long differences,
        long waiting) {

    /** How much follows from it. */
    public enum State {
        /** All that was sent is here. */
        COMPLETE,
        /** The session is down: nothing follows from what is not in the drop copy. */
        DISCONNECTED,
        /** Messages are missing: nothing follows from what is not in the drop copy. */
        GAP,
        /** It was not compared. */
        NOT_COMPARED
    }

    boolean isCompared() {
        return state != State.NOT_COMPARED;
    }
}
