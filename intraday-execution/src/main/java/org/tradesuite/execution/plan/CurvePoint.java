package org.tradesuite.execution.plan;

import java.math.BigDecimal;
import java.time.Instant;

/** By that instant this fraction of the plan's volume is expected to have traded, from zero to one. */
public record CurvePoint(Instant at, BigDecimal expected) {}
