package org.tradesuite.execution.desk.web;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.engine.DeskFact;
import org.tradesuite.execution.engine.Recorded;
import org.tradesuite.execution.risk.Check;
import org.tradesuite.market.Price;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/**
 * An accepted decision that was just committed, written as the contract has it straight from its fact. The same words
 * as {@link CommittedDecision} and in the same order, which a test holds against each other; this one makes no object
 * for each of the checks and asks no serializer how to write it.
 */
final class DecisionAnswer {

    /** The names of a check, of which there are many in every answer, quoted once. */
    private static final SerializableString RULE = new SerializedString("rule");

    private static final SerializableString RULE_VERSION = new SerializedString("ruleVersion");
    private static final SerializableString VERDICT = new SerializedString("verdict");
    private static final SerializableString CHECKED_AT = new SerializedString("checkedAt");
    private static final SerializableString CODE = new SerializedString("code");
    private static final SerializableString DETAIL = new SerializedString("detail");
    private static final SerializableString LIMIT = new SerializedString("limit");
    private static final SerializableString MEASURED = new SerializedString("measured");
    private static final SerializableString UNIT = new SerializedString("unit");

    private DecisionAnswer() {}

    static void write(Recorded recorded, DeskFact.DecisionAccepted accepted, JsonGenerator out) {
        DeskFact.Decision decision = accepted.decision();
        String at = recorded.at().toString();
        out.writeStartObject();
        out.writeStringProperty("decisionId", recorded.id());
        out.writeStringProperty("idempotencyKey", decision.idempotencyKey());
        out.writeStringProperty("receivedAt", at);
        out.writeStringProperty("accountId", decision.account().toString());
        out.writeStringProperty("strategyId", decision.strategy());
        out.writeStringProperty("traderId", decision.trader());
        out.writeStringProperty("instrumentId", decision.instrument().toString());
        out.writeStringProperty("side", decision.side().name());
        out.writeStringProperty("quantity", Row.plain(decision.quantity().value()));
        out.writeStringProperty("orderType", decision.type().name());
        out.writeStringProperty("algo", decision.algo().name());
        out.writeStringProperty("timeInForce", decision.timeInForce().name());
        out.writeStringProperty("status", "ACCEPTED");
        time(out, "endTime", decision.end());
        Price limit = decision.limit();
        number(out, "limitPrice", limit == null ? null : limit.value());
        out.writeStringProperty("orderId", accepted.orderId());
        if (recorded.reason() != null) {
            out.writeStringProperty("reason", recorded.reason());
        }
        out.writeStringProperty("receivedBy", recorded.actor());
        out.writeName("refusals");
        out.writeStartArray();
        out.writeEndArray();
        out.writeName("riskChecks");
        out.writeStartArray();
        for (Check check : accepted.checks().raised()) {
            write(check, at, out);
        }
        out.writeEndArray();
        time(out, "startTime", decision.start());
        out.writeEndObject();
    }

    private static void write(Check check, String at, JsonGenerator out) {
        out.writeStartObject();
        text(out, RULE, check.rule());
        text(out, RULE_VERSION, Integer.toString(check.version()));
        text(out, VERDICT, check.verdict().name());
        text(out, CHECKED_AT, at);
        if (check.code() != null) {
            text(out, CODE, check.code().name());
        }
        text(out, DETAIL, check.detail());
        if (check.limit() != null) {
            text(out, LIMIT, Row.plain(check.limit()));
        }
        if (check.measured() != null) {
            text(out, MEASURED, Row.plain(check.measured()));
        }
        text(out, UNIT, check.unit());
        out.writeEndObject();
    }

    private static void text(JsonGenerator out, SerializableString name, String value) {
        out.writeName(name);
        out.writeString(value);
    }

    private static void number(JsonGenerator out, String name, @Nullable BigDecimal value) {
        if (value != null) {
            out.writeStringProperty(name, Row.plain(value));
        }
    }

    private static void time(JsonGenerator out, String name, @Nullable Instant time) {
        if (time != null) {
            out.writeStringProperty(name, time.toString());
        }
    }
}
