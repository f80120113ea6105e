/**
 * The one place where orders are decided. Everything that happens to the desk, a decision, a broker's report, a price,
 * the time of day, comes in here one after the other; what follows from it is written into the journal first and leaves
 * only then. Stop it at any moment and start it again: it reads the journal and knows what it knew.
 */
@NullMarked
package org.tradesuite.execution.engine;

import org.jspecify.annotations.NullMarked;
