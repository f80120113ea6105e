/**
 * Transaction cost analysis. A cost is positive when we did worse than the benchmark, in money and in basis points
 * alike, and is never clamped: a negative cost is a gain. The shortfall of an order is measured on all it was meant to
 * trade (decision price times ordered quantity); slippage against arrival and against the interval VWAP on what was
 * executed. Sources: Perold (1988), Wagner and Edwards (1993), Kissell (2014) chapter 3, Johnson (2010) chapter 6.
 */
@NullMarked
package org.tradesuite.reporting.tca;

import org.jspecify.annotations.NullMarked;
