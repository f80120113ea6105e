package org.tradesuite.execution.reference;

import org.tradesuite.market.Bic;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Lei;

/** A broker we may send orders to. */
public record Broker(BrokerId id, String name, Lei lei, Bic bic, Standing status) {}
