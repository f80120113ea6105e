/**
 * Holds what brokers and the custodian say against what we say, every business date, and keeps the differences until
 * somebody has explained, corrected or accepted each of them.
 */
@NullMarked
package org.tradesuite.reconciliation;

import org.jspecify.annotations.NullMarked;
