/** What the simulated market promises: the same market from the same seed, and a vendor that speaks FIX. */
@NullMarked
package org.tradesuite.suite.market;

import org.jspecify.annotations.NullMarked;
