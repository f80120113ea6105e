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

    /** The same page as one of another statement. */
    public KeptPage of(Page.Key key) {
        return new KeptPage(id, page.of(key), place, lines, booked, sum, firstDate, lastDate, says, moves, wrong);
    }

    /** Line by line and in its balances. */
    public boolean saysTheSame(KeptPage other) {
        return says.equals(other.says)
                && same(page.opening(), other.page.opening())
                && same(page.closing(), other.page.closing());
    }

    private static boolean same(@Nullable Balance one, @Nullable Balance other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return one.amount().compareTo(other.amount()) == 0;
    }

    public int number() {
        return page.number();
    }
}
