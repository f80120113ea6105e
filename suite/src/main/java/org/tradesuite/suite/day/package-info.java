/**
 * The narrated day: a desk that sends its decisions through the front door from the Tokyo open to the New York close,
 * and the clerk who then runs the end of day and files what it leaves.
 */
@NullMarked
package org.tradesuite.suite.day;

import org.jspecify.annotations.NullMarked;
