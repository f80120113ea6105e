/**
 * The three simulated brokers. Each takes orders over its own FIX version, acknowledges, fills them in parts at the
 * simulated market's price, cancels and replaces by the rules of FIX Appendix D, accepts allocations, and after the close
 * sends a statement of what it did from its own log.
 */
@NullMarked
package org.tradesuite.suite.broker;

import org.jspecify.annotations.NullMarked;
