package org.tradesuite.reconciliation.broker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Differences that a pair would have, as rows of {@code found_break} that wait for a person's word. */
final class LeftToExplain {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private LeftToExplain() {}

    static String json(Source source, LocalDate date, List<FoundBreaks.Found> left) {
        var rows = JSON.createArrayNode();
        for (var each : left) {
            rows.addObject()
                    .put("job", BrokerIntake.JOB)
                    .put("reconciled_on", date.toString())
                    .put("break_key", key(each.key()))
                    .put("feed", source.feed().name())
                    .put("break_class", each.breakClass())
                    .put("account_id", each.account())
                    .put("broker_id", source.broker())
                    .put("instrument_id", each.instrument())
                    .put("isin", each.isin())
                    .put("currency", each.currency())
                    .put("reference", each.reference())
                    .put("side", each.side())
                    .put("ours", each.ours())
                    .put("theirs", each.theirs())
                    .put("difference", each.difference())
                    .put("amount_at_risk", each.amountAtRisk())
                    .put("detail", each.detail())
                    .put("our_item", each.ourItem())
                    .put("their_statement", each.statement())
                    .put("their_line", each.line())
                    .put("their_offset", each.offset())
                    .put("cause_code", each.cause());
        }
        return rows.toString();
    }

    /** The identity of a break, as {@code reconciliation.key} makes it. */
    static String key(List<String> parts) {
        return sha256(String.join("|", parts));
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("Every Java platform has SHA-256", absent);
        }
    }
}
