package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.execution.reference.Limit;
import org.tradesuite.execution.reference.LimitKind;
import org.tradesuite.market.Price;

/** Is the price one that nobody in their right mind would deal at? */
final class PriceRules {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private PriceRules() {}

    /**
     * How far the price lies on the wrong side: a buy above, a sale below. The other side cannot hurt and measures below
     * zero. A limit order is held against the market's price, or against the last close when the market is silent. A
     * market order is held against the middle of the quote, and refused when the market is silent: nobody can say what
     * it would trade at.
     */
    static Answer collar(Facts facts) {
        if (facts.instrument.isPresent()
                && facts.account.isPresent()
                && facts.smallest(LimitKind.MAX_QUOTE_AGE_SECONDS) == null) {
            return Answer.block(RefusalCode.QUOTE_AGE_LIMIT_MISSING, Seen.of("limit", "none"));
        }
        return facts.tightest(
                LimitKind.PRICE_COLLAR_PERCENT,
                RefusalCode.PRICE_COLLAR_MISSING,
                any -> worse(facts),
                limit -> facts.withInstrument(instrument -> against(facts, instrument, limit)));
    }

    /**
     * How far the price lies from the market's a while ago, on either side: a market that runs away is looked at by a
     * person before anybody runs after it (RTS 6 Article 15(1)(a), over a period of time). As long as the market has not
     * been heard for a whole period, against the first it said, or against the last close.
     */
    static Answer period(Facts facts) {
        var seconds = facts.smallest(LimitKind.PRICE_COLLAR_PERIOD_SECONDS);
        if (facts.instrument.isPresent() && facts.account.isPresent() && seconds == null) {
            return Answer.block(
                    RefusalCode.PRICE_COLLAR_PERIOD_MISSING, Seen.of("missing", LimitKind.PRICE_COLLAR_PERIOD_SECONDS));
        }
        return facts.tightest(
                LimitKind.PRICE_COLLAR_PERIOD_PERCENT,
                RefusalCode.PRICE_COLLAR_PERIOD_MISSING,
                any -> apart(facts, seconds),
                limit -> facts.withInstrument(instrument -> moved(
                        facts,
                        instrument,
                        limit,
                        Objects.requireNonNull(seconds).longValue())));
    }

    /** About how far it lies on the wrong side, in percent; not a number if the rule has to be asked itself. */
    private static double worse(Facts facts) {
        var fresh = facts.freshPrice();
        var price = facts.proposal.limit() != null
                ? facts.proposal.limit()
                : facts.expectedPrice().orElse(null);
        return fresh.isEmpty() || price == null
                ? Double.NaN
                : facts.proposal.side().sign() * percentApart(price, fresh.get());
    }

    /** About how far it lies from the price of then, on either side. */
    private static double apart(Facts facts, @Nullable BigDecimal seconds) {
        var before = seconds == null ? null : facts.priceAt(facts.now().minusSeconds(seconds.longValue()));
        return before == null || facts.expectedPrice().isEmpty()
                ? Double.NaN
                : Math.abs(percentApart(facts.expectedPrice().get(), before));
    }

    private static double percentApart(Price price, Price from) {
        var base = from.value().doubleValue();
        return base > 0 ? 100 * (price.value().doubleValue() - base) / base : Double.NaN;
    }

    private static Answer moved(Facts facts, Instrument instrument, Limit limit, long seconds) {
        var heard = facts.priceAt(facts.now().minusSeconds(seconds));
        var before = heard != null ? heard : instrument.referencePrice();
        var price = facts.expectedPrice();
        if (before == null || price.isEmpty() || before.value().signum() <= 0) {
            return Answer.block(RefusalCode.PRICE_MISSING, Seen.of("unpriced", instrument.id()));
        }
        var apart = price.get()
                .value()
                .subtract(before.value())
                .abs()
                .multiply(HUNDRED)
                .divide(before.value(), 6, RoundingMode.CEILING);
        return Answer.within(
                apart,
                limit,
                RefusalCode.PRICE_MOVED_TOO_FAR,
                Seen.of("price", price.get(), "before", before, "seconds", seconds));
    }

    private static Answer against(Facts facts, Instrument instrument, Limit collar) {
        var fresh = facts.freshPrice();
        if (fresh.isEmpty() && facts.proposal.limit() == null) {
            var heard = facts.market.lastHeard();
            return Answer.block(
                    RefusalCode.MARKET_PRICE_MISSING,
                    Seen.of("instrument", instrument.id(), "lastHeard", heard.isPresent() ? heard.get() : "never"));
        }
        Optional<Price> reference = fresh.or(() -> Optional.ofNullable(instrument.referencePrice()));
        var limit = facts.proposal.limit();
        Optional<Price> price = limit == null ? facts.expectedPrice() : Optional.of(limit);
        if (reference.isEmpty() || price.isEmpty() || reference.get().value().signum() <= 0) {
            return Answer.block(RefusalCode.PRICE_MISSING, Seen.of("unpriced", instrument.id()));
        }
        var worse = price.get()
                .value()
                .subtract(reference.get().value())
                .multiply(BigDecimal.valueOf(facts.proposal.side().sign()))
                .multiply(HUNDRED)
                .divide(reference.get().value(), 6, RoundingMode.CEILING);
        return Answer.within(
                worse,
                collar,
                RefusalCode.PRICE_OUTSIDE_COLLAR,
                Seen.of(
                        "price",
                        price.get(),
                        "reference",
                        reference.get(),
                        "of",
                        fresh.isPresent() ? "market" : "close"));
    }
}
