/**
 * What each account holds, what it paid on average, what it has earned, how much cash is left, and how large its
 * exposure is with all working orders counted as if they traded.
 */
@NullMarked
package org.tradesuite.execution.position;

import org.jspecify.annotations.NullMarked;
