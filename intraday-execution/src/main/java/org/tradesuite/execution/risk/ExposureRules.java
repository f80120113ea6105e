package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.execution.reference.Limit;
import org.tradesuite.execution.reference.LimitKind;
import org.tradesuite.execution.reference.LimitScope;
import org.tradesuite.execution.risk.Stake.Change;

/**
 * Would we hold too much if this order and everything that works traded in full? Each is measured for whom its limit
 * holds: the firm, a client, a desk, an account. Who is over a limit already may always come down, but not through zero
 * and out on the other side.
 */
final class ExposureRules {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private ExposureRules() {}

    /** The net line in the instrument, at the price the order would trade at, on the side the order makes larger. */
    static Answer positionNotional(Facts facts) {
        return facts.tightest(
                LimitKind.MAX_POSITION_NOTIONAL,
                RefusalCode.POSITION_LIMIT_MISSING,
                scope -> facts.estimatedWorth(facts.stake.estimatedLine(scope)),
                limit -> facts.withInstrument(instrument -> positionNotional(facts, instrument, limit)));
    }

    private static Answer positionNotional(Facts facts, Instrument instrument, Limit limit) {
        var in = Objects.requireNonNull(limit.currency());
        var price = facts.expectedPrice();
        if (price.isEmpty()) {
            return Answer.block(RefusalCode.PRICE_MISSING, Seen.of("unpriced", instrument.id()));
        }
        var rate = facts.reference.fxRate(instrument.currency(), in);
        if (rate.isEmpty()) {
            return Answer.block(RefusalCode.FX_RATE_MISSING, Seen.of("from", instrument.currency(), "to", in));
        }
        var line = facts.stake.line(limit.scope());
        var measured = line.after()
                .abs()
                .multiply(price.get().value())
                .multiply(rate.get())
                .setScale(in.scale(), RoundingMode.UP);
        return within(
                facts.amends() ? line.reduces() && facts.costsNoMore() : line.reduces(),
                measured,
                limit,
                RefusalCode.POSITION_LIMIT_EXCEEDED,
                Seen.of("held", line.held(), "after", line.after(), "price", price.get()));
    }

    static Answer positionQuantity(Facts facts) {
        return facts.tightest(
                LimitKind.MAX_POSITION_QUANTITY,
                RefusalCode.POSITION_QUANTITY_LIMIT_MISSING,
                facts.stake::estimatedLine,
                limit -> {
                    var line = facts.stake.line(limit.scope());
                    return within(
                            line.reduces(),
                            line.after().abs(),
                            limit,
                            RefusalCode.POSITION_QUANTITY_EXCEEDED,
                            Seen.of("held", line.held(), "after", line.after()));
                });
    }

    /** Longs and shorts added up, each line as far as what works may take it. */
    static Answer gross(Facts facts) {
        return facts.tightest(
                LimitKind.MAX_GROSS_EXPOSURE,
                RefusalCode.GROSS_EXPOSURE_LIMIT_MISSING,
                scope -> estimated(facts, scope, facts.stake.gross(scope)),
                limit -> inMoney(facts, limit, facts.stake.gross(limit.scope()), RefusalCode.GROSS_EXPOSURE_EXCEEDED));
    }

    /** Longs less shorts, on the side where all that works would make it larger. */
    static Answer net(Facts facts) {
        return facts.tightest(
                LimitKind.MAX_NET_EXPOSURE,
                RefusalCode.NET_EXPOSURE_LIMIT_MISSING,
                scope -> estimated(facts, scope, facts.stake.net(scope)),
                limit -> inMoney(facts, limit, facts.stake.net(limit.scope()), RefusalCode.NET_EXPOSURE_EXCEEDED));
    }

    /** Gross exposure as a part of what everything is worth: above 100 with borrowed money or sold short. */
    static Answer leverage(Facts facts) {
        return facts.tightest(
                LimitKind.MAX_LEVERAGE_PERCENT,
                RefusalCode.LEVERAGE_LIMIT_MISSING,
                scope -> estimatedShare(facts, scope, facts.stake.gross(scope)),
                limit -> {
                    if (!facts.stake.isValued(limit.scope())) {
                        return unvalued(facts);
                    }
                    var change = facts.stake.gross(limit.scope());
                    return share(facts, limit, change, RefusalCode.LEVERAGE_EXCEEDED);
                });
    }

    static Answer issuer(Facts facts) {
        return concentration(facts, LimitKind.MAX_ISSUER_PERCENT, Sum.Dimension.ISSUER);
    }

    static Answer sector(Facts facts) {
        return concentration(facts, LimitKind.MAX_SECTOR_PERCENT, Sum.Dimension.SECTOR);
    }

    static Answer country(Facts facts) {
        return concentration(facts, LimitKind.MAX_COUNTRY_PERCENT, Sum.Dimension.COUNTRY);
    }

    static Answer currency(Facts facts) {
        return concentration(facts, LimitKind.MAX_CURRENCY_PERCENT, Sum.Dimension.CURRENCY);
    }

    /** The part of what everything is worth that has the instrument's issuer, sector, country or currency. */
    private static Answer concentration(Facts facts, LimitKind kind, Sum.Dimension dimension) {
        return facts.tightest(
                kind,
                RefusalCode.CONCENTRATION_LIMIT_MISSING,
                scope -> estimatedShare(facts, scope, dimension),
                limit -> facts.withInstrument(instrument -> {
                    var value = Exposures.value(dimension, instrument);
                    if (value == null) {
                        return Answer.pass(Seen.of(dimension, "none"));
                    }
                    if (!facts.stake.isValued(limit.scope())) {
                        return unvalued(facts);
                    }
                    return share(
                            facts,
                            limit,
                            facts.stake.part(limit.scope(), dimension, value),
                            RefusalCode.CONCENTRATION_EXCEEDED);
                }));
    }

    private static double estimated(Facts facts, LimitScope scope, Change change) {
        return facts.stake.isValued(scope) ? change.after() / BaseAmount.UNIT : Double.NaN;
    }

    private static double estimatedShare(Facts facts, LimitScope scope, Sum.Dimension dimension) {
        var value = facts.instrument.isEmpty() ? null : Exposures.value(dimension, facts.instrument.get());
        return value == null ? 0 : estimatedShare(facts, scope, facts.stake.part(scope, dimension, value));
    }

    private static double estimatedShare(Facts facts, LimitScope scope, Change change) {
        var worth = facts.stake.netAssets(scope);
        return facts.stake.isValued(scope) && worth > 0 ? 100.0 * change.after() / worth : Double.NaN;
    }

    private static Answer share(Facts facts, Limit limit, Change change, RefusalCode beyond) {
        var worth = facts.stake.netAssets(limit.scope());
        var seen = Seen.of("amount", BaseAmount.decimal(change.after()), "netAssets", BaseAmount.decimal(worth));
        if (change.reduces()) {
            return Answer.pass(seen.and("reduces", true));
        }
        if (worth <= 0) {
            return Answer.block(RefusalCode.NET_ASSETS_NOT_POSITIVE, seen);
        }
        var measured = BigDecimal.valueOf(change.after())
                .multiply(HUNDRED)
                .divide(BigDecimal.valueOf(worth), 4, RoundingMode.UP);
        return Answer.within(measured, limit, beyond, seen);
    }

    private static Answer inMoney(Facts facts, Limit limit, Change change, RefusalCode beyond) {
        if (!facts.stake.isValued(limit.scope())) {
            return unvalued(facts);
        }
        var measured = facts.inCurrencyOf(limit, change.after());
        return measured == null
                ? facts.noRate(limit)
                : within(
                        change.reduces(),
                        measured,
                        limit,
                        beyond,
                        Seen.of("adds", BaseAmount.decimal(change.after() - change.before())));
    }

    private static Answer within(boolean reduces, BigDecimal measured, Limit limit, RefusalCode beyond, Seen seen) {
        return reduces
                ? Answer.pass(measured, limit.amount(), limit.unit(), seen.and("reduces", true))
                : Answer.within(measured, limit, beyond, seen);
    }

    private static Answer unvalued(Facts facts) {
        return Answer.block(
                RefusalCode.PRICE_MISSING,
                Seen.of("unpriced", facts.exposures.unvalued(), "in", facts.exposures.base()));
    }
}
