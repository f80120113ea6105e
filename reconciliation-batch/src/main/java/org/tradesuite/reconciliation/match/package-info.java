/**
 * Pairs what we booked with what others report: in passes from the strongest evidence to the weakest, each told by data,
 * an item used once, nothing chosen where several fit equally well, and never anything that depends on the order in which
 * items came. Knows no broker, no file, no database and no clock; memory is bounded, what does not fit waits on disk.
 */
@NullMarked
package org.tradesuite.reconciliation.match;

import org.jspecify.annotations.NullMarked;
