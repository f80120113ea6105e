package org.tradesuite.execution.publish;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.engine.Commit;
import org.tradesuite.execution.engine.DeskFact;
import org.tradesuite.execution.engine.Recorded;
import org.tradesuite.execution.risk.Check;
import org.tradesuite.execution.risk.Verdict;

/**
 * What rules warned of or blocked, for the eyes of whoever looks at the console; the journal has every answer. One line for
 * each rule in a commit, however many orders it stopped in it: a storm of orders must not become a storm of alerts.
 */
final class RuleAlerts {

    /** @param kind RULE_WARNED or RULE_BLOCKED */
    record RuleAlert(Instant at, String kind, String subject, String text) {}

    private record Said(String rule, Verdict verdict) {}

    private record Last(Recorded about, Check check, int times) {}

    private RuleAlerts() {}

    static List<RuleAlert> of(Commit commit) {
        Map<Said, Last> said = new LinkedHashMap<>();
        for (Recorded recorded : commit.facts()) {
            if (recorded.fact() instanceof DeskFact fact) {
                for (Check check : raised(fact)) {
                    said.merge(
                            new Said(check.rule(), check.verdict()),
                            new Last(recorded, check, 1),
                            (before, last) -> new Last(last.about(), last.check(), before.times() + 1));
                }
            }
        }
        return said.entrySet().stream()
                .map(each -> alert(each.getKey(), each.getValue()))
                .toList();
    }

    private static List<Check> raised(DeskFact fact) {
        return switch (fact) {
            case DeskFact.DecisionAccepted accepted -> accepted.checks().raised();
            case DeskFact.DecisionHeld held -> held.checks().raised();
            case DeskFact.DecisionRefused refused -> refused.checks().raised();
            case DeskFact.AmendmentAllowed allowed -> allowed.checks().raised();
            case DeskFact.AmendmentRefused refused -> refused.checks().raised();
            case DeskFact.AmendmentHeld held -> held.checks().raised();
            case DeskFact.ChildChecked child -> child.checks().raised();
            default -> List.of();
        };
    }

    private static RuleAlert alert(Said said, Last last) {
        var check = last.check();
        var others = last.times() == 1 ? "" : " and " + (last.times() - 1) + " more";
        var figures = check.measured() == null
                ? ""
                : " " + plain(check.measured())
                        + (check.limit() == null ? "" : " against " + plain(check.limit()))
                        + (check.unit().isEmpty() ? "" : " " + check.unit());
        return new RuleAlert(
                last.about().at(),
                said.verdict() == Verdict.BLOCK ? "RULE_BLOCKED" : "RULE_WARNED",
                said.rule(),
                last.about().id() + others + ":" + figures + " " + check.detail());
    }

    private static String plain(@Nullable BigDecimal value) {
        return value == null ? "" : value.toPlainString();
    }
}
