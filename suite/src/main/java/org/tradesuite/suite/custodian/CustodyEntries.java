package org.tradesuite.suite.custodian;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The custodian's log entries as JSON, written and read back. */
final class CustodyEntries {

    private CustodyEntries() {}

    static ObjectNode instruction(Order order) {
        ObjectNode entry = entry("instruction", order);
        return entry.put("isin", order.isin())
                .put("safe", order.safekeepingAccount())
                .put("receive", order.receive())
                .put("quantity", order.quantity().toPlainString())
                .put("amount", order.amount().toPlainString())
                .put("currency", order.currency())
                .put("tradeDate", order.tradeDate().toString())
                .put("settlementDate", order.settlementDate().toString())
                .put("place", order.placeOfSettlement())
                .put("counterparty", order.counterparty());
    }

    static ObjectNode statements(LocalDate date, CustodyStatements.Statements statements) {
        ObjectNode entry = CustodyLog.JSON.createObjectNode();
        entry.put("type", "statements").put("date", date.toString());
        ArrayNode pages = entry.putArray("pages");
        statements
                .pages()
                .forEach(page -> pages.addObject().put("file", page.name()).put("text", page.text()));
        ArrayNode closings = entry.putArray("closings");
        for (CustodyStatements.CashClosing closing : statements.closings()) {
            ArrayNode owed = closings.addObject()
                    .put("number", closing.number())
                    .put("reported", closing.reported().toPlainString())
                    .put("statements", closing.statements())
                    .putArray("owed");
            for (Books.Entry line : closing.owed()) {
                owed.addObject()
                        .put("date", line.date().toString())
                        .put("amount", line.amount().toPlainString())
                        .put("reference", line.reference())
                        .put("ourReference", line.ourReference())
                        .put("kind", line.kind().name());
            }
        }
        entry.set("faults", json(statements.faults()));
        return entry;
    }

    private static ArrayNode json(List<SeededFault> faults) {
        ArrayNode array = CustodyLog.JSON.createArrayNode();
        for (SeededFault fault : faults) {
            array.addObject()
                    .put("date", fault.date().toString())
                    .put("fault", fault.fault().name())
                    .put("account", fault.account())
                    .put("number", fault.number())
                    .put("subject", fault.subject())
                    .put("correct", fault.correct())
                    .put("reported", fault.reported());
        }
        return array;
    }

    static SeededFault fault(JsonNode json) {
        return new SeededFault(
                LocalDate.parse(json.get("date").asString()),
                StatementFault.valueOf(json.get("fault").asString()),
                json.get("account").asString(),
                json.get("number").asString(),
                json.get("subject").asString(),
                text(json, "correct"),
                text(json, "reported"));
    }

    static @Nullable String text(JsonNode json, String name) {
        JsonNode value = json.get(name);
        return value == null || value.isNull() ? null : value.asString();
    }

    static ObjectNode entry(String type, Order order) {
        return CustodyLog.JSON.createObjectNode().put("type", type).put("reference", order.reference());
    }

    static Books.Entry owed(JsonNode line) {
        return new Books.Entry(
                LocalDate.parse(line.get("date").asString()),
                new BigDecimal(line.get("amount").asString()),
                line.get("reference").asString(),
                line.get("ourReference").asString(),
                Books.Kind.valueOf(line.get("kind").asString()));
    }

    static Order order(JsonNode entry) {
        return new Order(
                entry.get("reference").asString(),
                entry.get("safe").asString(),
                entry.get("isin").asString(),
                entry.get("receive").asBoolean(),
                new BigDecimal(entry.get("quantity").asString()),
                new BigDecimal(entry.get("amount").asString()),
                text(entry, "currency"),
                LocalDate.parse(entry.get("tradeDate").asString()),
                LocalDate.parse(entry.get("settlementDate").asString()),
                entry.get("place").asString(),
                entry.get("counterparty").asString());
    }
}
