/** Everything that changes what counts here is an event: who did it, when, why, and what was there before. */
@NullMarked
package org.tradesuite.reconciliation.journal;

import org.jspecify.annotations.NullMarked;
