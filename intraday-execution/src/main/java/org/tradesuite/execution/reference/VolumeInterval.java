package org.tradesuite.execution.reference;

import java.math.BigDecimal;
import java.time.Instant;

/** The fraction of a day's usual volume that trades between two instants. */
public record VolumeInterval(Instant from, Instant to, BigDecimal share) {}
