package org.tradesuite.execution.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tradesuite.execution.reference.TradingListEntry.ListedScope;

/** The lists of compliance by what is on them. Immutable. */
final class TradingLists {

    private final Map<String, List<TradingListEntry>> byInstrument = new HashMap<>();
    private final Map<String, List<TradingListEntry>> byIssuer = new HashMap<>();

    TradingLists(List<TradingListEntry> entries) {
        for (var entry : entries) {
            (entry.scope() == ListedScope.INSTRUMENT ? byInstrument : byIssuer)
                    .computeIfAbsent(entry.scopeId(), id -> new ArrayList<>(1))
                    .add(entry);
        }
    }

    /** Everything that any list says about the instrument or its issuer, also what has ended or not begun. */
    List<TradingListEntry> about(Instrument instrument) {
        if (byInstrument.isEmpty() && byIssuer.isEmpty()) {
            return List.of();
        }
        var about = byInstrument.getOrDefault(instrument.id().value(), List.of());
        var lei = instrument.issuerLei();
        if (lei != null) {
            about = joined(about, byIssuer.getOrDefault(lei.value(), List.of()));
        }
        var issuer = instrument.issuer();
        return issuer == null ? about : joined(about, byIssuer.getOrDefault(issuer, List.of()));
    }

    private static List<TradingListEntry> joined(List<TradingListEntry> one, List<TradingListEntry> other) {
        if (other.isEmpty()) {
            return one;
        }
        if (one.isEmpty()) {
            return other;
        }
        var both = new ArrayList<>(one);
        both.addAll(other);
        return both;
    }
}
