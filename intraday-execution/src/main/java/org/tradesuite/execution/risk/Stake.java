package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.position.PendingOrder;
import org.tradesuite.execution.reference.Limit;
import org.tradesuite.execution.reference.LimitScope;
import org.tradesuite.market.Side;

/**
 * What one order would add to what is at stake, for whomever a limit holds. An amendment counts without the order it
 * takes the place of. Amounts are those of {@link Exposures}.
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
     */
    record Line(BigDecimal held, BigDecimal before, BigDecimal after) {
        boolean reduces() {
            return after.abs().compareTo(before.abs()) < 0 && after.signum() * before.signum() >= 0;
        }
    }

    private final Proposal proposal;
    private final Exposures exposures;
    private final Map<LimitScope, Sum> sums = new EnumMap<>(LimitScope.class);
    private final Map<LimitScope, Sum.Units> lines = new EnumMap<>(LimitScope.class);
    private final @Nullable PendingOrder replaced;
    private final @Nullable BigDecimal unit;

    /** By how much more works if the order does; below zero for an amendment that makes it smaller. */
    private final BigDecimal buys;

    private final BigDecimal sells;
    private final long buysWorth;
    private final long sellsWorth;

    Stake(Proposal proposal, Exposures exposures, @Nullable PendingOrder replaced) {
        this.proposal = proposal;
        this.exposures = exposures;
        this.replaced = replaced;
        this.unit = exposures.unitValue(proposal.instrument());
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
        return unit == null || units.signum() == 0 ? 0 : Exposures.amount(units, unit);
    }

    /** Whether everything it has, and this, can be valued. */
    boolean isValued(Limit limit) {
        return unit != null && sum(limit).unvalued == 0;
    }

    long netAssets(Limit limit) {
        return sum(limit).netAssets();
    }

    Change gross(Limit limit) {
        return gross(limit.scope(), limit.scopeId());
    }

    Change gross(LimitScope scope, String id) {
        var before = sum(scope, id).grossWithWorking();
        return new Change(before, before + reachAdded(scope));
    }

    /** What is left of a part that the instrument belongs to if all that works sells, and this. */
    long leftAtLeast(Sum part) {
        return part.net() - part.workingSells - sellsWorth;
    }

    /** The line in the instrument of whom the scope names, in money. */
    Sum lineAsSum(LimitScope scope, String id) {
        var units = units(scope, id);
        var line = new Sum();
        if (unit != null) {
            line.longs = worth(units.held.max(BigDecimal.ZERO));
            line.shorts = worth(units.held.negate().max(BigDecimal.ZERO));
            line.workingBuys = worth(units.buys);
            line.workingSells = worth(units.sells);
        }
        return line;
    }

    Change net(Limit limit) {
        return net(sum(limit));
    }

    Change part(Limit limit, Sum.Dimension dimension, String value) {
        return net(sum(limit).partOrNothing(dimension, value));
    }

    /** Of a part that the instrument belongs to. */
    Change net(Sum sum) {
        return new Change(sum.netAtMost(0, 0), sum.netAtMost(buysWorth, sellsWorth));
    }

    Line line(Limit limit) {
        return line(units(limit));
    }

    Line line(LimitScope scope, String id) {
        return line(units(scope, id));
    }

    private Line line(Sum.Units units) {
        if (proposal.side() == Side.BUY) {
            var others = units.held
                    .add(units.buys)
                    .add(buys)
                    .subtract(proposal.quantity().value());
            return new Line(units.held, others, units.held.add(units.buys).add(buys));
        }
        var others = units.held
                .subtract(units.sells)
                .subtract(sells)
                .add(proposal.quantity().value());
        return new Line(units.held, others, units.held.subtract(units.sells).subtract(sells));
    }

    /** By how much further the order lets the line reach that gross exposure is added up from. */
    private long reachAdded(LimitScope scope) {
        if (unit == null) {
            return 0;
        }
        var of = lineOf(scope);
        var added = Exposures.reach(of.held, of.buys.add(buys), of.sells.add(sells))
                .subtract(Exposures.reach(of.held, of.buys, of.sells));
        return worth(added);
    }

    /** Gross adds up by the lines of accounts, and of traders where it is what somebody dealt. */
    private Sum.Units lineOf(LimitScope scope) {
        return switch (scope) {
            case TRADER, DESK -> units(LimitScope.TRADER, proposal.trader());
            case STRATEGY -> units(LimitScope.STRATEGY, proposal.strategy());
            case FIRM, CLIENT, PORTFOLIO, ACCOUNT, ASSET_CLASS, MARKET, INSTRUMENT, BROKER ->
                units(LimitScope.ACCOUNT, proposal.account().value());
        };
    }

    Sum sum(Limit limit) {
        return sum(limit.scope(), limit.scopeId());
    }

    /** Of each scope an order has one name, so it is looked up once. */
    private Sum sum(LimitScope scope, String id) {
        var known = sums.get(scope);
        if (known == null) {
            known = exposures.of(scope, id);
            sums.put(scope, known);
        }
        return known;
    }

    /** The line in the instrument of whom the limit holds; everybody's where it holds an instrument or a market. */
    private Sum.Units units(Limit limit) {
        return switch (limit.scope()) {
            case CLIENT, PORTFOLIO, ACCOUNT, STRATEGY, TRADER, DESK -> units(limit.scope(), limit.scopeId());
            case FIRM, ASSET_CLASS, MARKET, INSTRUMENT, BROKER -> units(LimitScope.FIRM, Limit.THE_FIRM);
        };
    }

    private Sum.Units units(LimitScope scope, String id) {
        var known = lines.get(scope);
        if (known == null) {
            known = sum(scope, id).units(proposal.instrument());
            lines.put(scope, known);
        }
        return known;
    }
}
