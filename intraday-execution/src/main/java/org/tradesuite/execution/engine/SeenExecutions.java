package org.tradesuite.execution.engine;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * The ExecIDs that came over one broker's session on one trade date, each with how it looked. They are kept as a chain,
 * newest first: what is known at a moment is one reference, however many they are.
 */
final class SeenExecutions {

    /** ExecIDs are unique within it. */
    record Session(BrokerId broker, LocalDate tradeDate) {}

    record Seen(
            String execId,
            String order,
            @Nullable Side side,
            @Nullable Quantity quantity,
            @Nullable Price price,
            @Nullable Instant transactTime,
            char kind,
            @Nullable Seen earlier) {

        private Fingerprint fingerprint() {
            return new Fingerprint(order, side, quantity, price, transactTime, kind);
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

    @Nullable
    Fingerprint get(String execId) {
        var seen = byExecId.get(execId);
        return seen == null ? null : seen.fingerprint();
    }

    void put(String execId, Fingerprint look) {
        newest = new Seen(
                execId,
                look.order(),
                look.side(),
                look.quantity(),
                look.price(),
                look.transactTime(),
                look.kind(),
                newest);
        byExecId.put(execId, newest);
    }

    @Nullable
    Seen newest() {
        return newest;
    }
}
