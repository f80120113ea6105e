/**
 * From a trade to an obligation: is it confirmed, do we know where it settles, into which account, and where the
 * counterparty delivers? Each missing answer is an exception with an owner. Crypto settles at its venue on the trade
 * date and needs no instruction.
 */
@NullMarked
package org.tradesuite.settlement.confirmation;

import org.jspecify.annotations.NullMarked;
