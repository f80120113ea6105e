/**
 * Trades as our brokers report them at the end of the day, each broker in its own layout, paired with the trades and
 * fills we booked and compared in quantity, price, charges and settlement date.
 */
@NullMarked
package org.tradesuite.reconciliation.broker;

import org.jspecify.annotations.NullMarked;
