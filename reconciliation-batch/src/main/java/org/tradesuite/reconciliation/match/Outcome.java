package org.tradesuite.reconciliation.match;

/** What comes out, told as it is found; the order of the calls means nothing. Called by one thread. */
public interface Outcome {

    /** These belong together; at least one of each side. */
    void matched(Pass pass, Items ours, Items theirs);

    /** These may belong together: a person has to say. They come as {@link #left} as well. */
    void proposed(Pass pass, Items ours, Items theirs);

    /**
     * Nothing was found for these.
     *
     * @param items all that are left of a side and say the same in the columns by which a finding is known, in the order
     *     of all that they say
     */
    void left(Book book, Items items);
}
