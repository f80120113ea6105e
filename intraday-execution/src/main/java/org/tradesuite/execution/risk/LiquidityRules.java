package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.marketdata.Quote;
import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.execution.reference.Limit;
import org.tradesuite.execution.reference.LimitKind;

/** Can the market take it, and at what cost? */
final class LiquidityRules {

    private static final BigDecimal BASIS_POINTS = BigDecimal.valueOf(10_000);

    private LiquidityRules() {}

    /**
     * How far bid and ask lie apart, against their middle. A market order needs a quote that is young enough; a limit
     * order says itself what it pays at most, and is only held against a quote if there is one.
     */
    static Answer spread(Facts facts) {
        return facts.tightest(
                LimitKind.MAX_SPREAD_BPS,
                RefusalCode.SPREAD_LIMIT_MISSING,
                any -> apart(facts.market.quote()),
                limit -> facts.withInstrument(instrument -> spread(facts, instrument, limit)));
    }

    /** About how far, in basis points. */
    private static double apart(@Nullable Quote quote) {
        if (quote == null) {
            return Double.NaN;
        }
        var bid = quote.bid().value().doubleValue();
        var ask = quote.ask().value().doubleValue();
        return 20_000 * (ask - bid) / (ask + bid);
    }

    private static Answer spread(Facts facts, Instrument instrument, Limit limit) {
        var quote = facts.market.quote();
        if (quote == null || facts.freshPrice().isEmpty() || quote.mid().value().signum() <= 0) {
            return facts.proposal.limit() != null
                    ? Answer.pass(Seen.inWords("no quote, and the order has a limit"))
                    : Answer.block(RefusalCode.MARKET_PRICE_MISSING, Seen.of("instrument", instrument.id()));
        }
        var apart = quote.ask()
                .value()
                .subtract(quote.bid().value())
                .multiply(BASIS_POINTS)
                .divide(quote.mid().value(), 2, RoundingMode.UP);
        return Answer.within(
                apart, limit, RefusalCode.SPREAD_EXCEEDED, Seen.of("bid", quote.bid(), "ask", quote.ask()));
    }

    /**
     * By how much the order is expected to move the price, if it is worked within the day: a day's volatility times the
     * square root of its part of a day's volume (the square-root law; Torre and Ferrari 1997, Almgren et al. 2005 find
     * coefficients near one).
     */
    static Answer impact(Facts facts) {
        return facts.tightest(
                LimitKind.MAX_IMPACT_BPS,
                RefusalCode.IMPACT_LIMIT_MISSING,
                any -> impactOf(facts) / 100,
                limit -> facts.withInstrument(instrument -> {
                    var adv = instrument.adv();
                    if (adv == null || adv.isZero()) {
                        return Answer.block(RefusalCode.ADV_MISSING, Seen.of("instrument", instrument.id()));
                    }
                    // An estimate: hundredths of a basis point are more than it is good for.
                    var impact = BigDecimal.valueOf((long) Math.ceil(impactOf(facts)), 2);
                    return Answer.within(
                            impact,
                            limit,
                            RefusalCode.IMPACT_EXCEEDED,
                            Seen.of("adv", adv, "volatility", instrument.dailyVolatility()));
                }));
    }

    /** In hundredths of a basis point; not a number if nobody knows the volume. */
    private static double impactOf(Facts facts) {
        return facts.instrument
                .map(each -> each.dailyVolatility().doubleValue() * Math.sqrt(facts.partOfVolume()) * 1_000_000)
                .orElse(Double.NaN);
    }
}
