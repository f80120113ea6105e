/**
 * What two people agreed on how brokers' statements are read and matched: every version of it, from which business date
 * on it is used, who made it, who approved it and why.
 */
@NullMarked
package org.tradesuite.reconciliation.rules;

import org.jspecify.annotations.NullMarked;
