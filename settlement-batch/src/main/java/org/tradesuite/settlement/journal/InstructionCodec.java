package org.tradesuite.settlement.journal;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.Bic;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Isin;
import org.tradesuite.market.Mic;
import org.tradesuite.market.Money;
import org.tradesuite.market.Quantity;
import org.tradesuite.settlement.instruction.Advice;
import org.tradesuite.settlement.instruction.Advice.ReversalAdvice;
import org.tradesuite.settlement.instruction.Advice.SettlementAdvice;
import org.tradesuite.settlement.instruction.Advice.Standing;
import org.tradesuite.settlement.instruction.Advice.StatusAdvice;
import org.tradesuite.settlement.instruction.Direction;
import org.tradesuite.settlement.instruction.Instruction.Advised;
import org.tradesuite.settlement.instruction.Instruction.Event;
import org.tradesuite.settlement.instruction.Instruction.FailDeclared;
import org.tradesuite.settlement.instruction.Instruction.Instructed;
import org.tradesuite.settlement.instruction.Terms;
import org.tradesuite.settlement.instruction.Terms.StandingVersion;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events of an instruction as the journal keeps them. Values are texts in the form that parses back, numbers too, so
 * that no reader turns them into binary floating point. Field order is fixed: equal events have equal bytes.
 */
final class InstructionCodec {

    static final int SCHEMA_VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private InstructionCodec() {}

    static String type(Event event) {
        return switch (event) {
            case Instructed _ -> "Instructed";
            case Advised(StatusAdvice _) -> "StatusAdvised";
            case Advised(SettlementAdvice _) -> "SliceSettled";
            case Advised(ReversalAdvice _) -> "SliceReversed";
            case FailDeclared _ -> "FailDeclared";
        };
    }

    static String encode(Event event) {
        var json = JSON.createObjectNode();
        switch (event) {
            case Instructed(Terms terms) -> terms(json, terms);
            case Advised(StatusAdvice status) -> status(json, status);
            case Advised(SettlementAdvice slice) -> slice(json, slice);
            case Advised(ReversalAdvice reversal) -> advice(json, reversal).put("reverses", reversal.reverses());
            case FailDeclared(LocalDate since) -> json.put("since", since.toString());
        }
        return json.toString();
    }

    /** @throws IllegalStateException for an event that this version does not know */
    static Event decode(String type, String payload) {
        var json = JSON.readTree(payload);
        return switch (type) {
            case "Instructed" -> new Instructed(terms(json));
            case "StatusAdvised" ->
                new Advised(new StatusAdvice(
                        text(json, "reference"),
                        Instant.parse(text(json, "sentAt")),
                        Standing.valueOf(text(json, "standing")),
                        text(json, "code"),
                        optional(json, "reason"),
                        optional(json, "narrative")));
            case "SliceSettled" -> new Advised(slice(json));
            case "SliceReversed" ->
                new Advised(new ReversalAdvice(
                        text(json, "reference"), Instant.parse(text(json, "sentAt")), text(json, "reverses")));
            case "FailDeclared" -> new FailDeclared(LocalDate.parse(text(json, "since")));
            default -> throw new IllegalStateException("The journal holds an event of unknown type " + type);
        };
    }

    private static void terms(ObjectNode json, Terms terms) {
        json.put("reference", terms.reference());
        json.put("tradeId", terms.tradeId());
        json.put("account", terms.account().value());
        json.put("safekeepingAccount", terms.safekeepingAccount());
        json.put("instrument", terms.instrument().value());
        json.put("isin", terms.isin().value());
        put(json, "placeOfTrade", terms.placeOfTrade());
        json.put("direction", terms.direction().name());
        json.put("quantity", terms.quantity().toString());
        json.put("amount", terms.amount().toString());
        json.put("tradeDate", terms.tradeDate().toString());
        json.put("settlementDate", terms.settlementDate().toString());
        json.put("us", terms.us().value());
        json.put("custodian", terms.custodian().value());
        json.put("placeOfSettlement", terms.placeOfSettlement().value());
        json.put("counterparty", terms.counterparty().value());
        json.put("counterpartyAgent", terms.counterpartyAgent().value());
        put(json, "counterpartyAccount", terms.counterpartyAccount());
        json.put("standing", terms.standing().id());
        json.put("standingVersion", terms.standing().version());
    }

    private static Terms terms(JsonNode json) {
        var placeOfTrade = optional(json, "placeOfTrade");
        return new Terms(
                text(json, "reference"),
                text(json, "tradeId"),
                AccountId.of(text(json, "account")),
                text(json, "safekeepingAccount"),
                InstrumentId.of(text(json, "instrument")),
                Isin.of(text(json, "isin")),
                placeOfTrade == null ? null : Mic.of(placeOfTrade),
                Direction.valueOf(text(json, "direction")),
                Quantity.of(text(json, "quantity")),
                Money.of(text(json, "amount")),
                LocalDate.parse(text(json, "tradeDate")),
                LocalDate.parse(text(json, "settlementDate")),
                Bic.of(text(json, "us")),
                Bic.of(text(json, "custodian")),
                Bic.of(text(json, "placeOfSettlement")),
                Bic.of(text(json, "counterparty")),
                Bic.of(text(json, "counterpartyAgent")),
                optional(json, "counterpartyAccount"),
                new StandingVersion(
                        text(json, "standing"), json.required("standingVersion").intValue()));
    }

    private static ObjectNode advice(ObjectNode json, Advice advice) {
        return json.put("reference", advice.senderReference())
                .put("sentAt", advice.sentAt().toString());
    }

    private static void status(ObjectNode json, StatusAdvice status) {
        advice(json, status).put("standing", status.standing().name()).put("code", status.code());
        put(json, "reason", status.reason());
        put(json, "narrative", status.narrative());
    }

    private static void slice(ObjectNode json, SettlementAdvice slice) {
        advice(json, slice)
                .put("direction", slice.direction().name())
                .put("isin", slice.isin().value())
                .put("safekeepingAccount", slice.safekeepingAccount())
                .put("quantity", slice.quantity().toString())
                .put("amount", slice.amount().toString())
                .put("settledOn", slice.settledOn().toString());
        put(json, "previouslySettled", slice.previouslySettled());
        put(json, "remaining", slice.remaining());
    }

    private static SettlementAdvice slice(JsonNode json) {
        var before = optional(json, "previouslySettled");
        var after = optional(json, "remaining");
        return new SettlementAdvice(
                text(json, "reference"),
                Instant.parse(text(json, "sentAt")),
                Direction.valueOf(text(json, "direction")),
                Isin.of(text(json, "isin")),
                text(json, "safekeepingAccount"),
                Quantity.of(text(json, "quantity")),
                Money.of(text(json, "amount")),
                LocalDate.parse(text(json, "settledOn")),
                before == null ? null : Quantity.of(before),
                after == null ? null : Quantity.of(after));
    }

    private static void put(ObjectNode json, String field, @Nullable Object value) {
        if (value != null) {
            json.put(field, value.toString());
        }
    }

    private static String text(JsonNode json, String field) {
        return json.required(field).stringValue();
    }

    private static @Nullable String optional(JsonNode json, String field) {
        var value = json.get(field);
        return value == null || value.isNull() ? null : value.stringValue();
    }
}
