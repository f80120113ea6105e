package org.tradesuite.execution.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.risk.Breaker;

/**
 * How the breakers stand, and the oddities each has noted since it last moved, so that a restart forgives nobody. A fold of
 * {@link BreakerFact}.
 */
final class BreakerBook {

    /** No window is longer. */
    static final Duration KEPT = Duration.ofHours(1);

    record Noted(
            BreakerFact.Measure measure,
            Instant at,
            @Nullable String about) {}

    /** As values. */
    record Content(Map<String, Breaker> moved, Map<String, List<Noted>> noted) {
        static Content empty() {
            return new Content(new LinkedHashMap<>(), new LinkedHashMap<>());
        }
    }

    private final Map<String, Breaker> moved;
    private final Map<String, List<Noted>> noted;

    /** Takes over the maps. */
    BreakerBook(Content content) {
        moved = content.moved();
        noted = content.noted();
    }

    Content content() {
        return new Content(new LinkedHashMap<>(moved), new LinkedHashMap<>(noted));
    }

    void apply(BreakerFact fact, Instant at) {
        var id = Breaker.id(fact.kind(), fact.of());
        switch (fact) {
            case BreakerFact.Moved to -> {
                moved.put(id, new Breaker(to.kind(), to.of(), to.to(), to.reason(), to.by(), at));
                noted.remove(id);
            }
            case BreakerFact.Noted one -> {
                var oldest = at.minus(KEPT);
                var all = new ArrayList<Noted>();
                for (var each : noted.getOrDefault(id, List.of())) {
                    if (each.at().isAfter(oldest)) {
                        all.add(each);
                    }
                }
                all.add(new Noted(one.measure(), at, one.about()));
                noted.put(id, List.copyOf(all));
            }
        }
    }

    /** Null if it never moved. */
    @Nullable
    Breaker of(String breakerId) {
        return moved.get(breakerId);
    }

    /** Those that ever moved. */
    List<Breaker> all() {
        return List.copyOf(moved.values());
    }

    Map<String, List<Noted>> noted() {
        return Map.copyOf(noted);
    }
}
