package org.tradesuite.suite.market;

import java.math.BigDecimal;

/** Best bid and offer, and the last price: prices per unit in the instrument's currency. */
public record Quote(BigDecimal bid, BigDecimal ask, BigDecimal last) {}
