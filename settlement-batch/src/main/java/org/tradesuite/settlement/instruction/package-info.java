/**
 * One settlement instruction from the moment we send it to the custodian until the securities and the cash have moved,
 * or are known never to. Every message the custodian sends about it is kept, and what we believe follows from all of
 * them together: the same messages twice, late or in another order lead to the same belief.
 */
@NullMarked
package org.tradesuite.settlement.instruction;

import org.jspecify.annotations.NullMarked;
