/**
 * Instructions that did not settle on their date: since when, why, through whose fault, how many business days, and
 * what it costs.
 */
@NullMarked
package org.tradesuite.settlement.fails;

import org.jspecify.annotations.NullMarked;
