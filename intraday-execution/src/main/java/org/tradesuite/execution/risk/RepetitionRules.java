package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.tradesuite.execution.reference.Limit;
import org.tradesuite.execution.reference.LimitKind;

/** Has somebody, or something, pressed the key twice? */
final class RepetitionRules {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private RepetitionRules() {}

    /** The same account, instrument, side, quantity and price again within the window. An amendment repeats nothing. */
    static Answer duplicate(Facts facts) {
        if (facts.proposal.replaces() != null) {
            return Answer.pass(Seen.inWords("an amendment is not a repetition"));
        }
        Optional<Instant> last = facts.activity.lastLike(facts.proposal);
        return facts.tightest(
                LimitKind.DUPLICATE_WINDOW_SECONDS,
                RefusalCode.DUPLICATE_WINDOW_MISSING,
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

    /** Messages to brokers within the last second, with the one that this order would be. */
    static Answer messageRate(Facts facts) {
        var rate = BigDecimal.valueOf(facts.activity.messagesWithin(SECOND, facts.now()) + 1L)
                .setScale(0, RoundingMode.UNNECESSARY);
        return facts.tightest(
                LimitKind.MAX_MESSAGES_PER_SECOND,
                RefusalCode.MESSAGE_RATE_LIMIT_MISSING,
                limit -> Answer.within(rate, limit, RefusalCode.MESSAGE_RATE_EXCEEDED, Seen.nothing()));
    }
}
