/**
 * The narrated day's clock: it runs a whole trading day in minutes. Every application reads the time from it exactly as
 * it reads the wall clock on a live day.
 */
@NullMarked
package org.tradesuite.suite.clock;

import org.jspecify.annotations.NullMarked;
