package org.tradesuite.execution.risk;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A question with a name and a version. Any number of threads may ask. */
final class Rule {

    /** An answer and the check that was made of it. */
    private record Given(Answer answer, Check check) {}

    private final String id;
    private final int version;
    private final Function<Facts, Answer> question;

    /** Many rules nearly always give the same answer. Threads may write over each other; each sees a whole pair. */
    private @Nullable Given lastGiven;

    Rule(String id, int version, Function<Facts, Answer> question) {
        this.id = id;
        this.version = version;
        this.question = question;
    }

    String id() {
        return id;
    }

    int version() {
        return version;
    }

    @SuppressWarnings("ReferenceEquality") // an answer that is always the same is one object
    Check check(Facts facts) {
        var answer = question.apply(facts);
        var given = lastGiven;
        if (given != null && given.answer() == answer) {
            return given.check();
        }
        var check = new Check(
                id,
                version,
                answer.measured(),
                answer.limit(),
                answer.unit(),
                answer.verdict(),
                answer.code(),
                answer.seen());
        if (answer.measured() == null) {
            lastGiven = new Given(answer, check);
        }
        return check;
    }
}
