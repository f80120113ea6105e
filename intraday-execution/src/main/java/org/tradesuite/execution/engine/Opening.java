package org.tradesuite.execution.engine;

import java.time.LocalDate;
import java.util.List;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.market.Price;

/**
 * What the accounts hold as a day opens. Reference data may bring opening balances of its own for that date, as on the
 * first day; what it does not mention is carried over.
 */
final class Opening {
    private Opening() {}

    static DeskFact.DayOpened of(LocalDate date, ReferenceData reference) {
        List<DeskFact.HeldPosition> positions = reference.openingPositions().stream()
                .filter(held -> held.businessDate().equals(date))
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
                .filter(held -> held.businessDate().equals(date))
                .map(held -> new DeskFact.HeldCash(held.account(), held.balance()))
                .toList();
        return new DeskFact.DayOpened(date, positions, cash);
    }

    /** A position that came without its cost is carried at the last close. */
    private static Price cost(
            @org.jspecify.annotations.Nullable Price averageCost,
            @org.jspecify.annotations.Nullable Price referencePrice) {
        return averageCost != null ? averageCost : referencePrice != null ? referencePrice : Price.of("0");
    }
}
