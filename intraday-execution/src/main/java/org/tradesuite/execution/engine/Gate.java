package org.tradesuite.execution.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a broker may be given new orders. It may as long as its session holds and its answers agree with our books: after
 * every logon it is asked about all that is in doubt, and no new order goes to it before it has answered. Cancels may go at
 * any time.
 *
 * <p>What is here is as the journal has it. After a restart nobody is logged on, whatever the last word was.
 */
sealed interface Gate {

    /** Since when it is so. */
    Instant since();

    /** Not logged on. */
    record Down(String why, Instant since) implements Gate {}

    /**
     * It is asked.
     *
     * @param attempt how many times in a row, from 1
     * @param questions orders that it is asked about
     * @param before why the attempt before this one failed
     */
    record Reconciling(
            Instant since,
            int attempt,
            int questions,
            @Nullable String before) implements Gate {}

    /** @param how in words */
    record Open(Instant since, String how) implements Gate {}

    /** It could not be reconciled: it gets no orders until it could, or until a person opens the gate. */
    record Blocked(String why, Instant since, int attempt) implements Gate {}

    /** For a person. */
    default String words() {
        return switch (this) {
            case Down down -> down.why();
            case Reconciling asked ->
                "asked about " + asked.questions() + (asked.questions() == 1 ? " order" : " orders")
                        + (asked.before() == null ? "" : "; before: " + asked.before());
            case Open open -> open.how();
            case Blocked blocked -> blocked.why();
        };
    }

    /** As the contract names it. */
    default String name() {
        return switch (this) {
            case Down _ -> "DOWN";
            case Reconciling _ -> "RECONCILING";
            case Open _ -> "OPEN";
            case Blocked _ -> "BLOCKED";
        };
    }
}
