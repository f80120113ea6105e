package org.tradesuite.reconciliation.broker;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.tradesuite.reconciliation.match.Pass;
import org.tradesuite.reconciliation.match.Tolerance;
import org.tradesuite.reconciliation.rules.Flaw;
import org.tradesuite.reconciliation.rules.Flaw.Kind;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whether passes that somebody entered can be matched by, and everything that is wrong with them. */
final class PassesCheck {

    private static final String AT = "$.passes";
    private static final List<String> COLUMNS = IntStream.range(0, TradeColumns.SHAPE.size())
            .mapToObj(column -> TradeColumns.SHAPE.column(column).name())
            .toList();

    private final JsonNode rules;
    private final JsonMapper json;
    private final List<Flaw> flaws = new ArrayList<>();

    private PassesCheck(JsonNode rules, JsonMapper json) {
        this.rules = rules;
        this.json = json;
    }

    static List<Flaw> flaws(JsonNode rules, JsonMapper json) {
        var check = new PassesCheck(rules, json);
        check.passes();
        check.differences();
        return check.flaws;
    }

    private void passes() {
        var names = new HashSet<String>();
        var rank = 0;
        var at = 0;
        if (rules.path("passes").isEmpty()) {
            flaw(AT + ".passes", Kind.INVALID_VALUE, "There is no pass: nothing would be matched.");
        }
        for (var pass : rules.path("passes")) {
            var here = AT + ".passes[" + at++ + "]";
            if (!names.add(pass.path("name").asString(""))) {
                flaw(
                        here + ".name",
                        Kind.INVALID_VALUE,
                        "Two passes have the same name; a match would not tell by which it was made.");
            }
            var before = flaws.size();
            operators(here, pass);
            columns(here, pass);
            if (flaws.size() == before) {
                whole(here, pass);
            }
            rank = order(here, pass, rank);
        }
    }

    private void operators(String here, JsonNode pass) {
        known(here + ".kind", pass.path("kind"), Pass.Kind.values());
        var at = 0;
        for (var tolerance : pass.path("tolerances")) {
            var there = here + ".tolerances[" + at++ + "]";
            known(there + ".unit", tolerance.path("unit"), Tolerance.Unit.values());
            notNegative(there + ".most", tolerance.path("most"));
        }
    }

    private void known(String field, JsonNode value, Enum<?>[] operators) {
        if (Arrays.stream(operators).noneMatch(each -> each.name().equals(value.asString("")))) {
            flaw(
                    field,
                    Kind.OPERATOR_UNKNOWN,
                    "'" + value.asString("") + "' is not known here: one of " + List.of(operators) + ".");
        }
    }

    private void notNegative(String field, JsonNode value) {
        if (new BigDecimal(value.asString("0")).signum() < 0) {
            flaw(field, Kind.TOLERANCE_NEGATIVE, "A tolerance is zero or more.");
        }
    }

    private void columns(String here, JsonNode pass) {
        var at = 0;
        for (var key : pass.path("keys")) {
            column(here + ".keys[" + at++ + "]", key);
        }
        at = 0;
        for (var nearest : pass.path("nearest")) {
            column(here + ".nearest[" + at++ + "]", nearest);
        }
        at = 0;
        for (var tolerance : pass.path("tolerances")) {
            column(here + ".tolerances[" + at++ + "].column", tolerance.path("column"));
        }
        column(here + ".references", pass.path("references"));
        column(here + ".sum", pass.path("sum"));
    }

    private void column(String field, JsonNode name) {
        if (!name.isMissingNode() && !name.isNull() && !COLUMNS.contains(name.asString(""))) {
            flaw(
                    field,
                    Kind.COLUMN_UNKNOWN,
                    "'" + name.asString("") + "' is no column of the comparison: one of " + COLUMNS + ".");
        }
    }

    /** What single values do not tell: which of them a kind of pass needs, and of what kind a column has to be. */
    private void whole(String here, JsonNode pass) {
        try {
            json.treeToValue(pass, Pass.class).check(TradeColumns.SHAPE);
        } catch (IllegalArgumentException wrong) {
            flaw(here, Kind.INVALID_VALUE, String.valueOf(wrong.getMessage()));
        } catch (JacksonException wrong) {
            var cause = wrong.getCause() == null ? wrong : wrong.getCause();
            flaw(here, Kind.INVALID_VALUE, String.valueOf(cause.getMessage()));
        }
    }

    /** From what names a trade to what is only like it: a weak pass before a strong one would take its items away. */
    private int order(String here, JsonNode pass, int before) {
        var rank = pass.path("proposed").asBoolean(false)
                ? 4
                : switch (pass.path("kind").asString("")) {
                    case "REFERENCE" -> 0;
                    case "COPIES" -> 1;
                    case "EXACT" -> 2;
                    default -> 3;
                };
        if (rank < before) {
            flaw(
                    here,
                    Kind.PASSES_OUT_OF_ORDER,
                    "The order is REFERENCE, COPIES, EXACT, then UNIQUE and SUM, then what is proposed: the weaker pass"
                            + " before it would take away what belongs to this one.");
        }
        return Math.max(rank, before);
    }

    private void differences() {
        var differences = rules.path("differences");
        for (var field : List.of("priceBasisPoints", "amountBasisPoints", "minorUnits")) {
            notNegative(AT + ".differences." + field, differences.path(field));
        }
    }

    private void flaw(String field, Kind kind, String detail) {
        flaws.add(new Flaw(field, kind, detail));
    }
}
