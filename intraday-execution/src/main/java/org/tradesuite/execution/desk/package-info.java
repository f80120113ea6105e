/**
 * The desk as the rest of the house meets it: it takes what is asked, waits until it is in the journal, and answers. It
 * knows today's reference data, so that a wrong instrument or a price off the tick is told at once to whoever sent it.
 */
@NullMarked
package org.tradesuite.execution.desk;

import org.jspecify.annotations.NullMarked;
