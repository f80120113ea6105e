package org.tradesuite.execution.engine;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;

/**
 * The ExecIDs that came over one broker's session on one trade date, each with how it looked. They are kept as a chain,
 * newest first: what is known at a moment is one reference, however many they are.
 */
final class SeenExecutions {

    /** ExecIDs are unique within it. */
    record Session(BrokerId broker, LocalDate tradeDate) {}

    record Seen(
            String execId,
            @Nullable String routeId,
            @Nullable Quantity quantity,
            @Nullable Price price,
            char kind,
            @Nullable Seen earlier) {

        private State.Fingerprint fingerprint() {
            return new State.Fingerprint(routeId, quantity, price, kind);
        }
    }

    private final Map<String, Seen> byExecId = new HashMap<>();
    private @Nullable Seen newest;

    SeenExecutions(@Nullable Seen newest) {
        this.newest = newest;
        for (var each = newest; each != null; each = each.earlier) {
            byExecId.putIfAbsent(each.execId, each);
        }
    }

    State.@Nullable Fingerprint get(String execId) {
        var seen = byExecId.get(execId);
        return seen == null ? null : seen.fingerprint();
    }

    void put(String execId, State.Fingerprint look) {
        newest = new Seen(execId, look.routeId(), look.quantity(), look.price(), look.kind(), newest);
        byExecId.put(execId, newest);
    }

    @Nullable
    Seen newest() {
        return newest;
    }
}
