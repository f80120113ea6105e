package org.tradesuite.execution.reference;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.tradesuite.market.Currency;

/** One unit of the base currency is worth so many units of the quote currency. */
public record FxRate(LocalDate date, Currency base, Currency quote, BigDecimal rate) {}
