package org.tradesuite.execution.reference;

import java.util.List;

/** What became of a change of limits. */
public sealed interface LimitsAnswer {

    /** @param limits in force now, in the version that the next change must name */
    record InForce(long version, List<Limit> limits) implements LimitsAnswer {}

    /** Somebody was faster: read the limits again. Nothing was changed. */
    record Stale(long version) implements LimitsAnswer {}

    /** @param reasons what is wrong with the wanted limits, one sentence each. Nothing was changed. */
    record Wrong(List<String> reasons) implements LimitsAnswer {}
}
