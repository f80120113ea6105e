package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.tradesuite.execution.reference.LimitKind;
import org.tradesuite.execution.reference.LimitScope;

/**
 * How much is out, and how much went out today? The thresholds of 15c3-5(c)(1)(i) and RTS 6 Article 15(2): every order
 * counts from when it is sent, over every way in, whether or not it is ever executed.
 */
final class CreditRules {

    private CreditRules() {}

    /** One more works, also if a filled order is made larger. */
    static Answer openOrders(Facts facts) {
        var one = facts.changesWhatWorks() ? 0 : 1;
        return facts.tightest(
                LimitKind.MAX_OPEN_ORDERS,
                RefusalCode.OPEN_ORDERS_LIMIT_MISSING,
                scope -> facts.stake.sum(scope).orders + one,
                limit -> Answer.within(
                        BigDecimal.valueOf((long) facts.stake.sum(limit.scope()).orders + one),
                        limit,
                        RefusalCode.OPEN_ORDERS_EXCEEDED,
                        Seen.nothing()));
    }

    /** What works, each order at its own price, and this one. */
    static Answer working(Facts facts) {
        return inMoney(
                facts,
                LimitKind.MAX_WORKING_NOTIONAL,
                RefusalCode.WORKING_NOTIONAL_LIMIT_MISSING,
                RefusalCode.WORKING_NOTIONAL_EXCEEDED,
                sum -> sum.working);
    }

    /** What was bought and sold today, what works, and this one. */
    static Answer daily(Facts facts) {
        return inMoney(
                facts,
                LimitKind.MAX_DAILY_NOTIONAL,
                RefusalCode.DAILY_NOTIONAL_LIMIT_MISSING,
                RefusalCode.DAILY_NOTIONAL_EXCEEDED,
                sum -> sum.traded + sum.working);
    }

    /** What works on the market, whoever's, and this one. */
    static Answer venue(Facts facts) {
        return facts.withInstrument(instrument -> inMoney(
                facts,
                LimitKind.MAX_VENUE_NOTIONAL,
                RefusalCode.VENUE_NOTIONAL_LIMIT_MISSING,
                RefusalCode.VENUE_NOTIONAL_EXCEEDED,
                any -> facts.exposures.of(LimitScope.MARKET, instrument.mic().value()).working));
    }

    /** What works with the broker, whoever's, and this one. */
    static Answer broker(Facts facts) {
        var broker = Objects.requireNonNull(facts.broker);
        return inMoney(
                facts,
                LimitKind.MAX_BROKER_NOTIONAL,
                RefusalCode.BROKER_NOTIONAL_LIMIT_MISSING,
                RefusalCode.BROKER_NOTIONAL_EXCEEDED,
                any -> facts.exposures.of(LimitScope.BROKER, broker.value()).working);
    }

    private static Answer inMoney(
            Facts facts, LimitKind kind, RefusalCode missing, RefusalCode beyond, ToLongFunction<Sum> out) {
        return facts.tightest(
                kind,
                missing,
                scope -> {
                    var worth = facts.worth();
                    return worth == null
                            ? Double.NaN
                            : (out.applyAsLong(facts.stake.sum(scope)) + worth) / BaseAmount.UNIT;
                },
                limit -> facts.withInstrument(instrument -> {
                    var worth = facts.worth();
                    if (worth == null) {
                        return Answer.block(RefusalCode.PRICE_MISSING, Seen.of("unpriced", instrument.id()));
                    }
                    var before = out.applyAsLong(facts.stake.sum(limit.scope()));
                    var measured = facts.inCurrencyOf(limit, before + worth);
                    if (measured == null) {
                        return facts.noRate(limit);
                    }
                    var seen = Seen.of("adds", BaseAmount.decimal(worth));
                    return worth <= 0
                            ? Answer.pass(measured, limit.amount(), limit.unit(), seen.and("reduces", true))
                            : Answer.within(measured, limit, beyond, seen);
                }));
    }
}
