package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.reference.Limit;

/** What a rule found, before its name is put to it. */
record Answer(
        @Nullable BigDecimal measured,
        @Nullable BigDecimal limit,
        String unit,
        Verdict verdict,
        @Nullable RefusalCode code,
        Seen seen) {

    static final String NO_UNIT = "";
    static final String UNITS = "UNITS";

    static Answer pass(Seen seen) {
        return new Answer(null, null, NO_UNIT, Verdict.PASS, null, seen);
    }

    static Answer pass(BigDecimal measured, @Nullable BigDecimal limit, String unit, Seen seen) {
        return new Answer(measured, limit, unit, Verdict.PASS, null, seen);
    }

    static Answer block(RefusalCode code, Seen seen) {
        return new Answer(null, null, NO_UNIT, Verdict.BLOCK, code, seen);
    }

    static Answer block(RefusalCode code, BigDecimal measured, @Nullable BigDecimal limit, String unit, Seen seen) {
        return new Answer(measured, limit, unit, Verdict.BLOCK, code, seen);
    }

    /** At the limit is within it; above where the limit warns, the desk is told. */
    static Answer within(BigDecimal measured, Limit limit, RefusalCode beyond, Seen seen) {
        var under = seen.under(limit);
        if (measured.compareTo(limit.amount()) > 0) {
            return block(beyond, measured, limit.amount(), limit.unit(), under);
        }
        var verdict = limit.warns(measured) ? Verdict.WARN : Verdict.PASS;
        return new Answer(measured, limit.amount(), limit.unit(), verdict, null, under);
    }

    /** The same, naming the limit that was asked. */
    Answer under(Limit asked) {
        return seen.namesLimit() ? this : new Answer(measured, limit, unit, verdict, code, seen.under(asked));
    }

    /** The one of two answers that leaves less room. */
    static Answer tighter(Answer first, Answer second) {
        return second.isTighterThan(first) ? second : first;
    }

    /** Whether it leaves less room than the other: a block before a warning, then the larger part of its limit. */
    boolean isTighterThan(Answer other) {
        if (verdict != other.verdict) {
            return verdict.compareTo(other.verdict) > 0;
        }
        if (other.limit == null || other.measured == null) {
            return false;
        }
        if (limit == null || measured == null) {
            return true;
        }
        // a/b > c/d without dividing, and so without trouble at a limit of zero.
        return measured.multiply(other.limit).compareTo(other.measured.multiply(limit)) > 0;
    }
}
