package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.tradesuite.execution.reference.Limit;
import org.tradesuite.execution.reference.LimitKind;
import org.tradesuite.execution.reference.LimitScope;
import org.tradesuite.execution.risk.MessageRates.Kind;

/** Has somebody, or something, pressed the key twice, or does not take its finger off it? */
final class ThroughputRules {

    private static final Answer NO_REPETITION = Answer.pass(Seen.inWords("an amendment is not a repetition"));

    private ThroughputRules() {}

    /** The same account, instrument, side, quantity and price again within the window. An amendment repeats nothing. */
    static Answer duplicate(Facts facts) {
        if (facts.amends()) {
            return NO_REPETITION;
        }
        Optional<Instant> last = facts.activity.lastLike(facts.proposal);
        return facts.tightest(
                LimitKind.DUPLICATE_WINDOW_SECONDS,
                RefusalCode.DUPLICATE_WINDOW_MISSING,
                any -> last.isPresent() ? Double.NaN : 0,
                limit -> last.map(at -> since(at, facts.now(), limit))
                        .orElseGet(() -> Answer.pass(Seen.inWords("nothing like it lately"))));
    }

    private static Answer since(Instant last, Instant now, Limit window) {
        var passed = BigDecimal.valueOf(Duration.between(last, now).toMillis(), 3);
        var seen = Seen.of("last", last);
        return passed.compareTo(window.amount()) < 0
                ? Answer.block(RefusalCode.DUPLICATE_ORDER, passed, window.amount(), window.unit(), seen)
                : Answer.pass(passed, window.amount(), window.unit(), seen);
    }

    /** All messages to brokers within the last second, with the one that this would be. */
    static Answer messages(Facts facts) {
        return facts.tightest(
                LimitKind.MAX_MESSAGES_PER_SECOND,
                RefusalCode.MESSAGE_RATE_LIMIT_MISSING,
                scope -> all(facts, scope),
                limit -> rate(all(facts, limit.scope()), limit));
    }

    static Answer newOrders(Facts facts) {
        return of(facts, Kind.NEW_ORDER, LimitKind.MAX_NEW_ORDERS_PER_SECOND, !facts.amends());
    }

    /** A cancel is never held up: who cancels too fast gets no new order. */
    static Answer cancels(Facts facts) {
        return of(facts, Kind.CANCEL, LimitKind.MAX_CANCELS_PER_SECOND, false);
    }

    static Answer replaces(Facts facts) {
        return of(facts, Kind.REPLACE, LimitKind.MAX_REPLACES_PER_SECOND, facts.amends());
    }

    private static Answer of(Facts facts, Kind kind, LimitKind limited, boolean one) {
        return facts.tightest(
                limited,
                RefusalCode.MESSAGE_RATE_LIMIT_MISSING,
                scope -> sent(facts, scope, kind, one),
                limit -> rate(sent(facts, limit.scope(), kind, one), limit));
    }

    private static int all(Facts facts, LimitScope scope) {
        var counts = facts.sent(scope);
        return counts == null ? 1 : counts.within(facts.now()) + 1;
    }

    private static int sent(Facts facts, LimitScope scope, Kind kind, boolean one) {
        var counts = facts.sent(scope);
        return (counts == null ? 0 : counts.within(kind, facts.now())) + (one ? 1 : 0);
    }

    private static Answer rate(int count, Limit limit) {
        return Answer.within(BigDecimal.valueOf(count), limit, RefusalCode.MESSAGE_RATE_EXCEEDED, Seen.nothing());
    }
}
