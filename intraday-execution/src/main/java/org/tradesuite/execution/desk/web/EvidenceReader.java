package org.tradesuite.execution.desk.web;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tradesuite.openapi.execution.model.EvidencedCheck;
import org.tradesuite.openapi.execution.model.LimitUtilisation;
import org.tradesuite.openapi.execution.model.RiskAssessment;
import org.tradesuite.openapi.execution.model.RiskEvidence;
import org.tradesuite.web.ProblemException;

/** Why something was allowed or refused, as it was known at any microsecond; and how full the limits are. */
@Component
class EvidenceReader {

    private static final String CHECKS = """
        select subject_kind, subject_type, subject_version, seq, checked_at, recorded_at, actor, overridden_by,
               override_reason, rule, rule_version, measured, limit_value, unit, verdict, code, detail, limit_scope,
               limit_scope_id, place
        from execution_api.risk_check
        where recorded_at <= coalesce(cast(:asOf as timestamptz), 'infinity')
        """;

    // The kinds apart, so that each finds its stream by its key.
    private static final String OF_DECISION = CHECKS + " and subject_kind = 'DECISION' and decision_id = :decision"
            + " union all " + CHECKS + " and subject_kind = 'AMENDMENT' and order_id = 'O' || :decision"
            + " union all " + CHECKS + " and subject_kind = 'CHILD' and order_id = 'O' || :decision"
            + " order by seq, place";

    private static final String BEGAN = """
        select min(recorded_at) as recorded_at from journal.event
        where chain = 'execution-0' and stream = 'decision/' || :decision and version = 1
        """;

    private static final String DECISION_OF_ORDER =
            "select decision_id from execution.parent_order where order_id = :order";

    private static final String UTILISATION = """
        with newest as (
            select decision_id from execution.decision order by received_at desc, decision_id desc limit 500
        ),
        asked as (
            select c.*, row_number() over (partition by rule, limit_scope, limit_scope_id, unit order by seq desc) as nth,
                   case unit when 'SECONDS' then min(measured) over each_limit else max(measured) over each_limit end
                       as peak
            from newest join execution_api.risk_check c using (decision_id)
            where c.subject_kind = 'DECISION' and c.measured is not null and c.limit_value is not null
              and c.limit_scope is not null
            window each_limit as (partition by rule, limit_scope, limit_scope_id, unit)
        )
        select a.rule, a.limit_scope, a.limit_scope_id, a.unit, a.measured, a.limit_value, a.peak, a.verdict,
               a.checked_at, a.decision_id,
               (select l.warn_at from execution_api.rule r join reference_api.risk_limit l on l.kind = r.limit_kind
                where r.rule = a.rule and l.scope = a.limit_scope and l.scope_id = a.limit_scope_id
                  and l.amount = a.limit_value and l.valid_from <= a.checked_at
                  and (l.valid_until is null or l.valid_until > a.checked_at)
                order by l.valid_from desc limit 1) as warn_at
        from asked a where nth = 1
        order by a.rule, a.limit_scope, a.limit_scope_id, a.unit
        """;

    private final JdbcClient jdbc;

    EvidenceReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<String> decisionOf(String order) {
        return jdbc.sql(DECISION_OF_ORDER)
                .param("order", order)
                .query(String.class)
                .optional();
    }

    /** @throws ProblemException if there was nothing of it then */
    RiskEvidence of(String subject, String decision, @Nullable Instant asOf) {
        Instant began = jdbc.sql(BEGAN)
                .param("decision", decision)
                .query((columns, number) -> new Row(columns).instant("recorded_at"))
                .single();
        if (asOf != null && asOf.isBefore(began)) {
            throw ProblemException.notFound("At " + asOf + " there was no " + subject + " yet: it was recorded at "
                    + began + ". Ask for that time or a later one.");
        }
        List<RiskAssessment> found = new ArrayList<>();
        jdbc.sql(OF_DECISION)
                .param("decision", decision)
                .param("asOf", asOf == null ? null : asOf.atOffset(ZoneOffset.UTC))
                .query(columns -> {
                    long seq = columns.getLong("seq");
                    if (found.isEmpty() || found.getLast().getSeq() != seq) {
                        found.add(assessment(columns, seq));
                    }
                    var row = new Row(columns);
                    var last = found.getLast();
                    last.getChecks().add(check(columns));
                    if (last.getSubject() == RiskAssessment.SubjectEnum.CHILD
                            && row.text("verdict").equals("BLOCK")) {
                        // It did not go; its order waits until it may.
                        last.setOutcome(RiskAssessment.OutcomeEnum.HELD);
                    }
                    String by = row.textOrNull("overridden_by");
                    if (by != null) {
                        last.overriddenBy(by).overrideReason(row.textOrNull("override_reason"));
                    }
                });
        return new RiskEvidence(decision, found).asOf(asOf);
    }

    private static RiskAssessment assessment(ResultSet columns, long seq) throws SQLException {
        var row = new Row(columns);
        return new RiskAssessment(
                RiskAssessment.SubjectEnum.fromValue(row.text("subject_kind")),
                outcome(row.text("subject_type")),
                columns.getInt("subject_version"),
                seq,
                row.instant("checked_at"),
                row.instant("recorded_at"),
                row.text("actor"),
                new ArrayList<>());
    }

    private static RiskAssessment.OutcomeEnum outcome(String type) {
        return switch (type) {
            case "decision-accepted", "order-amendment-allowed", "child-checked" -> RiskAssessment.OutcomeEnum.ACCEPTED;
            case "decision-held", "order-amendment-held" -> RiskAssessment.OutcomeEnum.HELD;
            case "decision-refused", "order-amendment-refused" -> RiskAssessment.OutcomeEnum.REFUSED;
            default -> throw new IllegalStateException("no rule is asked for " + type);
        };
    }

    private static EvidencedCheck check(ResultSet columns) throws SQLException {
        var row = new Row(columns);
        return new EvidencedCheck(
                        row.text("rule"),
                        row.text("rule_version"),
                        EvidencedCheck.VerdictEnum.fromValue(row.text("verdict")))
                .measured(row.decimalOrNull("measured"))
                .limit(row.decimalOrNull("limit_value"))
                .unit(row.textOrNull("unit"))
                .limitScope(row.textOrNull("limit_scope"))
                .limitScopeId(row.textOrNull("limit_scope_id"))
                .code(row.textOrNull("code"))
                .detail(row.textOrNull("detail"));
    }

    /** Of the newest decisions, for each limit what was measured last. */
    List<LimitUtilisation> utilisation() {
        return jdbc.sql(UTILISATION)
                .query((columns, number) -> {
                    var row = new Row(columns);
                    BigDecimal measured = columns.getBigDecimal("measured");
                    BigDecimal limit = columns.getBigDecimal("limit_value");
                    return new LimitUtilisation(
                                    row.text("rule"),
                                    row.text("limit_scope"),
                                    row.text("limit_scope_id"),
                                    row.text("unit"),
                                    Row.plain(measured),
                                    Row.plain(limit),
                                    row.decimalOrNull("peak"),
                                    LimitUtilisation.VerdictEnum.fromValue(row.text("verdict")),
                                    row.instant("checked_at"),
                                    row.text("decision_id"))
                            .usedPercent(share(measured, limit))
                            .warnAt(row.decimalOrNull("warn_at"));
                })
                .list();
    }

    /** None where the limit is zero: any use is beyond it. */
    private static @Nullable String share(BigDecimal measured, BigDecimal limit) {
        return limit.signum() == 0
                ? null
                : measured.movePointRight(2)
                        .divide(limit, 1, RoundingMode.HALF_UP)
                        .toPlainString();
    }
}
