package org.tradesuite.execution.plan;

import org.tradesuite.market.Quantity;

/**
 * How far an order has come, as its events tell it.
 *
 * @param working sent to brokers and neither executed nor given back; while a cancel or replace is pending it still counts
 * @param marketVolume printed by the whole market since the plan began, our own executions included
 */
public record Progress(Quantity executed, Quantity working, Quantity marketVolume) {

    public static final Progress NONE = new Progress(Quantity.ZERO, Quantity.ZERO, Quantity.ZERO);

    Quantity out() {
        return executed.plus(working);
    }
}
