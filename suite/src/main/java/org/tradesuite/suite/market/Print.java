package org.tradesuite.suite.market;

import java.math.BigDecimal;
import java.time.Instant;

/** One trade on the market's tape. */
public record Print(Instant time, BigDecimal price, BigDecimal quantity) {}
