package org.tradesuite.execution.position;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Price;

/** What instruments are worth now; null where nobody can say. */
public interface Valuation {

    /** Of one unit, in the instrument's currency. */
    @Nullable
    Price price(InstrumentId instrument);

    @Nullable
    Currency currency(InstrumentId instrument);

    /** What one unit of a currency is worth in another. */
    @Nullable
    BigDecimal rate(Currency from, Currency to);
}
