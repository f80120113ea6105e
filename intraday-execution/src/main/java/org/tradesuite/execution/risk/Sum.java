package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Side;

/**
 * What somebody has at stake, added up: the firm, a client, an account, a desk, a trader. Amounts are ten-thousandths of
 * the base currency, each line of it rounded away from zero, so that nothing is ever measured as less than it is.
 */
final class Sum {

    /** What a part of it has in common. */
    enum Dimension {
        ISSUER,
        SECTOR,
        COUNTRY,
        CURRENCY,
        ASSET_CLASS
    }

    /** Units of one instrument, whoever's they are. */
    static final class Units {
        BigDecimal held = BigDecimal.ZERO;
        BigDecimal buys = BigDecimal.ZERO;
        BigDecimal sells = BigDecimal.ZERO;

        /** The same to fifteen digits, for who only wants to know whether it is far from a limit. */
        private double longest;

        private double shortest;

        void add(BigDecimal held, BigDecimal buys, BigDecimal sells) {
            this.held = plus(this.held, held);
            this.buys = plus(this.buys, buys);
            this.sells = plus(this.sells, sells);
            longest = this.held.doubleValue() + this.buys.doubleValue();
            shortest = this.held.doubleValue() - this.sells.doubleValue();
        }

        /** About what would be held if all that works traded on that side. */
        double atMost(Side side) {
            return side == Side.BUY ? longest : shortest;
        }

        private static BigDecimal plus(BigDecimal one, BigDecimal other) {
            return other.signum() == 0 ? one : one.add(other);
        }
    }

    static final Units NOTHING = new Units();

    /** Of whom nobody has heard: only read. */
    static final Sum NOBODYS = new Sum();

    long longs;
    long shorts;

    /** How much further than long and short what works may go, line by line on the side where that is further. */
    long further;

    long workingBuys;
    long workingSells;
    long cash;

    /** Executed since the day opened, bought and sold alike. */
    long traded;

    /** What works, at the price it was ordered at. */
    long working;

    int orders;

    /** Lines and balances that nobody can value: while there are any, the amounts are too small. */
    int unvalued;

    private final Map<InstrumentId, Units> units = new HashMap<>();
    private final Map<Dimension, Map<String, Sum>> parts = new EnumMap<>(Dimension.class);

    long net() {
        return longs - shorts;
    }

    long gross() {
        return longs + shorts;
    }

    long grossWithWorking() {
        return gross() + further;
    }

    /** What it is worth if everything were sold at the marks. */
    long netAssets() {
        return net() + cash;
    }

    /** The largest it can become, long or short, if all that works and this traded on one side. */
    long netAtMost(long buys, long sells) {
        return Math.max(Math.abs(net() + workingBuys + buys), Math.abs(net() - workingSells - sells));
    }

    Units units(InstrumentId instrument) {
        var known = units.get(instrument);
        return known == null ? NOTHING : known;
    }

    Units unitsToChange(InstrumentId instrument) {
        return units.computeIfAbsent(instrument, each -> new Units());
    }

    /** Null if it never had any. */
    @Nullable
    Sum part(Dimension dimension, String value) {
        var known = parts.get(dimension);
        return known == null ? null : known.get(value);
    }

    Sum partOrNothing(Dimension dimension, String value) {
        var known = part(dimension, value);
        return known == null ? NOBODYS : known;
    }

    Sum partToChange(Dimension dimension, String value) {
        return parts.computeIfAbsent(dimension, each -> new HashMap<>()).computeIfAbsent(value, each -> new Sum());
    }

    /** By value; empty if it never had any. */
    Map<String, Sum> parts(Dimension dimension) {
        return parts.getOrDefault(dimension, Map.of());
    }
}
