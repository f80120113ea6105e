package org.tradesuite.reconciliation.statement;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A page whose lines are in the database, waiting to be put together with the others of its statement.
 *
 * @param id under which its lines are kept
 * @param sum of the booked entries
 * @param says the same for pages that say the same
 * @param moves the same for pages with the same movements
 * @param wrong what is wrong with the page itself
 */
public record KeptPage(
        long id,
        Page page,
        Place place,
        long lines,
        long booked,
        BigDecimal sum,
        @Nullable LocalDate firstDate,
        @Nullable LocalDate lastDate,
        String says,
        String moves,
        @Nullable Verdict wrong) {

    /**
     * Where the page stands.
     *
     * @param sha256 of the file
     * @param member of an archive, else empty
     */
    public record Place(String fileName, String sha256, String member, Span span) {}

    public int number() {
        return page.number();
    }
}
