package org.tradesuite.execution.risk;

import java.util.function.Function;

/** A question with a name and a version. */
record Rule(String id, int version, Function<Facts, Answer> question) {

    Check check(Facts facts) {
        var answer = question.apply(facts);
        return new Check(
                id,
                version,
                answer.measured(),
                answer.limit(),
                answer.unit(),
                answer.verdict(),
                answer.code(),
                answer.seen());
    }
}
