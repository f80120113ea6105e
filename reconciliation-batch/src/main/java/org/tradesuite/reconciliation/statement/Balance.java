package org.tradesuite.reconciliation.statement;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A cash balance.
 *
 * @param code as ISO 20022 names it: OPBD, PRCD, ITBD, CLBD, OPAV, CLAV, FWAV
 * @param amount a credit is positive
 */
public record Balance(String code, BigDecimal amount, String currency, LocalDate date) {}
