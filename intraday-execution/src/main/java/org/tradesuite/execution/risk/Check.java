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

    /**
     * Whether a glance tells that the form of both is the same; if it is false it may be the same still. Nearly every
     * answer of a rule is like the one before it, made in the same place of the same names.
     */
    @SuppressWarnings("ReferenceEquality")
    public boolean isPlainlyLike(Check other) {
        if (this == other) {
            return true;
        }
        return verdict == other.verdict
                && code == other.code
                && version == other.version
                && (measured == null) == (other.measured == null)
                && (limit == null) == (other.limit == null)
                && seen.tells(limit) == other.seen.tells(other.limit)
                && unit.equals(other.unit)
                && rule.equals(other.rule)
                && seen.isPlainlyLike(other.seen);
    }

    /** The same number for two answers of a rule that have the same form, and hardly ever for others. */
    @SuppressWarnings("EnumOrdinal") // only spreads numbers within a process
    public int likeness() {
        return 31 * seen.likeness() + 31 * 31 * verdict.ordinal() + (code == null ? 0 : code.hashCode());
    }

    /** What the rule saw, in words. */
    public String detail() {
        return seen.toString();
    }
}
