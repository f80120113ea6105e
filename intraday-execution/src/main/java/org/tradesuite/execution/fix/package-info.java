/**
 * The desk's lines to its brokers. An order leaves here as the FIX message that broker wants to read, and what the
 * broker says comes back in the desk's own words, whichever version of FIX it speaks. A broker's habits are kept in a
 * file per broker. Nothing is decided here: what a report means for an order is for the order to say.
 */
@NullMarked
package org.tradesuite.execution.fix;

import org.jspecify.annotations.NullMarked;
