package org.tradesuite.execution.risk;

/** What a rule says: in order, only told, because a limit is near, or refused. */
public enum Verdict {
    PASS,
    WARN,
    BLOCK
}
