/** How settlement writes its history. */
@NullMarked
package org.tradesuite.settlement.journal;

import org.jspecify.annotations.NullMarked;
