package org.tradesuite.execution.reference;

import java.util.List;

/**
 * What became of a reference file.
 *
 * @param rows in the file, without its header
 * @param accepted rows that are now in force
 * @param changed rows among them that said something new
 * @param failures rows that were not taken; the others were
 */
public record ImportResult(ReferenceKind kind, int rows, int accepted, int changed, List<RowFailure> failures) {

    public ImportResult {
        failures = List.copyOf(failures);
    }

    /**
     * A row that was not taken.
     *
     * @param line of the file, from 1, where the row begins
     * @param text the row as it was sent
     * @param reason what is wrong with it and what to do
     */
    public record RowFailure(long line, String text, String reason) {}
}
