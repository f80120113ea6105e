package org.tradesuite.execution.risk;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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

    /** What went out for one of them. */
    static final class Counts {
        private final Map<Kind, Moments> byKind = new EnumMap<>(Kind.class);

        private Counts() {
            for (var kind : KINDS) {
                byKind.put(kind, new Moments());
            }
        }

        private void add(Kind kind, Instant at) {
            var moments = of(kind);
            moments.forgetBefore(at.minus(SECOND));
            moments.add(at);
        }

        private Moments of(Kind kind) {
            return Objects.requireNonNull(byKind.get(kind));
        }

        /** Of that kind within the second before now. */
        int within(Kind kind, Instant now) {
            return of(kind).after(now.minus(SECOND));
        }

        /** Of all kinds. */
        int within(Instant now) {
            var from = now.minus(SECOND);
            var all = 0;
            for (var moments : byKind.values()) {
                all += moments.after(from);
            }
            return all;
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

    /** Null if nothing ever went out for it. */
    @Nullable
    Counts of(LimitScope scope, String id) {
        var ofScope = counts.get(scope);
        return ofScope == null ? null : ofScope.get(id);
    }
}
