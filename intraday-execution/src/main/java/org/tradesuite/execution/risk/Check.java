package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One rule's answer about one order, kept with the order.
 *
 * @param version of the rule: it changes when the rule may answer differently
 * @param measured absent where nothing could be measured
 * @param limit absent where the rule has none, or none was found
 * @param unit of both: UNITS, PERCENT, SECONDS, PER_SECOND or a currency
 * @param code why it blocks; absent otherwise
 * @param seen what the rule saw
 */
public record Check(
        String rule,
        int version,
        @Nullable BigDecimal measured,
        @Nullable BigDecimal limit,
        String unit,
        Verdict verdict,
        @Nullable RefusalCode code,
        Seen seen) {

    /** What the rule saw, in words. */
    public String detail() {
        return seen.toString();
    }
}
