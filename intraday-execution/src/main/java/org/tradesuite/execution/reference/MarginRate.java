package org.tradesuite.execution.reference;

import java.math.BigDecimal;

/**
 * What part of a position's value a margin account has to bring (Regulation T), and what part of it counts when it is
 * security for something else.
 *
 * @param initialPercent to buy it
 * @param maintenancePercent to keep it
 * @param shortInitialPercent to sell it short; above 100, because the proceeds count
 * @param haircutPercent by how much less than its value it counts
 */
public record MarginRate(
        AssetClass assetClass,
        BigDecimal initialPercent,
        BigDecimal maintenancePercent,
        BigDecimal shortInitialPercent,
        BigDecimal haircutPercent) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    public MarginRate {
        between("initial_percent", initialPercent, HUNDRED);
        between("maintenance_percent", maintenancePercent, initialPercent);
        between("haircut_percent", haircutPercent, HUNDRED);
        if (shortInitialPercent.compareTo(HUNDRED) < 0) {
            throw new IllegalArgumentException("short_initial_percent is " + shortInitialPercent.toPlainString()
                    + ": it has the proceeds of the sale in it, and so is 100 or above.");
        }
    }

    private static void between(String name, BigDecimal percent, BigDecimal most) {
        if (percent.signum() < 0 || percent.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    name + " is " + percent.toPlainString() + ": send one between 0 and " + most.toPlainString() + ".");
        }
    }
}
