/**
 * The door for clients who send their orders by FIX, and for those who want a copy of every report. A client is known by a
 * file: who it is, which accounts it may trade for and what it may ask. What it asks is decided at the desk like anybody's
 * wish; what it is told was in the journal before, so it is told again after a cut and nothing is told twice under two ids.
 */
@NullMarked
package org.tradesuite.execution.fix.entry;

import org.jspecify.annotations.NullMarked;
