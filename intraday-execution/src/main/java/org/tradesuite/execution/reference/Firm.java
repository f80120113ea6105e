package org.tradesuite.execution.reference;

import org.tradesuite.market.Bic;
import org.tradesuite.market.Lei;

/** Ourselves. */
public record Firm(Lei lei, Bic bic, String name, String country) {}
