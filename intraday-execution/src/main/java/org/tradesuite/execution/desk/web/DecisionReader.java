package org.tradesuite.execution.desk.web;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tradesuite.execution.risk.RefusalCode;
import org.tradesuite.openapi.execution.model.Algo;
import org.tradesuite.openapi.execution.model.Decision;
import org.tradesuite.openapi.execution.model.DecisionStatus;
import org.tradesuite.openapi.execution.model.Hold;
import org.tradesuite.openapi.execution.model.OrderType;
import org.tradesuite.openapi.execution.model.Refusal;
import org.tradesuite.openapi.execution.model.RiskCheck;
import org.tradesuite.openapi.execution.model.Side;
import org.tradesuite.openapi.execution.model.TimeInForce;

/** Decisions and the checks that were made of them. */
@Component
class DecisionReader {

    private static final String COLUMNS = """
        decision_id, idempotency_key, order_id, received_at, account_id, strategy_id, trader_id, instrument_id, side,
        quantity, order_type, limit_price, algo, time_in_force, start_time, end_time, status, refusal_codes,
        actor, reason, hold_version, held_until, hold_end, decided_at, decided_by, decided_reason
        """;

    private static final String DECISIONS = "select " + COLUMNS + """
        from execution.decision
        where (cast(:day as date) is null or order_id in
                  (select order_id from execution.parent_order where business_date = cast(:day as date))
                  or (order_id is null and (received_at at time zone 'UTC')::date = cast(:day as date)))
          and (cast(:account as text) is null or account_id = :account)
          and (cast(:strategy as text) is null or strategy_id = :strategy)
          and (cast(:status as text) is null or status = :status)
          and (cast(:time as timestamptz) is null
                  or (received_at, decision_id) < (cast(:time as timestamptz), cast(:before as text)))
        order by received_at desc, decision_id desc
        limit :limit
        """;

    private static final String DECISIONS_BY_ID = "select " + COLUMNS + """
        from execution.decision
        where decision_id = any(:ids)
        """;

    private static final String CHECKS = """
        select decision_id, subject_version, rule, rule_version, measured, limit_value, unit, verdict, code, detail, checked_at
        from execution_api.risk_check
        where subject_kind = 'DECISION' and decision_id = any(:ids)
        order by decision_id, subject_version, place
        """;

    private final JdbcClient jdbc;

    DecisionReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Decision> decisions(
            @Nullable LocalDate day,
            @Nullable String account,
            @Nullable String strategy,
            @Nullable DecisionStatus status,
            List<String> before,
            int limit) {
        return jdbc.sql(DECISIONS)
                .param("day", day)
                .param("account", account)
                .param("strategy", strategy)
                .param("status", status == null ? null : status.getValue())
                .param("time", before.isEmpty() ? null : before.get(0))
                .param("before", before.isEmpty() ? null : before.get(1))
                .param("limit", limit)
                .query(DecisionReader::decision)
                .list();
    }

    Optional<Decision> decision(String id) {
        return Optional.ofNullable(decisions(List.of(id)).get(id));
    }

    /** Decisions by id, each with its checks. */
    Map<String, Decision> decisions(Collection<String> ids) {
        String[] wanted = ids.toArray(String[]::new);
        Map<String, Decision> found = new LinkedHashMap<>();
        jdbc.sql(DECISIONS_BY_ID)
                .param("ids", wanted)
                .query(DecisionReader::decision)
                .list()
                .forEach(decision -> found.put(decision.getDecisionId(), decision));
        Map<String, List<RiskCheck>> checks = new HashMap<>();
        Map<String, Integer> newest = new HashMap<>();
        jdbc.sql(CHECKS).param("ids", wanted).query(columns -> {
            String id = columns.getString("decision_id");
            int version = columns.getInt("subject_version");
            // One that waited is checked again: what holds is the last that was found.
            if (!Integer.valueOf(version).equals(newest.put(id, version))) {
                checks.put(id, new ArrayList<>());
            }
            RiskCheck check = check(columns);
            if (check.getVerdict() != RiskCheck.VerdictEnum.PASS) {
                Objects.requireNonNull(checks.get(id)).add(check);
            }
        });
        found.values()
                .forEach(decision -> decision.setRiskChecks(checks.getOrDefault(decision.getDecisionId(), List.of())));
        return found;
    }

    /** Why something is refused, or waits. */
    static List<Refusal> refusals(Row row) throws SQLException {
        return row.texts("refusal_codes").stream()
                .map(code -> refusal(RefusalCode.valueOf(code)))
                .toList();
    }

    static Refusal refusal(RefusalCode code) {
        return new Refusal(code.name(), code.advice());
    }

    private static Decision decision(ResultSet columns, int number) throws SQLException {
        var row = new Row(columns);
        return new Decision(
                        row.text("decision_id"),
                        row.text("idempotency_key"),
                        row.instant("received_at"),
                        row.text("account_id"),
                        row.text("strategy_id"),
                        row.text("trader_id"),
                        row.text("instrument_id"),
                        Side.fromValue(row.text("side")),
                        row.decimal("quantity"),
                        OrderType.fromValue(row.text("order_type")),
                        Algo.fromValue(row.text("algo")),
                        TimeInForce.fromValue(row.text("time_in_force")),
                        DecisionStatus.fromValue(row.text("status")))
                .receivedBy(row.text("actor"))
                .limitPrice(row.decimalOrNull("limit_price"))
                .startTime(row.instantOrNull("start_time"))
                .endTime(row.instantOrNull("end_time"))
                .orderId(row.textOrNull("order_id"))
                .reason(row.textOrNull("reason"))
                .hold(holdOrNull(columns, row))
                .refusals(refusals(row));
    }

    private static @Nullable Hold holdOrNull(ResultSet columns, Row row) throws SQLException {
        return columns.getInt("hold_version") == 0 ? null : hold(columns, row);
    }

    /** How long something waits for a person, or how that ended. */
    static Hold hold(ResultSet columns, Row row) throws SQLException {
        @Nullable String end = row.textOrNull("hold_end");
        return new Hold(columns.getInt("hold_version"), row.instant("held_until"))
                .end(end == null ? null : Hold.EndEnum.fromValue(end))
                .decidedAt(row.instantOrNull("decided_at"))
                .decidedBy(row.textOrNull("decided_by"))
                .decidedReason(row.textOrNull("decided_reason"));
    }

    static RiskCheck check(ResultSet columns) throws SQLException {
        var row = new Row(columns);
        return new RiskCheck(
                        row.text("rule"),
                        row.text("rule_version"),
                        RiskCheck.VerdictEnum.fromValue(row.text("verdict")),
                        row.instant("checked_at"))
                .measured(row.decimalOrNull("measured"))
                .limit(row.decimalOrNull("limit_value"))
                .unit(row.textOrNull("unit"))
                .code(row.textOrNull("code"))
                .detail(row.textOrNull("detail"));
    }
}
