package org.tradesuite.suite.day;

import java.math.BigDecimal;
import java.time.Duration;
import org.tradesuite.suite.day.Decision.Algo;
import org.tradesuite.suite.day.Decision.Change;
import org.tradesuite.suite.market.Listing;
import org.tradesuite.suite.market.Market;

/**
 * How much of a decision that became an order is executed in the end, as far as it is certain before the day begins. It
 * follows from the decision and the market's prices alone, never from what happened.
 *
 * <ul>
 *   <li>A market order is executed in full: at once, or as a TWAP, which sends its rest when its time is up.
 *   <li>A limit order is executed in full if the market trades at its limit or better in every minute of the hour after;
 *       otherwise in any part.
 *   <li>What the desk cancels at half is executed by half at least if it is a TWAP; what it reduces by a quarter, by three
 *       quarters at least, since the reduction may come too late.
 *   <li>A VWAP follows the volume that the market prints while somebody listens, minute by minute, and gives up its rest
 *       when its time is up: any part, in theory none. Two days that were not broken off differ here by a few percent.
 * </ul>
 *
 * @param least and {@code most}, in units
 */
record Expected(BigDecimal least, BigDecimal most) {

    /** A restart moves the clock on by ten minutes, and the last part of an order may come some minutes after the first. */
    private static final Duration LATE = Duration.ofMinutes(60);

    private static final Duration EARLY = Duration.ofMinutes(2);
    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    static Expected of(Decision decision, Market market) {
        var most = new BigDecimal(decision.quantity());
        if (decision.algo() == Algo.VWAP || (decision.algo() == Algo.IMMEDIATE && !isMarketable(decision, market)))
            return new Expected(BigDecimal.ZERO, most);
        return switch (decision.change()) {
            case CANCEL -> new Expected(most.divide(TWO), most);
            case REDUCE -> new Expected(decision.reduced(), most);
            case null -> new Expected(most, most);
        };
    }

    /** How much is asked for in the end. */
    static Expected ordered(Decision decision) {
        var most = new BigDecimal(decision.quantity());
        return new Expected(decision.change() == Change.REDUCE ? decision.reduced() : most, most);
    }

    private static boolean isMarketable(Decision decision, Market market) {
        var listing = listing(decision.instrument(), market);
        return market.tradesThroughout(
                listing,
                decision.buy(),
                decision.limitPrice(),
                decision.at().minus(EARLY),
                decision.at().plus(LATE));
    }

    private static Listing listing(Instrument instrument, Market market) {
        return market.listings().stream()
                .filter(each -> each.instrumentId().equals(instrument.id()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(instrument.id() + " is not listed"));
    }

    boolean isCertain() {
        return least.compareTo(most) == 0;
    }

    boolean allows(BigDecimal executed) {
        return executed.compareTo(least) >= 0 && executed.compareTo(most) <= 0;
    }

    @Override
    public String toString() {
        return plain(least) + ".." + plain(most);
    }

    static String plain(BigDecimal quantity) {
        return quantity.signum() == 0 ? "0" : quantity.stripTrailingZeros().toPlainString();
    }
}
