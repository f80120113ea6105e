package org.tradesuite.execution.reference;

import org.jspecify.annotations.Nullable;

/**
 * One version of a limit and where it came from.
 *
 * @param enteredBy who proposed it, or imported the file it was in
 * @param approvedBy absent for one that was imported
 * @param changeId of the proposal; absent for one that was imported
 */
public record KeptLimit(
        Limit limit,
        String reason,
        String enteredBy,
        @Nullable String approvedBy,
        @Nullable Long changeId) {}
