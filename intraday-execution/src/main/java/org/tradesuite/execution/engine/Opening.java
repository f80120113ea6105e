package org.tradesuite.execution.engine;

import java.time.LocalDate;
import java.util.List;
import org.tradesuite.execution.position.Book;
import org.tradesuite.execution.reference.OpeningPosition;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.market.Price;

/**
 * What the accounts hold as a day opens. Reference data brings the balances of accounts and instruments we have not traded
 * yet, as on the first day. What we have traded is carried over whatever the file says: it is the sum of our own fills, and
 * a difference is for reconciliation to show, not for an import to paint over.
 */
final class Opening {
    private Opening() {}

    static DeskFact.DayOpened of(LocalDate date, ReferenceData reference, Book book) {
        List<DeskFact.HeldPosition> positions = reference.openingPositions().stream()
                .filter(held -> held.businessDate().equals(date) && !isHeld(book, held))
                .flatMap(held -> reference.instrument(held.instrument()).stream()
                        .map(instrument -> new DeskFact.HeldPosition(
                                held.account(),
                                held.instrument(),
                                instrument.isin() == null
                                        ? null
                                        : instrument.isin().toString(),
                                instrument.currency(),
                                held.quantity(),
                                cost(held.averageCost(), instrument.referencePrice()))))
                .toList();
        List<DeskFact.HeldCash> cash = reference.openingCash().stream()
                .filter(held -> held.businessDate().equals(date)
                        && !book.knowsCash(held.account(), held.balance().currency()))
                .map(held -> new DeskFact.HeldCash(held.account(), held.balance()))
                .toList();
        return new DeskFact.DayOpened(date, positions, cash);
    }

    private static boolean isHeld(Book book, OpeningPosition opening) {
        return book.holdings(opening.account()).stream()
                .anyMatch(line -> line.instrument().equals(opening.instrument()));
    }

    /** A position that came without its cost is carried at the last close. */
    private static Price cost(
            @org.jspecify.annotations.Nullable Price averageCost,
            @org.jspecify.annotations.Nullable Price referencePrice) {
        return averageCost != null ? averageCost : referencePrice != null ? referencePrice : Price.of("0");
    }
}
