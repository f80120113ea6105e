package org.tradesuite.reporting.mifir;

import org.tradesuite.market.Lei;

/** Who reports: the executing entity, which also submits the file. */
record Firm(Lei lei, String country) {}
