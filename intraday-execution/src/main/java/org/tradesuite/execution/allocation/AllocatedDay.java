package org.tradesuite.execution.allocation;

import java.util.List;

/** The trades of a day, and the fills that could not become one because something is not known: a person's work. */
public record AllocatedDay(List<Trade> trades, List<Unallocated> unallocated) {

    /** Fills without a trade and what is missing. */
    public record Unallocated(List<DayFill> fills, String reason) {}
}
