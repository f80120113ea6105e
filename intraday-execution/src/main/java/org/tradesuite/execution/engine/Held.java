package org.tradesuite.execution.engine;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.risk.Check;
import org.tradesuite.execution.risk.RefusalCode;
import org.tradesuite.execution.risk.Verdict;
import org.tradesuite.market.Price;

/**
 * A decision that only soft rules block: it waits until an entitled person lets it pass or refuses it. It moves nothing
 * meanwhile: no exposure, no cash, no message.
 *
 * @param version of its stream when it was held last: what the person who decides has seen
 * @param by who handed it in, and therefore does not let it pass
 * @param price the market's when it was handed in, by which its delay is measured later
 * @param blocks what blocked it when it was held last
 * @param until when it is refused by itself
 */
record Held(
        String decisionId,
        int version,
        DeskFact.Decision decision,
        String by,
        Instant since,
        @Nullable Price price,
        List<RefusalCode> codes,
        List<Block> blocks,
        Instant until) {

    /** One rule that blocked, as the person saw it. */
    record Block(
            String rule,
            RefusalCode code,
            @Nullable BigDecimal measured,
            @Nullable BigDecimal limit) {

        static Block of(Check check) {
            return new Block(check.rule(), Objects.requireNonNull(check.code()), check.measured(), check.limit());
        }

        /**
         * Whether whoever accepted this block accepted that one too: the same reason, going no further beyond a limit that
         * is no tighter. A rule blocks beyond its limit, or, as a window of seconds does, below it.
         */
        boolean covers(Block now) {
            if (!rule.equals(now.rule) || code != now.code) {
                return false;
            }
            if (measured == null || limit == null || now.measured == null || now.limit == null) {
                return measured == null && now.measured == null;
            }
            var below = measured.compareTo(limit) < 0;
            var further = below ? measured.compareTo(now.measured) : now.measured.compareTo(measured);
            var tighter = below ? now.limit.compareTo(limit) : limit.compareTo(now.limit);
            return further <= 0 && tighter <= 0;
        }
    }

    static Held of(String decisionId, int version, DeskFact.DecisionHeld fact) {
        return new Held(
                decisionId,
                version,
                fact.decision(),
                fact.by(),
                fact.since(),
                fact.price(),
                fact.codes(),
                blocks(fact.checks().raised()),
                fact.until());
    }

    /** Whether nothing blocks now but what was seen. */
    boolean covers(List<Check> checks) {
        return covers(blocks, checks);
    }

    /** Whether nothing blocks now but what was seen. */
    static boolean covers(List<Block> seen, List<Check> checks) {
        return blocks(checks).stream().allMatch(now -> seen.stream().anyMatch(each -> each.covers(now)));
    }

    static List<Block> blocks(List<Check> checks) {
        var blocks = new ArrayList<Block>();
        for (var check : checks) {
            if (check.verdict() == Verdict.BLOCK) {
                blocks.add(Block.of(check));
            }
        }
        return List.copyOf(blocks);
    }
}
