/**
 * At the end of the day the fills of one account with one broker in one instrument and direction become one trade at
 * the average price, with commission, fees, net amount and settlement date; and a block bought for several accounts is
 * divided among them.
 */
@NullMarked
package org.tradesuite.execution.allocation;

import org.jspecify.annotations.NullMarked;
