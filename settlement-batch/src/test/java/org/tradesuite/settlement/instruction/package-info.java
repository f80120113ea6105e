/** The laws of a settlement instruction. */
@NullMarked
package org.tradesuite.settlement.instruction;

import org.jspecify.annotations.NullMarked;
