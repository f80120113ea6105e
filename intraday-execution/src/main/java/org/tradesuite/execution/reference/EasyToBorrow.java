package org.tradesuite.execution.reference;

import org.tradesuite.market.InstrumentId;

/**
 * An instrument of which so much is lent out that nobody has to ask beforehand.
 *
 * @param source whose list it is on
 */
public record EasyToBorrow(InstrumentId instrument, Validity validity, String source) {}
