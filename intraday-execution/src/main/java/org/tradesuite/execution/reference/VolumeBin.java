package org.tradesuite.execution.reference;

import java.math.BigDecimal;
import java.time.LocalTime;
import org.tradesuite.market.Mic;

/** The fraction of a market's usual daily volume that trades between two times of day, in the market's zone. */
public record VolumeBin(Mic mic, LocalTime start, LocalTime end, BigDecimal share) {}
