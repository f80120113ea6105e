package org.tradesuite.execution.position;

import java.math.BigDecimal;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Price;

/** Every instrument is quoted in the same currency at the same price, and one rate brings it into any other. */
public record AtOnePrice(Price price, Currency currency, BigDecimal rate) implements Valuation {

    public static AtOnePrice of(String price, Currency currency, String rate) {
        return new AtOnePrice(Price.of(price), currency, new BigDecimal(rate));
    }

    @Override
    public Price price(InstrumentId instrument) {
        return price;
    }

    @Override
    public Currency currency(InstrumentId instrument) {
        return currency;
    }

    @Override
    public BigDecimal rate(Currency from, Currency to) {
        return from.equals(to) ? BigDecimal.ONE : rate;
    }
}
