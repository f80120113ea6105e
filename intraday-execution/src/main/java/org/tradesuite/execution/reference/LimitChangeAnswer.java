package org.tradesuite.execution.reference;

import java.util.List;

/** What became of a proposal, an approval, a rejection or a withdrawal. Only the first of these changed anything. */
public sealed interface LimitChangeAnswer {

    record Taken(LimitChange change) implements LimitChangeAnswer {}

    /** Somebody was faster: what was proposed is about limits that are no longer so. */
    record Stale(String why) implements LimitChangeAnswer {}

    /** @param reasons what is wrong with it, one sentence each */
    record Wrong(List<String> reasons) implements LimitChangeAnswer {}

    /** Who proposed it cannot decide it. */
    record MakerIsChecker(String maker) implements LimitChangeAnswer {}

    /** Only who proposed it can withdraw it. */
    record NotTheMaker(String maker) implements LimitChangeAnswer {}

    /** It was approved, rejected or withdrawn before. */
    record DecidedBefore(LimitChange change) implements LimitChangeAnswer {}

    record NotThere() implements LimitChangeAnswer {}
}
