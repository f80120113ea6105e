package org.tradesuite.reconciliation.broker;

import org.tradesuite.reconciliation.statement.Feed;

/**
 * Where a broker says what we traded: its statement of the day and its drop copy are two, each compared with us on its own.
 *
 * @param feed BROKER_TRADE or BROKER_DROP_COPY
 */
record Source(String broker, Feed feed) {

    /** By which the breaks of it are told. */
    String judged() {
        return feed + " " + broker;
    }

    boolean isDropCopy() {
        return feed == Feed.BROKER_DROP_COPY;
    }

    @Override
    public String toString() {
        return isDropCopy() ? broker + "-drop-copy" : broker;
    }
}
