/**
 * Differences between us and others, from the day they are found to the day they are cleared or closed. A difference
 * that is found again is the same break: it keeps its age, its owner and what was said about it. Whoever asks for a
 * large one to be closed needs a second person to agree.
 */
@NullMarked
package org.tradesuite.reconciliation.breaks;

import org.jspecify.annotations.NullMarked;
