package org.tradesuite.execution.risk;

import static org.tradesuite.execution.reference.SampleDesk.ACCOUNT;
import static org.tradesuite.execution.reference.SampleDesk.VOD;

import org.tradesuite.execution.marketdata.MarketData;
import org.tradesuite.execution.position.Book;
import org.tradesuite.execution.reference.LimitedOrder;
import org.tradesuite.execution.reference.ReferenceData;

/** Everything the rules look at, added up from a book in which all orders are the same trader's. */
final class RiskRoom {

    static final Exposures.Dealer DEALER = new Exposures.Dealer("VALUE", "apatel", true);

    private RiskRoom() {}

    static Situation situation(ReferenceData reference, MarketData market, Book book, Activity activity) {
        return situation(reference, market, book, activity, new MessageRates());
    }

    static Situation situation(
            ReferenceData reference, MarketData market, Book book, Activity activity, MessageRates rates) {
        var exposures = new Exposures(reference, market, reference.limits().currency(), order -> DEALER);
        book.watch(exposures);
        return new Situation(
                reference, book, activity, exposures, rates, new Switches(), instrument -> null, new ValueDates());
    }

    /** Vodafone for the one account. */
    static LimitedOrder order(ReferenceData reference) {
        return new LimitedOrder(
                reference.instrument(VOD).orElseThrow(),
                reference.account(ACCOUNT).orElseThrow(),
                "VALUE",
                "apatel",
                "EUROPE",
                null);
    }
}
