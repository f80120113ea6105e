package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a rule found, before its name is put to it. */
record Answer(
        @Nullable BigDecimal measured,
        @Nullable BigDecimal limit,
        String unit,
        Verdict verdict,
        @Nullable RefusalCode code,
        String detail) {

    static final String NO_UNIT = "";
    static final String UNITS = "units";
    static final String PERCENT = "percent";

    /** From this part of a limit on, the desk is told. */
    private static final BigDecimal WARN_FROM = new BigDecimal("0.8");

    static Answer pass(String detail) {
        return new Answer(null, null, NO_UNIT, Verdict.PASS, null, detail);
    }

    static Answer pass(BigDecimal measured, @Nullable BigDecimal limit, String unit, String detail) {
        return new Answer(measured, limit, unit, Verdict.PASS, null, detail);
    }

    static Answer block(RefusalCode code, String detail) {
        return new Answer(null, null, NO_UNIT, Verdict.BLOCK, code, detail);
    }

    static Answer block(RefusalCode code, BigDecimal measured, @Nullable BigDecimal limit, String unit, String detail) {
        return new Answer(measured, limit, unit, Verdict.BLOCK, code, detail);
    }

    /** At the limit is within it. */
    static Answer within(BigDecimal measured, BigDecimal limit, String unit, RefusalCode beyond, String detail) {
        if (measured.compareTo(limit) > 0) {
            return block(beyond, measured, limit, unit, detail);
        }
        var verdict = measured.signum() > 0 && measured.compareTo(limit.multiply(WARN_FROM)) > 0
                ? Verdict.WARN
                : Verdict.PASS;
        return new Answer(measured, limit, unit, verdict, null, detail);
    }

    /** The one of two answers that leaves less room: a block before a warning, then the larger part of its limit. */
    static Answer tighter(Answer first, Answer second) {
        if (first.verdict() != second.verdict()) {
            return first.verdict().compareTo(second.verdict()) > 0 ? first : second;
        }
        if (first.limit() == null || first.measured() == null) {
            return first;
        }
        if (second.limit() == null || second.measured() == null) {
            return second;
        }
        // a/b >= c/d without dividing, and so without trouble at a limit of zero.
        var left = Objects.requireNonNull(first.measured()).multiply(Objects.requireNonNull(second.limit()));
        var right = Objects.requireNonNull(second.measured()).multiply(Objects.requireNonNull(first.limit()));
        return left.compareTo(right) >= 0 ? first : second;
    }
}
