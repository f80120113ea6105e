package org.tradesuite.execution.risk;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.marketdata.TradingPhase;
import org.tradesuite.execution.position.Book;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.market.InstrumentId;

/**
 * What the rules look at besides the order itself: all that is known at the moment somebody asks.
 *
 * @param phases what the market last said about whether an instrument trades, null where it never said anything
 * @param valueDates when what was dealt and what works is paid
 */
public record Situation(
        ReferenceData reference,
        Book book,
        Activity activity,
        Exposures exposures,
        MessageRates rates,
        Switches switches,
        Function<InstrumentId, @Nullable TradingPhase> phases,
        ValueDates valueDates) {}
