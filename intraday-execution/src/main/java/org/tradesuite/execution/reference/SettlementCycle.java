package org.tradesuite.execution.reference;

import java.time.LocalDate;
import org.tradesuite.market.Mic;

/** From that trade date on, trades of the market settle so many business days later. */
public record SettlementCycle(Mic mic, LocalDate validFrom, int days) {}
