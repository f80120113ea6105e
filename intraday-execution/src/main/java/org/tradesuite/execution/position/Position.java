package org.tradesuite.execution.position;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * What one account holds of one instrument on trade date, and at what cost. Closing part of it realises the difference
 * to the average cost; trading through zero closes the old position and opens the new one at the trade's price.
 *
 * <p>The law that holds after every trade, to the last decimal: the sum of what buys cost less the sum of what sales
 * brought equals {@code cost - realised}. The cost is therefore kept as a sum, and the average is computed from it.
 *
 * @param quantity below zero when short
 * @param cost what the open quantity cost, below zero when short; before commission and fees
 * @param realised profit of what was closed, in the instrument's currency, before commission and fees
 */
public record Position(BigDecimal quantity, BigDecimal cost, BigDecimal realised) {

    public static final Position FLAT = new Position(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    private static final int AVERAGE_SCALE = 10;

    public static Position opening(BigDecimal quantity, Price averageCost) {
        return new Position(quantity, quantity.multiply(averageCost.value()), BigDecimal.ZERO);
    }

    public Position after(Side side, Quantity traded, Price price) {
        var change = side.signed(traded);
        if (change.signum() == 0) {
            return this;
        }
        if (quantity.signum() == 0 || quantity.signum() == change.signum()) {
            return new Position(quantity.add(change), cost.add(change.multiply(price.value())), realised);
        }
        if (change.abs().compareTo(quantity.abs()) > 0) {
            var closed = after(side, Quantity.of(quantity.abs()), price);
            var rest = change.add(quantity);
            return new Position(rest, rest.multiply(price.value()), closed.realised);
        }
        var left = quantity.add(change);
        var costLeft =
                left.signum() == 0 ? BigDecimal.ZERO : cost.multiply(left).divide(quantity, MathContext.DECIMAL128);
        var costClosed = cost.subtract(costLeft);
        // Closing a long of 10 that cost 50 at 6 brings 60: change -10, so -(-10 x 6) - 50 = 10.
        var gained = change.multiply(price.value()).negate().subtract(costClosed);
        return new Position(left, costLeft, realised.add(gained));
    }

    /** Per unit, to ten decimals, half up; empty when nothing is held. */
    public Optional<Price> averageCost() {
        return quantity.signum() == 0
                ? Optional.empty()
                : Optional.of(Price.of(cost.divide(quantity, AVERAGE_SCALE, RoundingMode.HALF_UP)));
    }

    public boolean isFlat() {
        return quantity.signum() == 0;
    }
}
