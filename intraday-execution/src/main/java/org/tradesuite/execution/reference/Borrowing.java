package org.tradesuite.execution.reference;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.InstrumentId;

/** What can be borrowed, and what may be sold short only above the bid. Immutable. */
final class Borrowing {

    private final Map<AccountId, Map<InstrumentId, BigDecimal>> located = new HashMap<>();
    private final Map<InstrumentId, List<Validity>> easy = new HashMap<>();
    private final Map<InstrumentId, List<Validity>> restricted = new HashMap<>();

    /** @param date of the locates that count: a lender gives its word for a day */
    Borrowing(Rulebook rulebook, LocalDate date) {
        for (var locate : rulebook.locates()) {
            if (locate.businessDate().equals(date)) {
                located.computeIfAbsent(locate.account(), account -> new HashMap<>())
                        .merge(locate.instrument(), locate.quantity().value(), BigDecimal::add);
            }
        }
        for (var each : rulebook.easyToBorrow()) {
            easy.computeIfAbsent(each.instrument(), instrument -> new ArrayList<>(1))
                    .add(each.validity());
        }
        for (var each : rulebook.shortSaleRestrictions()) {
            restricted
                    .computeIfAbsent(each.instrument(), instrument -> new ArrayList<>(1))
                    .add(each.validity());
        }
    }

    BigDecimal located(AccountId account, InstrumentId instrument) {
        var ofAccount = located.get(account);
        return ofAccount == null ? BigDecimal.ZERO : ofAccount.getOrDefault(instrument, BigDecimal.ZERO);
    }

    boolean isEasy(InstrumentId instrument, Instant at) {
        return holds(easy.get(instrument), at);
    }

    boolean isRestricted(InstrumentId instrument, Instant at) {
        return holds(restricted.get(instrument), at);
    }

    private static boolean holds(@Nullable List<Validity> validities, Instant at) {
        if (validities != null) {
            for (var validity : validities) {
                if (validity.holdsAt(at)) {
                    return true;
                }
            }
        }
        return false;
    }
}
