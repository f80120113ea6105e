package org.tradesuite.reconciliation.match;

/** One step on the way of an item: it takes items of both sides in, then works them off and hands on what is left. */
interface Stage extends AutoCloseable {

    /** May be called by several threads. */
    void take(Book book, byte[] octets, int at, int length, Scratch scratch);

    /** Works off everything; the next stage takes what is left. */
    void run(Workers workers);

    @Override
    void close();
}
