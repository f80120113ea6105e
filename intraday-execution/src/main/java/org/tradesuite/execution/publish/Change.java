package org.tradesuite.execution.publish;

import java.time.Instant;
import java.util.Optional;

/**
 * Something is not what it was.
 *
 * @param seq the journal's sequence that changed it last
 * @param key which order, route, decision, day, broker, switch or breaker; limits are one
 * @param since when the first of these changes happened
 */
public record Change(long seq, Kind kind, String key, Instant since) {

    public enum Kind {
        DECISION,
        ORDER,
        ROUTE,
        DAY,
        BROKER,
        SWITCH,
        BREAKER,
        LIMITS
    }

    /** What an event of this stream changes; nothing if nobody listens to such. */
    static Optional<Change> of(String stream, long seq, Instant at) {
        int slash = stream.indexOf('/');
        String key = stream.substring(slash + 1);
        if (stream.equals("reference/limits")) {
            return Optional.of(new Change(seq, Kind.LIMITS, key, at));
        }
        return switch (slash < 0 ? "" : stream.substring(0, slash)) {
            case "decision" -> Optional.of(new Change(seq, Kind.DECISION, key, at));
            // What waits of what was asked of it is shown with it.
            case "order", "amendments" -> Optional.of(new Change(seq, Kind.ORDER, key, at));
            case "route" -> Optional.of(new Change(seq, Kind.ROUTE, key, at));
            case "gate" -> Optional.of(new Change(seq, Kind.BROKER, key, at));
            case "switch" -> Optional.of(new Change(seq, Kind.SWITCH, key, at));
            case "breaker" -> Optional.of(new Change(seq, Kind.BREAKER, key, at));
            case "day" -> Optional.of(new Change(seq, Kind.DAY, key, at));
            default -> Optional.empty();
        };
    }

    /** Both changes of one thing as one. */
    Change and(Change later) {
        return new Change(later.seq, kind, key, since.isBefore(later.since) ? since : later.since);
    }
}
