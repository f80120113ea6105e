package org.tradesuite.execution.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.Fact;

/**
 * A fact with where it belongs and who caused it.
 *
 * @param stream what it is about, such as {@code order/O0K3...} or {@code route/O0K3...-1}
 * @param version its place in the stream, from 1
 * @param actor the signed-in person, {@code broker:ALFA} or {@code engine}
 * @param reason given by a person, where one is asked for
 * @param causation the request or message it follows from
 * @param correlation the decision at the root of it
 */
public record Recorded(
        String stream,
        int version,
        Fact fact,
        Instant at,
        String actor,
        @Nullable String reason,
        @Nullable String causation,
        @Nullable String correlation) {

    /** What it is about, without the kind: the decision, order or route. */
    public String id() {
        return Streams.id(stream);
    }
}
