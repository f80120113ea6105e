package org.tradesuite.execution.publish;

/** A line to a broker came up or went down. */
public record LinesChanged() {}
