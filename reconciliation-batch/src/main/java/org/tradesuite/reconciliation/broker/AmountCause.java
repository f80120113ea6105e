package org.tradesuite.reconciliation.broker;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.match.Item;
import org.tradesuite.reconciliation.match.Items;

/**
 * Why a net amount is not what we expect, as far as what both sides say tells it: the part that comes to the difference, or
 * the largest if several do together. We book no tax, no accrued interest and no conversion, so all of theirs is a
 * difference. What is left when nothing of it explains the difference may be a conversion: as much as the rate, which is
 * stated to some decimals, may have been rounded.
 *
 * @param code null if it cannot be told
 */
record AmountCause(@Nullable String code, String told) {

    /** Rates are stated to at least so many decimals; zeros at their end are not seen. */
    private static final int LEAST_DECIMALS_OF_RATE = 4;

    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final String UNTOLD = "Net amount does not follow from gross, commission and fees.";

    private record Part(String code, BigDecimal ours, BigDecimal theirs) {

        BigDecimal difference() {
            return theirs.subtract(ours);
        }

        String told() {
            return code.charAt(0) + code.substring(1).toLowerCase(Locale.ROOT).replace('_', ' ') + ": ours "
                    + FoundBreaks.plain(ours) + ", theirs " + FoundBreaks.plain(theirs);
        }
    }

    /** @param difference what we pay more, or get less, than expected */
    static AmountCause of(Item our, Items rows, BigDecimal difference, BigDecimal tolerance, boolean buy) {
        var parts = parts(our, rows, buy);
        for (var part : parts) {
            if (part.difference().subtract(difference).abs().compareTo(tolerance) <= 0) {
                return new AmountCause(part.code(), part.told() + ".");
            }
        }
        var together = parts.stream().map(Part::difference).reduce(BigDecimal.ZERO, BigDecimal::add);
        var largest = parts.stream()
                .max(Comparator.comparing((Part part) -> part.difference().abs()));
        if (largest.isPresent() && together.subtract(difference).abs().compareTo(tolerance) <= 0) {
            return new AmountCause(
                    largest.get().code(),
                    String.join("; ", parts.stream().map(Part::told).toList()) + ".");
        }
        return converted(our, rows, difference.subtract(together));
    }

    /** Those of which both sides say something else. */
    private static List<Part> parts(Item our, Items rows, boolean buy) {
        var ourFees = BrokerOutcome.number(our, TradeColumns.FEES);
        var fees = sum(rows, TradeColumns.FEES);
        var accrued = sum(rows, TradeColumns.ACCRUED);
        var parts = new ArrayList<Part>();
        if (our.has(TradeColumns.FEES)) {
            parts.add(new Part(
                    "COMMISSION",
                    BrokerOutcome.number(our, TradeColumns.COSTS).subtract(ourFees),
                    sum(rows, TradeColumns.COSTS).subtract(fees)));
            parts.add(new Part("FEE", ourFees, fees));
        } else {
            parts.add(new Part(
                    "COMMISSION", BrokerOutcome.number(our, TradeColumns.COSTS), sum(rows, TradeColumns.COSTS)));
        }
        parts.add(new Part("TAX", BigDecimal.ZERO, sum(rows, TradeColumns.TAX)));
        // Whoever sells gets the interest.
        parts.add(new Part("ACCRUED_INTEREST", BigDecimal.ZERO, buy ? accrued : accrued.negate()));
        parts.removeIf(part -> part.difference().signum() == 0);
        return parts;
    }

    private static BigDecimal sum(Items rows, int column) {
        var sum = BigDecimal.ZERO;
        for (var row = 0; row < rows.size(); row++) {
            sum = sum.add(BrokerOutcome.number(rows.at(row), column));
        }
        return sum;
    }

    private static AmountCause converted(Item our, Items rows, BigDecimal left) {
        var rate = rows.at(0).decimal(TradeColumns.FX_RATE);
        if (rate == null) {
            return new AmountCause(null, UNTOLD);
        }
        var lastDecimal = BigDecimal.ONE.movePointLeft(Math.max(rate.scale(), LEAST_DECIMALS_OF_RATE));
        var most = BrokerOutcome.number(our, TradeColumns.GROSS)
                .abs()
                .multiply(HALF)
                .multiply(lastDecimal)
                .divide(rate, MathContext.DECIMAL64);
        return left.abs().compareTo(most) <= 0
                ? new AmountCause(
                        "FX_ROUNDING",
                        "Converted at " + FoundBreaks.plain(rate)
                                + ": the rate, as far as it is stated, explains up to " + FoundBreaks.plain(most) + ".")
                : new AmountCause(null, UNTOLD);
    }
}
