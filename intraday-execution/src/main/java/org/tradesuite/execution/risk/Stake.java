package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.position.PendingOrder;
import org.tradesuite.execution.reference.LimitScope;
import org.tradesuite.execution.reference.LimitedOrder;
import org.tradesuite.market.Side;

/**
 * What one order would add to what is at stake, for whomever a limit holds. An amendment counts without the order it
 * takes the place of. Amounts are those of {@link BaseAmount}.
 */
final class Stake {

    /** An amount now and as the order would make it. */
    record Change(long before, long after) {
        boolean reduces() {
            return after <= before;
        }
    }

    /**
     * A net line in units: with all that works on the side the order makes larger, and with the order.
     *
     * @param held without anything that works
     * @param less whether it makes an order smaller that is in it, or leaves it as large
     */
    record NetLine(BigDecimal held, BigDecimal before, BigDecimal after, boolean less) {
        boolean reduces() {
            return less || (after.abs().compareTo(before.abs()) < 0 && after.signum() * before.signum() >= 0);
        }
    }

    private final Proposal proposal;
    private final Exposures exposures;
    private final Product product;

    /** What decides who may have limits of it; null if the instrument or the account is not known, and nobody has. */
    private final @Nullable LimitedOrder order;

    /** What the account has of the instrument; null if it never had any. */
    private final @Nullable Line account;

    /** Of each scope an order has one name, so it is looked up once. */
    private final ByScope<Sum> sums = new ByScope<>();

    private final ByScope<Sum.Units> lines = new ByScope<>();
    private final @Nullable PendingOrder replaced;
    private final @Nullable BigDecimal unit;

    /** By how much more works if the order does; below zero for an amendment that makes it smaller. */
    private final BigDecimal buys;

    private final BigDecimal sells;
    private final long buysWorth;
    private final long sellsWorth;
    private boolean reachKnown;
    private long reach;

    /** The line of each whose lines are added up; a dozen rules look at the account's. */
    private final ByScope<NetLine> netLines = new ByScope<>();

    Stake(
            Proposal proposal,
            Exposures exposures,
            Product product,
            @Nullable LimitedOrder order,
            @Nullable PendingOrder replaced) {
        this.proposal = proposal;
        this.exposures = exposures;
        this.order = order;
        this.replaced = replaced;
        this.product = product;
        this.account = exposures.line(proposal.account(), product);
        this.unit = product.unit;
        this.buys = more(Side.BUY);
        this.sells = more(Side.SELL);
        this.buysWorth = worth(buys);
        this.sellsWorth = worth(sells);
    }

    private BigDecimal more(Side side) {
        var wanted = proposal.side() == side ? proposal.quantity().value() : BigDecimal.ZERO;
        return replaced != null && replaced.side() == side
                ? wanted.subtract(replaced.leaves().value())
                : wanted;
    }

    private long worth(BigDecimal units) {
        return unit == null || units.signum() == 0 ? 0 : BaseAmount.up(units, unit);
    }

    /** Whether everything that has, and this, can be valued. */
    boolean isValued(LimitScope scope) {
        return unit != null && sum(scope).unvalued == 0;
    }

    long netAssets(LimitScope scope) {
        return sum(scope).netAssets();
    }

    Change gross(LimitScope scope) {
        var before = sum(scope).grossWithWorking();
        return new Change(before, before + reachAdded(scope));
    }

    Change net(LimitScope scope) {
        return net(sum(scope));
    }

    /** Of what an account, its portfolio, its client or the firm has, the part that the instrument belongs to. */
    Change part(LimitScope scope, Sum.Dimension dimension, String value) {
        var counted = account == null ? null : account.part(scope, dimension);
        return net(counted != null ? counted : sum(scope).partOrNothing(dimension, value));
    }

    /** Of a part that the instrument belongs to. */
    Change net(Sum sum) {
        return new Change(sum.netAtMost(0, 0), sum.netAtMost(buysWorth, sellsWorth));
    }

    /** What is left of a part that the instrument belongs to if all that works sells, and this. */
    long leftAtLeast(Sum part) {
        return part.net() - part.workingSells - sellsWorth;
    }

    /** The account's line in the instrument, in money. */
    Sum lineAsSum() {
        var units = units(LimitScope.ACCOUNT);
        var line = new Sum();
        if (unit != null) {
            line.longs = worth(units.held.max(BigDecimal.ZERO));
            line.shorts = worth(units.held.negate().max(BigDecimal.ZERO));
            line.workingBuys = worth(units.buys);
            line.workingSells = worth(units.sells);
        }
        return line;
    }

    /** The line in the instrument of whom the scope names; everybody's where that is an instrument or a market. */
    NetLine line(LimitScope scope) {
        var of = netting(scope);
        var known = netLines.get(of);
        if (known == null) {
            known = line(units(of));
            netLines.put(of, known);
        }
        return known;
    }

    /** About how many units that line would have, long or short, with all that works on the order's side and with it. */
    double estimatedLine(LimitScope scope) {
        var added = proposal.side() == Side.BUY ? buys.doubleValue() : -sells.doubleValue();
        return Math.abs(units(netting(scope)).atMost(proposal.side()) + added);
    }

    private static LimitScope netting(LimitScope scope) {
        return switch (scope) {
            case CLIENT, PORTFOLIO, ACCOUNT, STRATEGY, TRADER, DESK -> scope;
            case FIRM, ASSET_CLASS, MARKET, INSTRUMENT, BROKER -> LimitScope.FIRM;
        };
    }

    private NetLine line(Sum.Units units) {
        if (proposal.side() == Side.BUY) {
            var others = units.held
                    .add(units.buys)
                    .add(buys)
                    .subtract(proposal.quantity().value());
            return new NetLine(units.held, others, units.held.add(units.buys).add(buys), isLess(buys));
        }
        var others = units.held
                .subtract(units.sells)
                .subtract(sells)
                .add(proposal.quantity().value());
        return new NetLine(units.held, others, units.held.subtract(units.sells).subtract(sells), isLess(sells));
    }

    private boolean isLess(BigDecimal more) {
        return replaced != null && more.signum() <= 0;
    }

    /** By how much further the order lets the line reach that gross exposure is added up from. */
    private long reachAdded(LimitScope scope) {
        return switch (scope) {
            // Gross adds up by the lines of accounts, and of traders where it is what somebody dealt.
            case TRADER, DESK -> reachAdded(units(LimitScope.TRADER));
            case STRATEGY -> reachAdded(units(LimitScope.STRATEGY));
            case FIRM, CLIENT, PORTFOLIO, ACCOUNT, ASSET_CLASS, MARKET, INSTRUMENT, BROKER -> {
                if (!reachKnown) {
                    reach = reachAdded(units(LimitScope.ACCOUNT));
                    reachKnown = true;
                }
                yield reach;
            }
        };
    }

    private long reachAdded(Sum.Units of) {
        if (unit == null) {
            return 0;
        }
        var added = Exposures.reach(of.held, of.buys.add(buys), of.sells.add(sells))
                .subtract(Exposures.reach(of.held, of.buys, of.sells));
        return worth(added);
    }

    Sum sum(LimitScope scope) {
        var known = sums.get(scope);
        if (known == null) {
            var counted = account == null ? null : account.sum(scope);
            known = counted != null ? counted : exposures.of(scope, name(scope));
            sums.put(scope, known);
        }
        return known;
    }

    Sum.Units units(LimitScope scope) {
        var known = lines.get(scope);
        if (known == null) {
            var counted = account == null ? null : account.units(scope);
            known = counted != null ? counted : sum(scope).units(product.id);
            lines.put(scope, known);
        }
        return known;
    }

    /** How whom a limit of that scope holds is named. */
    String name(LimitScope scope) {
        return scope == LimitScope.ACCOUNT
                ? proposal.account().value()
                : Objects.requireNonNull(Objects.requireNonNull(order).in(scope));
    }
}
