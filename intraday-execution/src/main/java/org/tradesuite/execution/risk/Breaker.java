package org.tradesuite.execution.risk;

import java.time.Instant;

/**
 * What trips by itself when a broker or a strategy behaves oddly, several times in a while.
 *
 * @param of the broker's or the strategy's name
 * @param reason why it is as it is
 * @param by a person who reset it, or {@code engine}
 */
public record Breaker(Kind kind, String of, State state, String reason, String by, Instant since) {

    public enum Kind {
        BROKER,
        STRATEGY
    }

    public enum State {
        /** Nothing restricts. */
        CLOSED,
        /** Nothing goes there. */
        OPEN,
        /** A few orders go there, to see. */
        HALF_OPEN
    }

    /** {@code broker=ALFA}. */
    public static String id(Kind kind, String of) {
        return kind.name().toLowerCase(java.util.Locale.ROOT) + "=" + of;
    }

    public String id() {
        return id(kind, of);
    }

    /** As whom it sets a switch. */
    public static String named(Kind kind, String of) {
        return "breaker " + id(kind, of);
    }
}
