package org.tradesuite.execution.reference;

import org.tradesuite.market.InstrumentId;

/** An instrument that fell so far that it may be sold short only above the best bid (Regulation SHO, rule 201). */
public record ShortSaleRestriction(InstrumentId instrument, Validity validity, String reason) {}
