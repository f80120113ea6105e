/** Age, cause and cost of fails. */
@NullMarked
package org.tradesuite.settlement.fails;

import org.jspecify.annotations.NullMarked;
