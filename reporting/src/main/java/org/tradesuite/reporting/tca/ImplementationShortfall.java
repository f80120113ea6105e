package org.tradesuite.reporting.tca;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Side;

/**
 * What became of a paper portfolio's return on the way to the market: the order as it was meant at the decision price,
 * against what was done. All amounts in the currency of the prices, exact.
 *
 * @param side BUY or SELL
 * @param ordered quantity the decision was about
 * @param decisionPrice price the decision was made on
 * @param arrivalPrice price when the order reached the desk
 * @param endPrice price at which what was not executed is valued: when the order ended
 * @param fills what was executed
 * @param fees commission, fees and taxes
 */
record ImplementationShortfall(
        Side side,
        BigDecimal ordered,
        BigDecimal decisionPrice,
        BigDecimal arrivalPrice,
        BigDecimal endPrice,
        List<Execution> fills,
        BigDecimal fees) {

    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final BigDecimal BASIS_POINTS = BigDecimal.valueOf(10_000);

    ImplementationShortfall {
        fills = List.copyOf(fills);
    }

    BigDecimal executed() {
        return fills.stream().map(Execution::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private BigDecimal unexecuted() {
        return ordered.subtract(executed());
    }

    private BigDecimal paid() {
        return fills.stream()
                .map(fill -> fill.quantity().multiply(fill.price()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private BigDecimal signed(BigDecimal cost) {
        return side == Side.BUY ? cost : cost.negate();
    }

    /** What the decision would have earned on paper: all of it at the decision price, valued at the end price. */
    BigDecimal paperReturn() {
        return signed(ordered.multiply(endPrice.subtract(decisionPrice)));
    }

    /** What was earned. */
    BigDecimal actualReturn() {
        return signed(executed().multiply(endPrice).subtract(paid())).subtract(fees);
    }

    /** Paper less actual: positive is a cost. */
    BigDecimal total() {
        return paperReturn().subtract(actualReturn());
    }

    /** Perold: executed units, fill prices against decision price. */
    BigDecimal execution() {
        return signed(paid().subtract(executed().multiply(decisionPrice)));
    }

    /** Perold: units not executed, end price against decision price. */
    BigDecimal opportunityFromDecision() {
        return signed(unexecuted().multiply(endPrice.subtract(decisionPrice)));
    }

    /** Wagner: all ordered units, arrival price against decision price. */
    BigDecimal delay() {
        return signed(ordered.multiply(arrivalPrice.subtract(decisionPrice)));
    }

    /** Wagner: executed units, fill prices against arrival price. */
    BigDecimal trading() {
        return signed(paid().subtract(executed().multiply(arrivalPrice)));
    }

    /** Wagner: units not executed, end price against arrival price. */
    BigDecimal opportunity() {
        return signed(unexecuted().multiply(endPrice.subtract(arrivalPrice)));
    }

    /** Half the quoted spread at each fill that has a quote: part of {@link #trading}. */
    BigDecimal spread() {
        return sumQuoted((fill, bid, ask) -> ask.subtract(bid).divide(TWO));
    }

    /** Fill price beyond the far side of the quote, negative when better than it: part of {@link #trading}. */
    BigDecimal impact() {
        return sumQuoted((fill, bid, ask) -> signed(fill.price().subtract(side == Side.BUY ? ask : bid)));
    }

    /**
     * Mid at each fill against arrival, trend and timing risk in one: part of {@link #trading}. A fill without a quote
     * counts here in full, so that spread, impact and this always add up to trading.
     */
    BigDecimal marketMove() {
        return trading().subtract(spread()).subtract(impact());
    }

    private interface PerUnit {
        BigDecimal of(Execution fill, BigDecimal bid, BigDecimal ask);
    }

    private BigDecimal sumQuoted(PerUnit perUnit) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Execution fill : fills) {
            BigDecimal bid = fill.bid();
            BigDecimal ask = fill.ask();
            if (fill.quoted() && bid != null && ask != null) {
                sum = sum.add(fill.quantity().multiply(perUnit.of(fill, bid, ask)));
            }
        }
        return sum;
    }

    /** The denominator of every component in basis points: the paper portfolio at the decision. */
    BigDecimal paperNotional() {
        return ordered.multiply(decisionPrice);
    }

    /** A component in basis points of {@link #paperNotional}, four decimals. */
    BigDecimal basisPoints(BigDecimal cost) {
        return basisPoints(cost, paperNotional());
    }

    static BigDecimal basisPoints(BigDecimal cost, BigDecimal notional) {
        return notional.signum() == 0
                ? BigDecimal.ZERO
                : cost.multiply(BASIS_POINTS).divide(notional, 4, RoundingMode.HALF_EVEN);
    }

    /** Kissell: trading cost on what was executed at the arrival price; null when nothing was. */
    @Nullable
    BigDecimal arrivalBasisPoints() {
        BigDecimal notional = executed().multiply(arrivalPrice);
        return notional.signum() == 0 ? null : basisPoints(trading(), notional);
    }

    /** Average price against a benchmark price in basis points of the benchmark; null when nothing was executed. */
    @Nullable
    BigDecimal slippage(BigDecimal benchmark) {
        BigDecimal notional = executed().multiply(benchmark);
        return notional.signum() == 0 ? null : basisPoints(signed(paid().subtract(notional)), notional);
    }

    /** +1 when filled at the near side of the quote, 0 at mid, -1 at the far side, by quantity; null without a spread. */
    @Nullable
    BigDecimal spreadCapture() {
        BigDecimal captured = BigDecimal.ZERO;
        BigDecimal quantity = BigDecimal.ZERO;
        for (Execution fill : fills) {
            BigDecimal bid = fill.bid();
            BigDecimal ask = fill.ask();
            if (fill.quoted() && bid != null && ask != null && ask.compareTo(bid) > 0) {
                BigDecimal half = ask.subtract(bid).divide(TWO);
                BigDecimal better = signed(bid.add(half).subtract(fill.price()));
                captured = captured.add(fill.quantity().multiply(better).divide(half, 12, RoundingMode.HALF_EVEN));
                quantity = quantity.add(fill.quantity());
            }
        }
        return quantity.signum() == 0 ? null : captured.divide(quantity, 4, RoundingMode.HALF_EVEN);
    }

    @Nullable
    BigDecimal averagePrice() {
        BigDecimal executed = executed();
        return executed.signum() == 0 ? null : paid().divide(executed, 10, RoundingMode.HALF_EVEN);
    }
}
