/**
 * The break sheet and the sign-off sheet of a business date: what differs between us and others, how old it is and how much
 * money is at risk, who signed, and what stayed open. They say what reconciliation publishes and decide nothing.
 */
@NullMarked
package org.tradesuite.reporting.breaks;

import org.jspecify.annotations.NullMarked;
