package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.reference.LimitScope;

/**
 * Somebody's units of an instrument, with the sums that their value is part of and as it was last counted there. A line of
 * an account leads to everybody who has a limit of it without another look-up.
 */
// By ordinal, as an EnumMap would, and with nothing in between.
@SuppressWarnings("EnumOrdinal")
final class Line {

    /** The account, its portfolio, its client and the firm: who owns it. */
    static final int OWNERS = 4;

    /** The instrument's asset class, market and the instrument itself. */
    static final int LISTS = 3;

    private static final Sum.Dimension[] DIMENSIONS = Sum.Dimension.values();

    final Product product;
    final Sum.Units own;

    /** Owners, lists, and for each owner the parts it is in; null where there is none. */
    private final @Nullable Sum[] sums;

    /** Of the owners, in their order. */
    private final Sum.@Nullable Units[] units;

    private long longs;
    private long shorts;
    private long further;
    private long buys;
    private long sells;
    private boolean valued = true;

    private Line(Product product, @Nullable Sum[] sums, int owners) {
        this.product = product;
        this.sums = sums;
        this.units = new Sum.Units[owners];
        for (var owner = 0; owner < owners; owner++) {
            var sum = sums[owner];
            units[owner] = sum == null ? null : sum.unitsToChange(product.id);
        }
        this.own = Objects.requireNonNull(units[0]);
        product.lines.add(this);
    }

    /** Of an account. */
    static Line ofAccount(Product product, @Nullable Sum[] owners, @Nullable Sum[] lists) {
        var sums = Arrays.copyOf(owners, OWNERS + LISTS + OWNERS * DIMENSIONS.length);
        System.arraycopy(lists, 0, sums, OWNERS, LISTS);
        if (product.known != null) {
            for (var dimension : DIMENSIONS) {
                var value = Exposures.value(dimension, product.known);
                for (var owner = 0; owner < OWNERS; owner++) {
                    var sum = owners[owner];
                    if (value != null && sum != null) {
                        sums[part(owner, dimension)] = sum.partToChange(dimension, value);
                    }
                }
            }
        }
        return new Line(product, sums, OWNERS);
    }

    /** Of who dealt it today: a trader and the desk, or a strategy. */
    static Line ofDealers(Product product, List<Sum> dealers) {
        return new Line(product, dealers.toArray(Sum[]::new), dealers.size());
    }

    private static int part(int owner, Sum.Dimension dimension) {
        return OWNERS + LISTS + owner * DIMENSIONS.length + dimension.ordinal();
    }

    /** Whose sum the line of an account is in; null for those of dealers and brokers. */
    @Nullable
    Sum sum(LimitScope scope) {
        return switch (scope) {
            case ACCOUNT, PORTFOLIO, CLIENT, FIRM -> sums[owner(scope)];
            case ASSET_CLASS -> sums[OWNERS];
            case MARKET -> sums[OWNERS + 1];
            case INSTRUMENT -> sums[OWNERS + 2];
            case DESK, TRADER, STRATEGY, BROKER -> null;
        };
    }

    /** The part of an owner's sum that the instrument belongs to; null if it belongs to none. */
    @Nullable
    Sum part(LimitScope scope, Sum.Dimension dimension) {
        var owner = owner(scope);
        return owner < 0 ? null : sums[part(owner, dimension)];
    }

    /** An owner's units of the instrument; null for who owns nothing. */
    Sum.@Nullable Units units(LimitScope scope) {
        var owner = owner(scope);
        return owner < 0 ? null : units[owner];
    }

    /** Below zero for who owns nothing. */
    private static int owner(LimitScope scope) {
        return switch (scope) {
            case ACCOUNT -> 0;
            case PORTFOLIO -> 1;
            case CLIENT -> 2;
            case FIRM -> 3;
            case DESK, TRADER, STRATEGY, ASSET_CLASS, MARKET, INSTRUMENT, BROKER -> -1;
        };
    }

    void add(BigDecimal held, BigDecimal buys, BigDecimal sells) {
        for (var of : units) {
            if (of != null) {
                of.add(held, buys, sells);
            }
        }
    }

    boolean isValued() {
        return valued;
    }

    private boolean isNothing() {
        return own.held.signum() == 0 && own.buys.signum() == 0 && own.sells.signum() == 0;
    }

    /** What it may go further than it is now; on one side alone that is what works there. */
    private long further(BigDecimal unit, long buysNow, long sellsNow) {
        var held = own.held.signum();
        if (held >= 0 && own.sells.signum() == 0) {
            return buysNow;
        }
        if (held <= 0 && own.buys.signum() == 0) {
            return sellsNow;
        }
        return BaseAmount.up(Exposures.reach(own.held, own.buys, own.sells).subtract(own.held.abs()), unit);
    }

    /** Counts it in every sum as it is worth now. */
    void revalue() {
        var unit = product.unit;
        var longsNow = 0L;
        var shortsNow = 0L;
        var furtherNow = 0L;
        var buysNow = 0L;
        var sellsNow = 0L;
        var valuedNow = unit != null || isNothing();
        if (unit != null && !isNothing()) {
            var held = own.held.signum();
            if (held > 0) {
                longsNow = BaseAmount.up(own.held, unit);
            } else if (held < 0) {
                shortsNow = BaseAmount.up(own.held.negate(), unit);
            }
            if (own.buys.signum() != 0 || own.sells.signum() != 0) {
                buysNow = BaseAmount.up(own.buys, unit);
                sellsNow = BaseAmount.up(own.sells, unit);
                furtherNow = further(unit, buysNow, sellsNow);
            }
        }
        var unvaluedMore = valuedNow == valued ? 0 : valuedNow ? -1 : 1;
        for (var sum : sums) {
            if (sum != null) {
                sum.longs += longsNow - longs;
                sum.shorts += shortsNow - shorts;
                sum.further += furtherNow - further;
                sum.workingBuys += buysNow - buys;
                sum.workingSells += sellsNow - sells;
                sum.unvalued += unvaluedMore;
            }
        }
        longs = longsNow;
        shorts = shortsNow;
        further = furtherNow;
        buys = buysNow;
        sells = sellsNow;
        valued = valuedNow;
    }
}
