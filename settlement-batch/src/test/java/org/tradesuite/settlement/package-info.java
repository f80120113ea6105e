/** Settlement as a whole: its jobs over a business date, its HTTP interface. */
@NullMarked
package org.tradesuite.settlement;

import org.jspecify.annotations.NullMarked;
