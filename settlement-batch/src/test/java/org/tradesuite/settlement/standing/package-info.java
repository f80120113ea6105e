/** Which standing instruction a trade uses. */
@NullMarked
package org.tradesuite.settlement.standing;

import org.jspecify.annotations.NullMarked;
