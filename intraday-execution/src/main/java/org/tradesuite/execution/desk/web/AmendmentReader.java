package org.tradesuite.execution.desk.web;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tradesuite.openapi.execution.model.AmendmentHold;
import org.tradesuite.openapi.execution.model.DecisionStatus;
import org.tradesuite.openapi.execution.model.RiskCheck;

/** What was asked of orders and waits, or waited, for a person. */
@Component
class AmendmentReader {

    private static final String COLUMNS = """
        order_id, status, refusal_codes, quantity_before, limit_price_before, end_time_before, quantity, limit_price,
        end_time, asked_at, asked_by, reason, hold_version, held_until, hold_end, decided_at, decided_by, decided_reason
        """;

    private static final String WAITING =
            "select " + COLUMNS + " from execution.held_amendment where order_id = any(:ids) and status = 'HELD'";

    private static final String LAST =
            "select " + COLUMNS + " from execution.held_amendment where order_id = :order order by number desc limit 1";

    private static final String CHECKS = """
        select order_id, subject_version, rule, rule_version, measured, limit_value, unit, verdict, code, detail, checked_at
        from execution_api.risk_check
        where subject_kind = 'AMENDMENT' and order_id = any(:ids) and verdict <> 'PASS'
        order by order_id, subject_version, place
        """;

    private final JdbcClient jdbc;

    AmendmentReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What waits, by order. */
    Map<String, AmendmentHold> waiting(Collection<String> orders) {
        Map<String, AmendmentHold> found = new HashMap<>();
        jdbc.sql(WAITING).param("ids", orders.toArray(String[]::new)).query(columns -> {
            found.put(columns.getString("order_id"), hold(columns, 1));
        });
        return found;
    }

    /** What was asked of the order last and had to wait. */
    Optional<AmendmentHold> last(String order) {
        return jdbc.sql(LAST)
                .param("order", order)
                .query(AmendmentReader::hold)
                .optional()
                .map(hold -> {
                    checks(Map.of(order, hold));
                    return hold;
                });
    }

    /** Adds to each the rules that warned or blocked: while it waits, and when somebody wanted to let it pass. */
    void checks(Map<String, AmendmentHold> holds) {
        Map<String, List<RiskCheck>> checks = new HashMap<>();
        jdbc.sql(CHECKS).param("ids", holds.keySet().toArray(String[]::new)).query(columns -> {
            String order = columns.getString("order_id");
            AmendmentHold hold = holds.get(order);
            if (hold != null && columns.getInt("subject_version") == checked(hold)) {
                checks.computeIfAbsent(order, each -> new ArrayList<>()).add(DecisionReader.check(columns));
            }
        });
        holds.forEach((order, hold) -> hold.setRiskChecks(checks.getOrDefault(order, List.of())));
    }

    /** The event that has them: the one that held it last, or that decided about it. */
    private static int checked(AmendmentHold hold) {
        int held = hold.getHold().getVersion();
        return hold.getStatus() == DecisionStatus.HELD ? held : held + 1;
    }

    private static AmendmentHold hold(ResultSet columns, int number) throws SQLException {
        var row = new Row(columns);
        return new AmendmentHold(
                        DecisionStatus.fromValue(row.text("status")),
                        DecisionReader.hold(columns, row),
                        row.decimal("quantity_before"),
                        row.instant("end_time_before"),
                        row.instant("asked_at"),
                        row.text("asked_by"))
                .quantity(row.decimalOrNull("quantity"))
                .limitPrice(row.decimalOrNull("limit_price"))
                .endTime(row.instantOrNull("end_time"))
                .limitPriceBefore(row.decimalOrNull("limit_price_before"))
                .reason(row.textOrNull("reason"))
                .refusals(DecisionReader.refusals(row));
    }
}
