/**
 * Tells whoever listens what has changed, once it is in the journal. A listener that cannot keep up is cut off and may
 * come back with the number of the last thing it heard: nothing is missed, because the journal has it.
 */
@NullMarked
package org.tradesuite.execution.publish;

import org.jspecify.annotations.NullMarked;
