package org.tradesuite.execution.risk;

import org.tradesuite.execution.marketdata.MarketData;
import org.tradesuite.execution.position.Book;
import org.tradesuite.execution.reference.ReferenceData;

/** What the rules look at besides the order itself: all that is known at the moment somebody asks. */
public record Situation(
        ReferenceData reference,
        MarketData market,
        Book book,
        Activity activity,
        Exposures exposures,
        MessageRates rates,
        Switches switches) {

    /** With nothing stopped. */
    public Situation(
            ReferenceData reference,
            MarketData market,
            Book book,
            Activity activity,
            Exposures exposures,
            MessageRates rates) {
        this(reference, market, book, activity, exposures, rates, new Switches());
    }
}
