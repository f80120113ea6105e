package org.tradesuite.execution.risk;

/** What a rule says: in order, only told (from 80 percent of a limit on), or refused. */
public enum Verdict {
    PASS,
    WARN,
    BLOCK
}
