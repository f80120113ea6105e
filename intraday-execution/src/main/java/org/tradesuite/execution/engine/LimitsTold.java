package org.tradesuite.execution.engine;

/**
 * Up to where the journal has told of the limits.
 *
 * @param version of the register
 * @param newest the number of the newest version of a limit
 */
record LimitsTold(long version, long newest) {

    static final LimitsTold NOTHING = new LimitsTold(0, 0);
}
