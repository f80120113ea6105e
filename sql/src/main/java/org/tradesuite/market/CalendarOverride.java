package org.tradesuite.market;

import java.time.LocalDate;

/**
 * A day on which a calendar departs from its published rules: a one-off closing announced days ahead, or a Saturday
 * held open. It is kept in the database with its source and approved by a second person.
 */
public record CalendarOverride(String calendar, LocalDate date, boolean open) {}
