/**
 * The market the simulated brokers trade on: a price and a volume for every listed share, minute by minute, and a week
 * of Bitcoin that really traded, replayed. A data vendor publishes it over FIX. The same seed gives the same market.
 */
@NullMarked
package org.tradesuite.suite.market;

import org.jspecify.annotations.NullMarked;
