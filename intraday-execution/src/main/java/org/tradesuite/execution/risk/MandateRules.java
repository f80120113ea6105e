package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.execution.reference.LimitScope;
import org.tradesuite.execution.reference.Mandate;
import org.tradesuite.execution.reference.MandateDimension;
import org.tradesuite.execution.reference.MandateRule;
import org.tradesuite.execution.reference.Rating;
import org.tradesuite.market.Side;

/**
 * Is it what the client wants us to hold? An account with a mandate is held to each of its rules; one whose mandate
 * nobody knows buys nothing. What makes a holding smaller is never refused for what may be held: a mandate that changed
 * must not keep what it forbids.
 */
final class MandateRules {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final String PERCENT = "PERCENT";

    private static final Answer NO_MANDATE = Answer.pass(Seen.of("mandate", "none"));

    private MandateRules() {}

    /** May the instrument be held at all? */
    static Answer universe(Facts facts) {
        return ofMandate(facts, true, (mandate, instrument) -> {
            var forbidden = mandate.forbids(instrument, facts.now());
            if (forbidden.isPresent()) {
                return Answer.block(RefusalCode.MANDATE_FORBIDS, seen(forbidden.get()));
            }
            var outside = mandate.outside(instrument, facts.now());
            return outside.isPresent()
                    ? Answer.block(
                            RefusalCode.MANDATE_FORBIDS,
                            Seen.of(
                                    "mandate",
                                    mandate.id(),
                                    "notAllowed",
                                    outside.get() + ":" + outside.get().of(instrument)))
                    : Answer.pass(Seen.lasting("mandate", mandate.id()));
        });
    }

    static Answer rating(Facts facts) {
        return ofMandate(facts, true, (mandate, instrument) -> {
            var least = mandate.minimumRating(facts.now());
            if (least.isEmpty()) {
                return Answer.pass(Seen.lasting("mandate", mandate.id(), "rule", "none"));
            }
            var rated = instrument.rating();
            var seen = seen(least.get()).and("rating", rated == null ? "none" : rated);
            return rated != null && rated.isAtLeast(Rating.of(least.get().value()))
                    ? Answer.pass(seen)
                    : Answer.block(RefusalCode.MANDATE_RATING, seen);
        });
    }

    static Answer exclusion(Facts facts) {
        return ofMandate(
                facts,
                true,
                (mandate, instrument) -> mandate.excludes(instrument, facts.now())
                        .map(rule -> Answer.block(RefusalCode.MANDATE_EXCLUDES, seen(rule)))
                        .orElseGet(() -> Answer.pass(Seen.lasting("mandate", mandate.id(), "does", instrument.esg()))));
    }

    /** The parts of the account's value that have a trait of the instrument, each held to its own most and least. */
    static Answer weights(Facts facts) {
        return ofMandate(facts, false, (mandate, instrument) -> {
            @Nullable Answer tightest = null;
            for (var dimension : MandateDimension.values()) {
                if (!mandate.weighs(dimension)) {
                    continue;
                }
                var most = mandate.maximumWeight(dimension, instrument, facts.now());
                if (most.isPresent()) {
                    tightest = tighter(tightest, atMost(facts, dimension, instrument, most.get()));
                }
                var least = mandate.minimumWeight(dimension, instrument, facts.now());
                if (least.isPresent()) {
                    tightest = tighter(tightest, atLeast(facts, dimension, instrument, least.get()));
                }
            }
            return tightest != null ? tightest : Answer.pass(Seen.lasting("mandate", mandate.id(), "rule", "none"));
        });
    }

    private static Answer tighter(@Nullable Answer one, Answer other) {
        return one == null ? other : Answer.tighter(one, other);
    }

    private static Answer atMost(Facts facts, MandateDimension dimension, Instrument instrument, MandateRule rule) {
        var of = part(facts, dimension, instrument);
        var change = facts.stake.net(of);
        var worth = facts.account().netAssets();
        if (change.reduces()) {
            return Answer.pass(seen(rule).and("reduces", true));
        }
        if (!facts.isAccountValued()) {
            return unvalued(facts);
        }
        if (worth <= 0) {
            return Answer.block(RefusalCode.NET_ASSETS_NOT_POSITIVE, seen(rule));
        }
        var share = share(change.after(), worth, RoundingMode.UP);
        var most = percent(rule);
        return share.compareTo(most) > 0
                ? Answer.block(RefusalCode.MANDATE_WEIGHT, share, most, PERCENT, seen(rule))
                : Answer.pass(share, most, PERCENT, seen(rule));
    }

    /** A sale must leave enough, with all sales that work. */
    private static Answer atLeast(Facts facts, MandateDimension dimension, Instrument instrument, MandateRule rule) {
        if (facts.proposal.side() == Side.BUY) {
            return Answer.pass(seen(rule));
        }
        if (!facts.isAccountValued()) {
            return unvalued(facts);
        }
        var worth = facts.account().netAssets();
        if (worth <= 0) {
            return Answer.block(RefusalCode.NET_ASSETS_NOT_POSITIVE, seen(rule));
        }
        var left = facts.stake.leftAtLeast(part(facts, dimension, instrument));
        var share = share(left, worth, RoundingMode.DOWN);
        var least = percent(rule);
        return share.compareTo(least) < 0
                ? Answer.block(RefusalCode.MANDATE_WEIGHT, share, least, PERCENT, seen(rule))
                : Answer.pass(share, least, PERCENT, seen(rule));
    }

    /** How much cash stays if all working buys and this one are paid. */
    static Answer cashFloor(Facts facts) {
        return ofMandate(facts, true, (mandate, instrument) -> {
            var floor = mandate.cashFloor(facts.now());
            if (floor.isEmpty()) {
                return Answer.pass(Seen.lasting("mandate", mandate.id(), "rule", "none"));
            }
            var worth = facts.worth();
            if (worth == null || !facts.isAccountValued()) {
                return unvalued(facts);
            }
            var account = facts.account();
            if (account.netAssets() <= 0) {
                return Answer.block(RefusalCode.NET_ASSETS_NOT_POSITIVE, seen(floor.get()));
            }
            var left = account.cash - account.workingBuys - worth;
            var share = share(left, account.netAssets(), RoundingMode.DOWN);
            var least = percent(floor.get());
            var seen = seen(floor.get()).and("cash", BaseAmount.decimal(account.cash));
            return share.compareTo(least) < 0
                    ? Answer.block(RefusalCode.MANDATE_CASH_FLOOR, share, least, PERCENT, seen)
                    : Answer.pass(share, least, PERCENT, seen);
        });
    }

    /** Nothing borrowed and nothing sold short, where the mandate says so. */
    static Answer leverage(Facts facts) {
        return ofMandate(facts, false, (mandate, instrument) -> {
            var noShort = mandate.noShort(facts.now());
            var line = facts.stake.line(LimitScope.ACCOUNT);
            if (noShort.isPresent() && line.after().signum() < 0 && !line.reduces()) {
                return Answer.block(
                        RefusalCode.MANDATE_NO_SHORT,
                        line.after(),
                        BigDecimal.ZERO,
                        Answer.UNITS,
                        seen(noShort.get()).and("held", line.held()));
            }
            var noLeverage = mandate.noLeverage(facts.now());
            if (noLeverage.isEmpty()) {
                return Answer.pass(Seen.lasting("mandate", mandate.id()));
            }
            var change = facts.stake.gross(LimitScope.ACCOUNT);
            var seen = seen(noLeverage.get());
            if (change.reduces()) {
                return Answer.pass(seen.and("reduces", true));
            }
            if (!facts.isAccountValued()) {
                return unvalued(facts);
            }
            var after = BaseAmount.decimal(change.after());
            var worth = BaseAmount.decimal(facts.account().netAssets());
            var unit = facts.exposures.base().code();
            return after.compareTo(worth) > 0
                    ? Answer.block(RefusalCode.MANDATE_NO_LEVERAGE, after, worth, unit, seen)
                    : Answer.pass(after, worth, unit, seen);
        });
    }

    /** @param holdings whether it is about what may be held, which what makes a holding smaller is not asked */
    private static Answer ofMandate(Facts facts, boolean holdings, BiFunction<Mandate, Instrument, Answer> question) {
        return facts.withInstrument(instrument -> {
            if (facts.account.isEmpty()) {
                return Answer.block(RefusalCode.ACCOUNT_UNKNOWN, Seen.of("account", facts.proposal.account()));
            }
            var id = facts.account.get().mandate();
            if (id == null) {
                return NO_MANDATE;
            }
            var line = facts.stake.line(LimitScope.ACCOUNT);
            if (holdings && line.reduces()) {
                return Answer.pass(Seen.lasting("mandate", id, "reduces", true));
            }
            var mandate = facts.mandateInForce(id);
            return mandate == null
                    ? Answer.block(RefusalCode.MANDATE_UNKNOWN, Seen.of("mandate", id))
                    : question.apply(mandate, instrument);
        });
    }

    private static Sum part(Facts facts, MandateDimension dimension, Instrument instrument) {
        var name = dimension.of(instrument);
        var account = facts.account();
        if (name == null) {
            return Sum.NOBODYS;
        }
        return switch (dimension) {
            case INSTRUMENT -> facts.stake.lineAsSum();
            case ISSUER -> account.partOrNothing(Sum.Dimension.ISSUER, name);
            case SECTOR -> account.partOrNothing(Sum.Dimension.SECTOR, name);
            case COUNTRY -> account.partOrNothing(Sum.Dimension.COUNTRY, name);
            case CURRENCY -> account.partOrNothing(Sum.Dimension.CURRENCY, name);
            case ASSET_CLASS -> account.partOrNothing(Sum.Dimension.ASSET_CLASS, name);
            case ACCOUNT -> account;
        };
    }

    private static BigDecimal share(long amount, long of, RoundingMode mode) {
        return BigDecimal.valueOf(amount).multiply(HUNDRED).divide(BigDecimal.valueOf(of), 4, mode);
    }

    private static BigDecimal percent(MandateRule rule) {
        return Objects.requireNonNull(rule.percent());
    }

    private static Answer unvalued(Facts facts) {
        return Answer.block(
                RefusalCode.PRICE_MISSING,
                Seen.of("unpriced", facts.exposures.unvalued(), "in", facts.exposures.base()));
    }

    private static Seen seen(MandateRule rule) {
        return Seen.lasting(
                "mandate", rule.mandate() + "/" + rule.version(), "rule", rule.kind(), rule.dimension(), rule.value());
    }
}
