package org.tradesuite.settlement.custodian;

import org.tradesuite.settlement.custodian.Reading.Problem;

/** Leaves the reading of a message at the first thing that is wrong; never leaves the package. */
final class RefusedText extends RuntimeException {

    private final Problem problem;

    RefusedText(Problem problem, String detail) {
        super(detail, null, false, false);
        this.problem = problem;
    }

    Reading.Unreadable asReading() {
        return new Reading.Unreadable(problem, String.valueOf(getMessage()));
    }
}
