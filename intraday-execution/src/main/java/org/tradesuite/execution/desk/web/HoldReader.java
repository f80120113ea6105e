package org.tradesuite.execution.desk.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tradesuite.openapi.execution.model.AmendmentHold;
import org.tradesuite.openapi.execution.model.Decision;
import org.tradesuite.openapi.execution.model.Held;
import org.tradesuite.openapi.execution.model.HeldKind;
import org.tradesuite.openapi.execution.model.Order;

/** All that waits for somebody of risk, in one list. */
@Component
class HoldReader {

    private static final String WAITING = """
        select kind, id, since from (
            select 'DECISION' as kind, decision_id as id, received_at as since
            from execution.decision where status = 'HELD'
            union all
            select 'AMENDMENT', order_id, asked_at
            from execution.held_amendment where status = 'HELD'
        ) as waiting
        where (cast(:kind as text) is null or kind = :kind)
          and (cast(:time as timestamptz) is null or (since, id) > (cast(:time as timestamptz), cast(:after as text)))
        order by since, id
        limit :limit
        """;

    private record Waiting(HeldKind kind, String id, Instant since) {}

    private final JdbcClient jdbc;
    private final DecisionReader decisions;
    private final OrderReader orders;
    private final AmendmentReader amendments;

    HoldReader(JdbcClient jdbc, DecisionReader decisions, OrderReader orders, AmendmentReader amendments) {
        this.jdbc = jdbc;
        this.decisions = decisions;
        this.orders = orders;
        this.amendments = amendments;
    }

    /** @param after when the last of the page before began to wait, and its id */
    List<Held> waiting(@Nullable HeldKind kind, List<String> after, int limit) {
        List<Waiting> waiting = jdbc.sql(WAITING)
                .param("kind", kind == null ? null : kind.getValue())
                .param("time", after.isEmpty() ? null : after.get(0))
                .param("after", after.isEmpty() ? null : after.get(1))
                .param("limit", limit)
                .query((columns, number) -> {
                    var row = new Row(columns);
                    return new Waiting(HeldKind.fromValue(row.text("kind")), row.text("id"), row.instant("since"));
                })
                .list();
        Map<String, Decision> found = decisions.decisions(ids(waiting, HeldKind.DECISION));
        Map<String, Order> amended = orders.orders(ids(waiting, HeldKind.AMENDMENT)).stream()
                .collect(Collectors.toMap(Order::getOrderId, Function.identity()));
        Map<String, AmendmentHold> asked = amended.values().stream()
                .filter(order -> order.getAmendment() != null)
                .collect(Collectors.toMap(Order::getOrderId, order -> Objects.requireNonNull(order.getAmendment())));
        amendments.checks(asked);
        List<Held> all = new ArrayList<>();
        for (Waiting each : waiting) {
            var held = new Held(each.kind(), each.since());
            all.add(
                    each.kind() == HeldKind.DECISION
                            ? held.decision(found.get(each.id()))
                            : held.order(amended.get(each.id())));
        }
        return all;
    }

    private static List<String> ids(List<Waiting> waiting, HeldKind kind) {
        return waiting.stream()
                .filter(each -> each.kind() == kind)
                .map(Waiting::id)
                .toList();
    }

    /** By which a page goes on. */
    static String id(Held held) {
        return held.getKind() == HeldKind.DECISION
                ? Objects.requireNonNull(held.getDecision()).getDecisionId()
                : Objects.requireNonNull(held.getOrder()).getOrderId();
    }
}
