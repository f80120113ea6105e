/**
 * The last thing the market said about each instrument: the quote, the trade, the volume of the day, and how old they are.
 */
@NullMarked
package org.tradesuite.execution.marketdata;

import org.jspecify.annotations.NullMarked;
