package org.tradesuite.suite.evidence;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The oracle: counts in the raw journal, event by event, what the reports say they counted. It knows nothing of the views
 * they are made of.
 */
final class JournalCount {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What a rule answered once. */
    record Answer(
            String type,
            String rule,
            int version,
            String verdict,
            String detail,
            BigDecimal measured,
            BigDecimal limit,
            boolean letPass) {

        /** Whether something was held against something. */
        boolean isMeasured() {
            return measured.compareTo(NONE) > 0 && limit.compareTo(NONE) > 0;
        }

        boolean isOfLimit() {
            return isMeasured() && detail.startsWith("limit=");
        }

        /** The limit it was held against: {@code FIRM:*}. */
        String whose() {
            return detail.substring("limit=".length()).split(" ", 2)[0];
        }
    }

    /** Smaller than anything that is measured. */
    private static final BigDecimal NONE = new BigDecimal("-1e30");

    private final List<Answer> answers = new ArrayList<>();
    private final Map<Integer, JsonNode> forms = new HashMap<>();
    private final Map<String, Integer> types = new TreeMap<>();
    private int asked;

    JournalCount(JdbcClient owner) {
        owner.sql("select type, payload::text as payload from journal.event where chain = 'execution-0' order by seq")
                .query((row, number) -> Map.entry(row.getString("type"), row.getString("payload")))
                .list()
                .forEach(event -> add(event.getKey(), JSON.readTree(event.getValue())));
    }

    /** Values that a check leaves out at its end are those last told at their places by the checks before it. */
    private void add(String type, JsonNode payload) {
        types.merge(type, 1, Integer::sum);
        if (type.equals("answer-form")) {
            forms.put(payload.path("number").asInt(), payload);
        }
        var checks = payload.path("checks");
        if (checks.isEmpty()) {
            return;
        }
        asked++;
        var told = new ArrayList<JsonNode>();
        for (var check : checks) {
            for (var place = 1; place < check.size(); place++) {
                if (place > told.size()) {
                    told.add(check.path(place));
                } else {
                    told.set(place - 1, check.path(place));
                }
            }
            var form = Objects.requireNonNull(
                    forms.get(check.isNumber() ? check.asInt() : check.path(0).asInt()));
            var measures = form.path("measures").asBoolean();
            var limit = form.path("limit");
            var verdict = form.path("verdict").asString();
            answers.add(new Answer(
                    type,
                    form.path("rule").asString(),
                    form.path("version").asInt(),
                    verdict,
                    detail(form, told, !measures ? 0 : limit.isNumber() ? 1 : 2),
                    measures ? number(told.getFirst()) : NONE,
                    limit.isNumber() ? limit.decimalValue() : measures ? number(told.get(1)) : NONE,
                    verdict.equals("BLOCK") && payload.path("override").has("by")));
        }
    }

    private static String detail(JsonNode form, List<JsonNode> told, int firstValue) {
        var detail = new StringJoiner(" ");
        var place = firstValue;
        for (var slot : form.path("seen")) {
            var text = slot.asString();
            detail.add(
                    text.endsWith("%s")
                            ? text.substring(0, text.length() - 2)
                                    + told.get(place++).asString()
                            : text);
        }
        return detail.toString();
    }

    private static BigDecimal number(JsonNode value) {
        return value.isNumber() ? value.decimalValue() : NONE;
    }

    /** How often the rules were asked of something. */
    int asked() {
        return asked;
    }

    List<Answer> answers() {
        return answers;
    }

    int of(String type) {
        return types.getOrDefault(type, 0);
    }
}
