package org.tradesuite.execution.risk;

import java.util.List;
import java.util.Objects;

/** Every rule's answer, in the order of the rules. One block refuses the order; all of them are told. */
public record Assessment(List<Check> checks) {

    public Assessment {
        checks = List.copyOf(checks);
    }

    public boolean isRefused() {
        for (var check : checks) {
            if (check.verdict() == Verdict.BLOCK) {
                return true;
            }
        }
        return false;
    }

    /** Why it is refused, each reason once; empty when it is not. */
    public List<RefusalCode> codes() {
        return checks.stream()
                .filter(check -> check.verdict() == Verdict.BLOCK)
                .map(check -> Objects.requireNonNull(check.code()))
                .distinct()
                .toList();
    }

    /** Whether it is refused, and an entitled person could let all that blocks it pass. */
    public boolean isSoft() {
        return isRefused() && codes().stream().noneMatch(RefusalCode::isHard);
    }
}
