package org.tradesuite.reporting.evidence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reporting.document.Csv;

/**
 * One subject of the pack as a table. The page and the file are both made of it, so they cannot say different things.
 *
 * @param known whether there is anything from which the subject can be told; without it no row is not none
 */
record Chapter(Subject subject, boolean known, List<Row> rows) {

    Chapter {
        rows = List.copyOf(rows);
    }

    /** @param cells in the order of the subject's columns; null is what is not known or does not apply */
    record Row(List<@Nullable Object> cells) {

        Row {
            cells = Collections.unmodifiableList(new ArrayList<>(cells));
        }
    }

    /** What stands where no row does. */
    String empty() {
        return known
                ? subject.empty()
                : "MISSING: the journal has nothing of the period. That is not the same as none.";
    }

    byte[] csv(Period period) {
        var header = new ArrayList<>(List.of("period_from", "period_to"));
        subject.columns().forEach(column -> header.add(column.name()));
        var csv = new Csv(header.toArray(String[]::new));
        for (var row : rows) {
            var cells = new ArrayList<@Nullable Object>(row.cells().size() + 2);
            cells.add(period.first());
            cells.add(period.last());
            cells.addAll(row.cells());
            csv.row(cells.toArray());
        }
        return csv.bytes();
    }
}
