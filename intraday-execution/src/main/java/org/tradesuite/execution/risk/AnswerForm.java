package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is the same in many answers of a rule. Fifty rules answer about every order, and nearly always as they did about
 * the one before it: a journal that tells their forms once has no more to tell of an order than the numbers.
 *
 * @param measures whether the answer has a measure or a limit
 * @param limit the limit, where it is one that somebody has set; null where there is none or it differs from answer to
 *     answer
 * @param seen what the rule saw, with a gap at the end of each slot that is not always the same
 */
public record AnswerForm(
        String rule,
        int version,
        Verdict verdict,
        @Nullable RefusalCode code,
        String unit,
        boolean measures,
        @Nullable BigDecimal limit,
        List<Slot> seen) {

    /**
     * A name with its value, or where the value differs from answer to answer, what stands before it.
     *
     * @param text {@code state=ACTIVE}, or {@code adds=} with a gap
     */
    public record Slot(String text, boolean gap) {}

    public AnswerForm {
        seen = List.copyOf(seen);
    }

    public static AnswerForm of(Check check) {
        return new AnswerForm(
                check.rule(),
                check.version(),
                check.verdict(),
                check.code(),
                check.unit(),
                check.measured() != null || check.limit() != null,
                check.seen().tells(check.limit()) ? check.limit() : null,
                check.seen().slots());
    }

    /**
     * The answer again.
     *
     * @param of the limit, where the form does not have it
     * @param values what stood in the gaps, in their order, each as it is written
     */
    public Check check(@Nullable BigDecimal measured, @Nullable BigDecimal of, List<String> values) {
        return new Check(
                rule,
                version,
                measured,
                limit != null ? limit : of,
                unit,
                verdict,
                code,
                Seen.again(seen, Objects.requireNonNull(values)));
    }

    /** How many values an answer of this form has. */
    public int gaps() {
        var gaps = 0;
        for (var slot : seen) {
            if (slot.gap()) {
                gaps++;
            }
        }
        return gaps;
    }
}
