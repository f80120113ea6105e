package org.tradesuite.reconciliation.broker;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statements whose rows take part, by the number that stands in each row's place.
 *
 * @param of in the order of their numbers
 */
record Statements(List<One> of) {

    /**
     * A statement that counts.
     *
     * @param heading its first line; of a drop copy what was counted in it
     * @param file where it lies now
     * @param member of the file if that is an archive, else empty
     * @param sha256 of its content, unpacked
     * @param bytes about; how much there is to read
     * @param layout by which it was read when it came
     * @param whole whether all its rows take part, or only those that were still missing on our side
     * @param rows to be read by themselves
     */
    record One(
            long id,
            String heading,
            Path file,
            String member,
            String sha256,
            long bytes,
            Layout layout,
            boolean whole,
            List<Row> rows) {

        One {
            rows = List.copyOf(rows);
        }
    }

    /**
     * A row that is read by itself: one that somebody corrected, or one of an earlier day that we still have nothing for.
     *
     * @param text as it was corrected; null if it stands in the file
     * @param offset octets before it in the file
     */
    record Row(int line, long offset, @Nullable String text) {}

    Statements {
        of = List.copyOf(of);
    }

    /** Whether commission and fees can be compared. */
    boolean tellCharges() {
        return of.stream().anyMatch(one -> one.layout().tellsCharges());
    }

    @Nullable
    Long id(long place) {
        return of.get(RowReader.number(place)).id();
    }
}
