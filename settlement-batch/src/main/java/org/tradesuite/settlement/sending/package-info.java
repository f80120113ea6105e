/**
 * Sending instructions: first the instruction is recorded, then its files are written. Killed in between, the next run
 * writes the same bytes under the same reference; the custodian never gets two instructions for one leg of a trade.
 */
@NullMarked
package org.tradesuite.settlement.sending;

import org.jspecify.annotations.NullMarked;
