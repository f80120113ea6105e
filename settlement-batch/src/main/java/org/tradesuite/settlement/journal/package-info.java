/**
 * How settlement writes its history: every change is an event in chain {@code settlement}, with who did it, why and
 * because of what; the tables that people look at change in the same transaction.
 */
@NullMarked
package org.tradesuite.settlement.journal;

import org.jspecify.annotations.NullMarked;
