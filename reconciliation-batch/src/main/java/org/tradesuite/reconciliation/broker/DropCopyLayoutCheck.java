package org.tradesuite.reconciliation.broker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tradesuite.reconciliation.broker.DropCopyLayout.Holds;
import org.tradesuite.reconciliation.broker.DropCopyLayout.Means;
import org.tradesuite.reconciliation.rules.Flaw;
import org.tradesuite.reconciliation.rules.Flaw.Kind;
import tools.jackson.databind.JsonNode;

/** Whether a layout of a drop copy that somebody entered can be read by, and everything that is wrong with it. */
final class DropCopyLayoutCheck {

    private static final String AT = "$.dropCopyLayout";
    private static final List<Holds> NEEDED = List.of(Holds.EXECUTION, Holds.SIDE, Holds.QUANTITY, Holds.PRICE);

    private final JsonNode layout;
    private final Map<Holds, Set<Integer>> tags = new HashMap<>();
    private final Set<Means> meanings = new HashSet<>();
    private final List<Flaw> flaws = new ArrayList<>();

    private DropCopyLayoutCheck(JsonNode layout) {
        this.layout = layout;
    }

    static List<Flaw> flaws(JsonNode layout) {
        var check = new DropCopyLayoutCheck(layout);
        check.fields();
        check.reports();
        check.needed();
        check.sides();
        return check.flaws;
    }

    private void fields() {
        var at = 0;
        for (var field : layout.path("fields")) {
            var here = AT + ".fields[" + at++ + "]";
            var tag = field.path("tag").asInt(0);
            condition(here, field);
            var word = field.path("holds").asString("");
            var holds = Arrays.stream(Holds.values())
                    .filter(each -> each.name().equals(word))
                    .findFirst();
            if (holds.isEmpty()) {
                flaw(
                        here + ".holds",
                        Kind.COLUMN_UNKNOWN,
                        "'" + word + "' is nothing that a tag holds: one of " + List.of(Holds.values()) + ".");
            } else if (!tags.computeIfAbsent(holds.get(), none -> new HashSet<>())
                    .add(tag)) {
                flaw(here + ".tag", Kind.COLUMN_TWICE, "Tag " + tag + " holds " + word + " twice.");
            }
        }
    }

    private void reports() {
        var taken = new HashSet<String>();
        var at = 0;
        for (var report : layout.path("reports")) {
            var here = AT + ".reports[" + at++ + "]";
            condition(here, report);
            var word = report.path("means").asString("");
            Arrays.stream(Means.values())
                    .filter(each -> each.name().equals(word))
                    .findFirst()
                    .ifPresentOrElse(
                            meanings::add,
                            () -> flaw(
                                    here + ".means",
                                    Kind.INVALID_VALUE,
                                    "'" + word + "' is nothing that a message means: one of " + List.of(Means.values())
                                            + "."));
            var message = report.path("message").asString("");
            if (taken.contains(message)) {
                flaw(
                        here,
                        Kind.INVALID_VALUE,
                        "It never counts: a line above it takes every message " + message
                                + ". Put the one without a condition last.");
            }
            if (report.path("where").asString("").isBlank()) {
                taken.add(message);
            }
        }
    }

    private void condition(String here, JsonNode of) {
        var where = of.path("where");
        if (where.isMissingNode() || where.isNull()) {
            return;
        }
        try {
            FixCondition.of(where.asString(""));
        } catch (IllegalArgumentException wrong) {
            flaw(here + ".where", Kind.INVALID_VALUE, String.valueOf(wrong.getMessage()));
        }
    }

    private void needed() {
        for (var holds : NEEDED) {
            if (!tags.containsKey(holds)) {
                missing("No tag holds " + holds + ", without which an execution cannot be compared.");
            }
        }
        if (!tags.containsKey(Holds.SYMBOL) && !tags.containsKey(Holds.ISIN)) {
            missing("No tag holds SYMBOL or ISIN: nobody would know what was traded.");
        }
        if ((meanings.contains(Means.BUST) || meanings.contains(Means.CORRECTION))
                && !tags.containsKey(Holds.CHANGES)) {
            missing("No tag holds CHANGES: of a bust or a correction nobody would know which execution it is about.");
        }
        for (var holds : List.of(Holds.QUANTITY, Holds.PRICE)) {
            if (tags.containsKey(holds)
                    && !tags.getOrDefault(Holds.SAME, Set.of()).containsAll(tagsOf(holds))) {
                missing("Tag " + tagsOf(holds) + " holds " + holds + " and not SAME: two executions under one id"
                        + " that differ in it would be taken for one that was sent again.");
            }
        }
        if (!meanings.contains(Means.EXECUTION) && !meanings.contains(Means.EXECUTION_IF_QUANTITY)) {
            flaw(AT + ".reports", Kind.INVALID_VALUE, "No message is an execution: nothing would be compared.");
        }
    }

    private Set<Integer> tagsOf(Holds holds) {
        return tags.getOrDefault(holds, Set.of());
    }

    private void sides() {
        var buy = new HashSet<String>();
        layout.path("buy").forEach(each -> buy.add(each.asString("")));
        for (var each : layout.path("sell")) {
            if (buy.contains(each.asString(""))) {
                flaw(AT + ".sell", Kind.INVALID_VALUE, "'" + each.asString("") + "' is a buy and a sell.");
            }
        }
    }

    private void missing(String detail) {
        flaw(AT + ".fields", Kind.COLUMN_MISSING, detail);
    }

    private void flaw(String field, Kind kind, String detail) {
        flaws.add(new Flaw(field, kind, detail));
    }
}
