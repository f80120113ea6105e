package org.tradesuite.execution.risk;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.tradesuite.execution.reference.LimitScope;
import org.tradesuite.execution.reference.LimitedOrder;

/**
 * How many messages went to brokers within the last second, for everybody who may have a limit of it: new orders, cancels
 * and replaces apart and, as RTS 6 Article 15(1)(d) counts them, together. Begins at nothing after a restart, which takes
 * longer than a second. Belongs to one thread.
 */
public final class MessageRates {

    public enum Kind {
        NEW_ORDER,
        CANCEL,
        REPLACE
    }

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final LimitScope[] SCOPES = LimitScope.values();
    private static final Kind[] KINDS = Kind.values();

    private static final class Counts {
        final Map<Kind, Moments> byKind = new EnumMap<>(Kind.class);

        Counts() {
            for (var kind : KINDS) {
                byKind.put(kind, new Moments());
            }
        }

        void add(Kind kind, Instant at) {
            var moments = of(kind);
            moments.forgetBefore(at.minus(SECOND));
            moments.add(at);
        }

        Moments of(Kind kind) {
            return java.util.Objects.requireNonNull(byKind.get(kind));
        }
    }

    private final Map<LimitScope, Map<String, Counts>> counts = new EnumMap<>(LimitScope.class);

    /** A message about the order left. */
    public void sent(Kind kind, LimitedOrder order, Instant at) {
        for (var scope : SCOPES) {
            var name = order.in(scope);
            if (name != null) {
                counts.computeIfAbsent(scope, each -> new HashMap<>())
                        .computeIfAbsent(name, each -> new Counts())
                        .add(kind, at);
            }
        }
    }

    /** Of that kind within the second before now. */
    int within(LimitScope scope, String id, Kind kind, Instant now) {
        var of = counts.getOrDefault(scope, Map.of()).get(id);
        return of == null ? 0 : of.of(kind).after(now.minus(SECOND));
    }

    /** Of all kinds. */
    int within(LimitScope scope, String id, Instant now) {
        var of = counts.getOrDefault(scope, Map.of()).get(id);
        if (of == null) {
            return 0;
        }
        var from = now.minus(SECOND);
        var all = 0;
        for (var kind : KINDS) {
            all += of.of(kind).after(from);
        }
        return all;
    }
}
