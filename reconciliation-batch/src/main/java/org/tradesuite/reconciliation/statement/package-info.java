/**
 * Statements as others send them: taken from the drop folder once, checked as a whole before a single line is compared,
 * and kept with their text. One that fails its checks is named, kept and not compared; the others go on.
 */
@NullMarked
package org.tradesuite.reconciliation.statement;

import org.jspecify.annotations.NullMarked;
