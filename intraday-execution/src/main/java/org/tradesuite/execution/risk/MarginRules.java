package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.reference.AssetClass;
import org.tradesuite.execution.reference.LimitScope;
import org.tradesuite.execution.reference.MarginRate;
import org.tradesuite.execution.reference.MarginType;

/**
 * Does the account bring what it has to, if all that works and this traded? A margin account pays a part and borrows the
 * rest. What it is worth (longs, less shorts, and cash, which has the proceeds of short sales in it) is held against what
 * each asset class asks. A cash account pays in full: that is for {@link CashRules#buyingPower}.
 */
final class MarginRules {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private static final Answer PAYS_IN_FULL =
            Answer.pass(Seen.inWords("a cash account pays in full: see BUYING_POWER"));

    private MarginRules() {}

    /** Regulation T: half of what is bought, and half of what is sold short besides its proceeds, by the table. */
    static Answer initial(Facts facts) {
        return within(
                facts,
                MarginRate::initialPercent,
                rate -> rate.shortInitialPercent().subtract(HUNDRED),
                RefusalCode.MARGIN_EXCEEDED);
    }

    /** What it is worth must bear that every holding loses its haircut at once, longs falling and shorts rising. */
    static Answer haircut(Facts facts) {
        return within(facts, MarginRate::haircutPercent, MarginRate::haircutPercent, RefusalCode.HAIRCUT_EXCEEDED);
    }

    private static Answer within(
            Facts facts,
            Function<MarginRate, BigDecimal> ofLongs,
            Function<MarginRate, BigDecimal> ofShorts,
            RefusalCode beyond) {
        return facts.withInstrument(instrument -> {
            if (facts.account.isEmpty()) {
                return Answer.block(RefusalCode.ACCOUNT_UNKNOWN, Seen.of("account", facts.proposal.account()));
            }
            if (facts.account.get().marginType() == MarginType.CASH) {
                return PAYS_IN_FULL;
            }
            var change = facts.stake.gross(LimitScope.ACCOUNT);
            var added = change.after() - change.before();
            if (added <= 0) {
                return Answer.pass(Seen.of("reduces", true));
            }
            if (!facts.isAccountValued()) {
                return Answer.block(
                        RefusalCode.PRICE_MISSING,
                        Seen.of("unpriced", facts.exposures.unvalued(), "in", facts.exposures.base()));
            }
            var needed = BigDecimal.ZERO;
            for (var part : facts.account().parts(Sum.Dimension.ASSET_CLASS).entrySet()) {
                var assetClass = AssetClass.valueOf(part.getKey());
                var more = assetClass == instrument.assetClass() ? added : 0;
                var asked = asked(facts, assetClass, part.getValue(), more, ofLongs, ofShorts);
                if (asked == null) {
                    return Answer.block(RefusalCode.MARGIN_RATE_MISSING, Seen.of("assetClass", assetClass));
                }
                needed = needed.add(asked);
            }
            if (!facts.account()
                    .parts(Sum.Dimension.ASSET_CLASS)
                    .containsKey(instrument.assetClass().name())) {
                var asked = asked(facts, instrument.assetClass(), new Sum(), added, ofLongs, ofShorts);
                if (asked == null) {
                    return Answer.block(
                            RefusalCode.MARGIN_RATE_MISSING, Seen.of("assetClass", instrument.assetClass()));
                }
                needed = needed.add(asked);
            }
            var asked = needed.divide(HUNDRED, 0, RoundingMode.UP).movePointLeft(4);
            var worth = BaseAmount.decimal(facts.account().netAssets());
            var unit = facts.exposures.base().code();
            var seen = Seen.of("adds", BaseAmount.decimal(added), "cash", BaseAmount.decimal(facts.account().cash));
            return asked.compareTo(worth) > 0
                    ? Answer.block(beyond, asked, worth, unit, seen)
                    : Answer.pass(asked, worth, unit, seen);
        });
    }

    /** Percent times ten-thousandths; null if no rate is known. What may go either way counts on the dearer side. */
    private static @Nullable BigDecimal asked(
            Facts facts,
            AssetClass assetClass,
            Sum part,
            long added,
            Function<MarginRate, BigDecimal> ofLongs,
            Function<MarginRate, BigDecimal> ofShorts) {
        if (part.grossWithWorking() + added == 0) {
            return BigDecimal.ZERO;
        }
        var rate = facts.reference.marginRate(assetClass);
        if (rate.isEmpty()) {
            return null;
        }
        var longs = ofLongs.apply(rate.get());
        var shorts = ofShorts.apply(rate.get());
        return longs.multiply(BigDecimal.valueOf(part.longs))
                .add(shorts.multiply(BigDecimal.valueOf(part.shorts)))
                .add(longs.max(shorts).multiply(BigDecimal.valueOf(part.further + added)));
    }
}
