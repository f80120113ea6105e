package org.tradesuite.execution.position;

import java.math.BigDecimal;
import java.util.Optional;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;

/** What one unit of an instrument is worth in a currency now; empty when nobody can say. */
@FunctionalInterface
public interface Valuation {

    Optional<BigDecimal> unitValue(InstrumentId instrument, Currency in);
}
