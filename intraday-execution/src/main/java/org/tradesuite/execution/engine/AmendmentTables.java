package org.tradesuite.execution.engine;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The read model of what was asked of orders and waits, or waited, for a person. */
final class AmendmentTables {

    private AmendmentTables() {}

    /**
     * How one stands after a fact.
     *
     * @param held null once it was decided
     * @param version of its stream when it was held last
     * @param end how the waiting ended
     */
    private record Stand(
            Recorded recorded,
            int number,
            DeskFact.@Nullable AmendmentHeld held,
            String status,
            List<String> codes,
            int version,
            @Nullable String end,
            @Nullable String why) {

        boolean isFirst() {
            return held != null && version == number;
        }
    }

    private static final Table<Stand> ASKED =
            held("insert into execution.held_amendment select * from unnest(?::execution.held_amendment[])");

    private static final Table<Stand> DECIDED = held("""
        update execution.held_amendment h
        set status = n.status, refusal_codes = n.refusal_codes, hold_version = n.hold_version, hold_end = n.hold_end,
            decided_at = n.decided_at, decided_by = n.decided_by, decided_reason = n.decided_reason
        from unnest(?::execution.held_amendment[]) as n
        where h.order_id = n.order_id and h.number = n.number
        """);

    private static Table<Stand> held(String statement) {
        return new Table<Stand>("held_amendment", statement)
                .text(s -> Streams.id(s.recorded().stream()))
                .bigint(Stand::number)
                .text(Stand::status)
                .texts(Stand::codes)
                .quantity(s -> s.held() == null ? null : s.held().before().quantity())
                .price(s -> s.held() == null ? null : s.held().before().limit())
                .time(s -> s.held() == null ? null : s.held().before().end())
                .quantity(s -> s.held() == null ? null : s.held().quantity())
                .price(s -> s.held() == null ? null : s.held().limit())
                .time(s -> s.held() == null ? null : s.held().end())
                .time(s -> s.held() == null ? null : s.held().since())
                .text(s -> s.held() == null ? null : s.held().hold().by())
                .text(s -> s.held() == null ? null : s.recorded().reason())
                .bigint(Stand::version)
                .time(s -> s.held() == null ? null : s.held().until())
                .text(Stand::end)
                .time(s -> s.end() == null ? null : s.recorded().at())
                .text(s -> s.end() == null ? null : s.recorded().actor())
                .text(Stand::why);
    }

    /**
     * In the order in which it happened, because an order has one at a time; as few statements as that allows, which is one
     * for most batches that have any.
     */
    static void add(OneTrip changes, Batch batch, Instant at) {
        Map<String, Stand> together = new LinkedHashMap<>();
        var first = false;
        for (var recorded : batch.facts) {
            var stand = stand(recorded);
            if (stand == null) {
                continue;
            }
            if (stand.isFirst() != first || together.containsKey(recorded.stream())) {
                add(changes, first, together, at);
                first = stand.isFirst();
            }
            together.put(recorded.stream(), stand);
        }
        add(changes, first, together, at);
    }

    private static void add(OneTrip changes, boolean first, Map<String, Stand> together, Instant at) {
        (first ? ASKED : DECIDED).add(changes, together.values(), at);
        together.clear();
    }

    private static @Nullable Stand stand(Recorded recorded) {
        return switch (recorded.fact()) {
            case DeskFact.AmendmentHeld held ->
                new Stand(
                        recorded,
                        held.hold().number(),
                        held,
                        "HELD",
                        OrderTables.names(held.codes()),
                        recorded.version(),
                        null,
                        null);
            case DeskFact.AmendmentAllowed allowed ->
                allowed.hold() == null
                        ? null
                        : new Stand(
                                recorded,
                                allowed.hold().number(),
                                null,
                                "ACCEPTED",
                                List.of(),
                                recorded.version() - 1,
                                "OVERRIDDEN",
                                recorded.reason());
            case DeskFact.AmendmentRefused refused ->
                refused.hold() == null || refused.holdEnd() == null
                        ? null
                        : new Stand(
                                recorded,
                                refused.hold().number(),
                                null,
                                "REFUSED",
                                OrderTables.names(refused.codes()),
                                recorded.version() - 1,
                                refused.holdEnd().name(),
                                refused.why() == null ? recorded.reason() : refused.why());
            default -> null;
        };
    }
}
