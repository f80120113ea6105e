/**
 * What cannot go on by itself: a trade nobody confirmed, a counterparty without standing instruction, an instruction
 * the custodian rejected. Each has a kind, a sentence that says what to do, and a desk that owns it until it is closed.
 */
@NullMarked
package org.tradesuite.settlement.exceptions;

import org.jspecify.annotations.NullMarked;
