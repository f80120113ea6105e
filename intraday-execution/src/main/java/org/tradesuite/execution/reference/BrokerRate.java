package org.tradesuite.execution.reference;

import java.math.BigDecimal;
import org.tradesuite.market.BasisPoints;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Mic;

/**
 * What a broker charges on a market.
 *
 * @param commission of the gross amount
 * @param minimumCommission per confirmed trade, in the currency of the instrument
 * @param fee exchange and clearing fees passed on, of the gross amount
 */
public record BrokerRate(
        BrokerId broker, Mic mic, BasisPoints commission, BigDecimal minimumCommission, BasisPoints fee) {

    /** Commission and fees for that gross amount, unrounded. */
    public BigDecimal charges(BigDecimal gross) {
        return commission
                .fraction()
                .multiply(gross)
                .max(minimumCommission)
                .add(fee.fraction().multiply(gross));
    }
}
